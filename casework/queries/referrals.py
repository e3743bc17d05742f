"""All referrals of a case side by side: where each stands, whose days were spent, what happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from casework import clock
from casework.events import Kind
from casework.models import Case, Deadline, DeadlineState, Event, Referral
from casework.queries import at_once
from casework.rules.calendar import Calendar

# Who holds a referral after each event.
THEN = {
    Kind.REFERRAL_SENT: "office", Kind.REFERRAL_RETURNED: "union",
    Kind.REFERRAL_SUPPLEMENTED: "office", Kind.REFERRAL_DECLINED: "",
    Kind.REFERRAL_REDIRECTED: "", Kind.REFERRAL_RESULT: "", Kind.REFERRAL_WITHDRAWN: "",
    Kind.REFERRAL_LAPSED: "",
}  # fmt: skip


HELD = ("P-10", "P-11", "P-12")  # the clocks of an office on a referral


@dataclass(frozen=True, slots=True)
class Side:
    """One referral with its history. `spent`: working days with the office and with the union."""

    referral: Referral
    events: Sequence[Event]
    spent: dict[str, int] = field(default_factory=dict)
    due: Deadline | None = None


def side_by_side(case: Case, calendar: Calendar, now: datetime) -> list[Side]:
    """Every referral of a case, oldest first, with its own part of the ledger."""
    rows = at_once.rows(case, "referrals", "office", "agency", "came_from__office")
    events = Event.objects.filter(case=case, kind__startswith="referral.").order_by("seq")
    told: dict[str, list[Event]] = {}
    for each in events:
        told.setdefault(str(each.payload.get("referral", "")), []).append(each)
    running = [
        row
        for row in case.deadlines.all()
        if row.rule in HELD and row.state == DeadlineState.OPEN
    ]
    due = {
        row.referral_id: row
        for row in sorted(running, key=lambda each: each.due, reverse=True)
        if row.referral_id
    }
    return [
        Side(row, told.get(str(row.pk), []), spent(told.get(str(row.pk), []), calendar, now),
             due.get(row.pk))
        for row in rows
    ]  # fmt: skip


def spent(events: Iterable[Event], calendar: Calendar, now: datetime) -> dict[str, int]:
    """Working days that a referral lay with the office and with the union, until it ended or now.

    What came on paper counts from the day on which it arrived, not from that of recording.
    """
    found = {"office": 0, "union": 0}
    holder, since = "", clock.day(now)
    on_paper: dict[datetime, date] = {}
    for each in events:
        if each.kind == Kind.REFERRAL_ON_PAPER:
            on_paper[each.at] = date.fromisoformat(str(each.payload["came_on"]))
        day = on_paper.get(each.at, clock.day(each.at))
        then = THEN.get(Kind(each.kind), holder) if each.kind in Kind.values else holder
        if then == holder:
            continue
        if holder:
            found[holder] += _between(since, day, calendar)
        holder, since = then, day
    if holder:
        found[holder] += _between(since, clock.day(now), calendar)
    return found


def _between(since: date, until: date, calendar: Calendar) -> int:
    days = ((since + timedelta(days=step)) for step in range(1, (until - since).days + 1))
    return sum(calendar.is_working(day) for day in days)
