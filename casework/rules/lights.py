"""Lights of a clock: how near a due date is, in working days (a setting, not law)."""

import datetime as dt
from dataclasses import dataclass

from casework.rules.calendar import Calendar
from casework.rules.data import as_date

SOON_WORKING_DAYS = 3


@dataclass(frozen=True, slots=True)
class Light:
    """`kind` is overdue, soon, normal, paused or done; `days` are working days: left to the due
    date, or, when overdue, from it to today, today counted (the ladder counts whole days that have
    passed: casework.rules.escalation.days_over). `late` marks what was done after its due date.
    """

    kind: str
    days: int
    late: bool = False


def light(
    due: dt.date,
    as_of: dt.date,
    calendar: Calendar,
    *,
    done_on: dt.date | None = None,
    paused: bool = False,
) -> Light:
    """The light of one clock: normal above 3 working days in (as_of, due], soon at 0 to 3.

    `due` and `as_of` are days, or both instants for a clock in hours or minutes.
    """
    if done_on is not None:
        return Light("done", 0, late=_after(done_on, due))
    left = calendar.working_days_between(as_date(as_of), as_date(due))
    if paused:
        return Light("paused", left)
    if _after(as_of, due):
        return Light("overdue", calendar.working_days_between(as_date(due), as_date(as_of)))
    return Light("soon" if left <= SOON_WORKING_DAYS else "normal", left)


def _after(moment: dt.date, due: dt.date) -> bool:
    if isinstance(moment, dt.datetime) and isinstance(due, dt.datetime):
        return moment > due
    return as_date(moment) > as_date(due)
