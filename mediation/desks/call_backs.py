"""Promised calls as a list: late, due today, later, and what came of those that are over."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import clock
from casework.commands.call_backs import hours
from casework.models import CallBack, CallBackState, Case, User
from casework.notify import mask
from mediation.commands.dispatch import open_promise

PAGE = 50
ON_DESK = 12
LISTS = ("late", "today", "later", "done")
LIGHTS = {"late": "overdue", "today": "soon", "later": "normal", "done": "done"}
HOUR = 3600


def lists(at: datetime) -> dict[str, Q]:
    """What belongs to each list at an instant."""
    tonight = clock.end_of(clock.day(at))
    waiting = Q(state=CallBackState.OPEN)
    return {
        "late": waiting & Q(ends_at__lt=at),
        "today": waiting & Q(ends_at__gte=at, begins_at__lt=tonight),
        "later": waiting & Q(begins_at__gte=tonight),
        "done": ~waiting,
    }


def page_of(user: User, at: datetime, chosen: str, number: int) -> dict[str, Any]:
    """Everything that desks/call_backs.html prints. `chosen`: a word of LISTS, or "" for all that wait."""
    wanted = lists(at)
    counts = CallBack.objects.aggregate(
        **{name: Count("pk", filter=which) for name, which in wanted.items()}
    )
    rows = CallBack.objects.filter(wanted.get(chosen, Q(state=CallBackState.OPEN)))
    if chosen == "done":
        rows = rows.order_by("-settled_at")
    count = counts.get(chosen, sum(counts[name] for name in LISTS[:3]))
    return {
        "strip": _strip(counts, chosen), "chosen": chosen, "count": count,
        "rows": _rows(rows[(number - 1) * PAGE : number * PAGE], user, at),
        "pages": _pages(number, count, chosen),
    }  # fmt: skip


def waiting_for(user: User, at: datetime) -> dict[str, Any]:
    """The promises that wait, nearest first, for the operator's desk, and how many there are."""
    rows = CallBack.objects.filter(state=CallBackState.OPEN)
    shown = _rows(rows[: ON_DESK + 1], user, at)
    return {"call_backs": shown[:ON_DESK], "call_backs_more": len(shown) > ON_DESK}


def of_case(case: Case, user: User, at: datetime) -> dict[str, Any] | None:
    """The promise that a case waits for, for its page."""
    row = open_promise(case)
    if row is None:
        return None
    may = user.has_perm("mediation.call_back")
    keep = reverse("start", args=[case.pk, "dispatch.keep_promise"]) if may else ""
    return {"light": light_of(row, at), "hours": hours(row), "why": row.why, "keep_url": keep}


def _strip(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    words = {"late": _("Late"), "today": _("Today"), "later": _("Later"), "done": _("Done")}
    waiting = sum(counts[name] for name in LISTS[:3])
    every = {"words": _("All that wait"), "count": waiting, "url": "?", "chosen": not chosen, "state": ""}  # fmt: skip
    return [
        every,
        *(
            {"words": words[name], "count": counts[name], "url": f"?list={name}",
             "chosen": name == chosen, "state": LIGHTS[name]}
            for name in LISTS
        ),
    ]  # fmt: skip


def _pages(number: int, count: int, chosen: str) -> dict[str, Any] | None:
    if count <= PAGE:
        return None
    link = f"?list={chosen}&page=" if chosen else "?page="
    return {
        "number": number, "of": -(-count // PAGE),
        "earlier_url": f"{link}{number - 1}" if number > 1 else "",
        "later_url": f"{link}{number + 1}" if number * PAGE < count else "",
    }  # fmt: skip


def _rows(rows: QuerySet[CallBack], user: User, at: datetime) -> list[dict[str, Any]]:
    found = rows.select_related("case__district", "promised_by", "settled_by")
    may = user.has_perm("mediation.call_back")
    return [
        _row(row, at, may=may)
        for row in found.prefetch_related("case__calls__caller", "case__parties__person")
    ]


def _row(row: CallBack, at: datetime, *, may: bool) -> dict[str, Any]:
    waits = row.state == CallBackState.OPEN
    keep = (
        reverse("start", args=[row.case_id, "dispatch.keep_promise"]) if waits and may else ""
    )
    return {
        "light": light_of(row, at), "hours": hours(row)[5:],
        "number": str(row.case), "url": reverse("case", args=[row.case_id]),
        "district": row.case.district or "", "who": _who(row), "why": row.why,
        "try": row.number, "by": row.promised_by.display_name, "words": row.words,
        "settled_by": row.settled_by.display_name if row.settled_by else "",
        "settled_at": row.settled_at, "keep_url": keep,
    }  # fmt: skip


def _who(row: CallBack) -> str:
    """Who is to be called, by name and the end of the number: the caller, else a worker of the case."""
    people = [call.caller for call in row.case.calls.all()]
    people += [party.person for party in row.case.parties.all()]
    person = next((each for each in people if each is not None and each.phone), None)
    return f"{person.name} {mask(person.phone)}".strip() if person else ""


def light_of(row: CallBack, at: datetime) -> dict[str, str]:
    """Shape and words: late since when, now, today at what hour, or on what day."""
    begin = row.begins_at.astimezone(clock.SHANGHAI)
    if row.state != CallBackState.OPEN:
        done = row.state == CallBackState.REACHED
        return {"state": "done" if done else "not-begun", "words": row.get_state_display()}
    if at > row.ends_at:
        return {"state": "overdue", "words": _late(at - row.ends_at)}
    if at >= row.begins_at:
        return {"state": "soon", "words": _("now")}
    if clock.day(row.begins_at) == clock.day(at):
        return {"state": "soon", "words": _("today %(hour)s") % {"hour": f"{begin:%H:%M}"}}
    return {"state": "normal", "words": f"{begin:%m-%d %H:%M}"}


def _late(by: timedelta) -> str:
    if by.days:
        return ngettext("%(n)s day late", "%(n)s days late", by.days) % {"n": by.days}
    n = max(1, by.seconds // HOUR) if by.seconds >= HOUR else 0
    if n:
        return ngettext("%(n)s hour late", "%(n)s hours late", n) % {"n": n}
    return _("late, less than an hour")
