"""What people see of papers and files that came with matters from outside, and of those that did not come."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import clock
from casework.exchange.enclosed import is_open
from casework.models import Enclosed, EnclosedState, Inbound, User

MOST = 100
NEED_A_PERSON = (EnclosedState.REFUSED, EnclosedState.DEAD)
LIGHTS = {
    EnclosedState.WAITING: "todo", EnclosedState.HERE: "done", EnclosedState.GONE: "paused",
    EnclosedState.REFUSED: "overdue", EnclosedState.DEAD: "overdue", EnclosedState.SETTLED: "done",
}  # fmt: skip


def page_of(inbound: Inbound) -> dict[str, Any]:
    """What exchange/enclosed.html prints: each with its hash, and how to open it while it may be read."""
    readable = is_open(inbound, clock.today())
    return {
        "number": inbound.number, "agency": inbound.agency.name, "readable": readable,
        "crumbs": [{"words": str(inbound.case), "url": reverse("case", args=[inbound.case_id])}],
        "rows": [_row(each, readable) for each in Enclosed.objects.filter(inbound=inbound)],
    }  # fmt: skip


def _row(row: Enclosed, readable: bool) -> dict[str, Any]:
    opens = readable and row.state == EnclosedState.HERE
    return {
        "words": row.title or row.get_kind_display(), "kind": row.get_kind_display(),
        "kb": max(1, row.size // 1024) if row.size else 0, "mark": row.promised[:16],
        "light": {"state": LIGHTS[EnclosedState(row.state)], "words": row.get_state_display()},
        "problem": "" if row.state == EnclosedState.HERE else row.problem,
        "url": reverse("enclosed-file", args=[row.pk]) if opens else "",
    }  # fmt: skip


def alarms(user: User) -> list[dict[str, Any]]:
    """A band for who must see to what was refused or did not come; nothing when all is well."""
    count = Enclosed.objects.filter(state__in=NEED_A_PERSON).count()
    if not count or not user.has_perm("mediation.settle_exchange"):
        return []
    words = ngettext(
        "%(n)s enclosure of another system was refused or did not come.",
        "%(n)s enclosures of another system were refused or did not come.",
        count,
    ) % {"n": count}
    return [{
        "kind": "alarm", "fact": words, "consequence": _("Ask for it again, or get it by hand."),
        "actions": [{"words": _("Look at it"), "url": reverse("exchange")}],
    }]  # fmt: skip


def waiting_for_a_person() -> list[dict[str, Any]]:
    """What was refused or did not come, oldest first, of the cases that the person of the context sees."""
    rows = Enclosed.objects.filter(state__in=NEED_A_PERSON)
    rows = rows.select_related("case", "strand__peer__agency").order_by("id")
    return [
        {
            "id": row.pk, "number": str(row.case), "url": reverse("case", args=[row.case_id]),
            "what": row.title or row.get_kind_display(), "agency": row.strand.peer.agency.name,
            "since": row.waiting_since, "problem": row.problem, "state": row.get_state_display(),
        }
        for row in rows[:MOST]
    ]  # fmt: skip
