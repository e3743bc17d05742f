"""At most five menu items a role, with counts."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from mediation.desks import drafts
from mediation.engine.asker import asker

MOST_ITEMS = 5


@dataclass(frozen=True, slots=True)
class Item:
    """One word of the menu."""

    words: str
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the top bar prints."""

    menu: list[Item] = field(default_factory=list)
    more: list[Item] = field(default_factory=list)
    name: str = ""
    role: str = ""
    home_url: str = "/"
    search_url: str = ""
    logout_url: str = ""
    looking: str = ""


def url_or_none(name: str, *args: Any) -> str:
    """The address of a page, or nothing while that page is not wired."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def frame_of(request: HttpRequest) -> Frame:
    """The frame for the person who asks; without a log-in only the mark."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Frame(home_url=url_or_none("home") or "/")
    menu, more = _split(_items(request))
    return Frame(
        menu=menu,
        more=more,
        name=getattr(user, "display_name", "") or user.get_username(),
        role=_role_words(user),
        home_url=url_or_none("home") or "/",
        search_url=url_or_none("search") if user.has_perm("casework.view_case") else "",
        logout_url=url_or_none("logout"),
        looking=str(getattr(request, "looking", "")),
    )


def _items(request: HttpRequest) -> list[Item]:
    """The pages that exist and that this person may open."""
    wanted = [
        (_("New call"), "new_call", "mediation.record_call"),
        (_("My work"), "work", "mediation.see_work"),
        (_("My sessions"), "agenda", "mediation.keep_record"),
        (_("Promised calls"), "call-backs", "mediation.see_call_backs"),
        (_("Cockpit"), "cockpit", "mediation.see_cockpit"),
        (_("Cases"), "cases", "casework.view_case"),
        (_("What is late"), "late", "mediation.see_late"),
        (_("Possible groups"), "groups", "mediation.see_groups"),
        (_("Responsibility lists"), "responsibilities", "mediation.see_late"),
        (_("Letters"), "letters", "mediation.see_letters"),
        (_("Hazards"), "hazards", "mediation.see_hazards"),
        (_("What I passed on"), "clues", "mediation.pass_on_clue"),
        (_("Three teams"), "teams", "mediation.manage_teams"),
        (_("Collective bargaining"), "bargains", "mediation.see_bargains"),
        (_("Notices to the union"), "notices", "mediation.answer_notice"),
        (_("Instruments"), "instruments", "mediation.see_instruments"),
        (_("Duty roster"), "duty", "mediation.see_duty"),
        (_("Legal services"), "subsidies", "mediation.see_subsidies"),
        (_("Matters from outside"), "inbound", "mediation.register_inbound"),
        (_("Grass-roots platforms"), "platforms", "mediation.record_paper_reply"),
        (_("Partner unions"), "partners", "mediation.see_partners"),
        (_("Meetings of the liaisons"), "liaison-meetings", "mediation.consult"),
        (_("Meetings of the liaisons"), "liaison-meetings", "mediation.give_opinion"),
        (_("Between systems"), "exchange", "mediation.manage_peers"),
        (_("Rules"), "rules", "casework.see_rulebook"),
        (_("The bench"), "bench", "mediation.appoint_mediator"),
        (_("Files kept"), "archive", "casework.see_retention"),
        (_("People"), "house-people", "casework.manage_users"),
        (_("Offices and routes"), "house-places", "casework.manage_users"),
        (_("Templates of papers"), "wordings", "documents.change_wording"),
        (_("Audit"), "house-audit", "casework.read_house_audit"),
        (_("Health"), "house-health", "casework.see_health"),
    ]
    items = []
    for words, name, needed in wanted:
        if asker(request).has_perm(needed) and (url := url_or_none(name)):
            items.append(Item(words, url, current=_current(request, url)))
    if count := drafts.count_of(asker(request)):
        url = reverse("drafts")
        items.append(Item(_("Drafts"), url, count, current=request.path.startswith(url)))
    return items


def _split(items: list[Item]) -> tuple[list[Item], list[Item]]:
    """Five words at most in the bar, the page that is open among them; the others wait behind "more"."""
    if len(items) <= MOST_ITEMS:
        return items, []
    menu, more = items[:MOST_ITEMS], items[MOST_ITEMS:]
    if here := next((item for item in more if item.current), None):
        more[more.index(here)], menu[-1] = menu[-1], here
    return menu, more


def _current(request: HttpRequest, url: str) -> bool:
    """Whether this is the page, or one below it: people and their accounts share a word."""
    if url == "/house/":
        return request.path == url or request.path.startswith("/house/people/")
    if url == "/house/places/":
        return request.path.startswith((url, "/house/offices/", "/house/routes/"))
    return request.path.startswith(url)


def _role_words(user: Any) -> str:
    words = getattr(user, "role_words", "")
    return str(words() if callable(words) else words)
