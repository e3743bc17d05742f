"""Whose days were spent: stretches of time added up for each party, each day once, explained."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from casework.rules.calendar import DAY, Calendar, span
from casework.rules.data import as_date, read
from casework.rules.errors import EndBeforeStart


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `since` (not counted, 民法典 201) to `until` the matter lay with `who`.

    `due` is the last day of the limit, if one ran: working days after it count as late.
    """

    who: str
    since: dt.date
    until: dt.date
    what: str = ""
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """The days of one party. A day that lies in several stretches is counted once."""

    who: str
    calendar_days: int
    working_days: int
    late_working_days: int
    stretches: tuple[Stretch, ...]


def spent(
    stretches: Sequence[Stretch], calendar: Calendar, waiting: Iterable[Stretch] = ()
) -> tuple[Spent, ...]:
    """The days of each party, in the order in which they first came up.

    `waiting` are stretches in which that party waited for somebody else: they are taken away.
    Raises: EndBeforeStart, ImpossibleDate, DateOutOfRange.
    """
    apart: dict[str, set[dt.date]] = {}
    for each in waiting:
        apart.setdefault(each.who, set()).update(_days(each.since, each.until))
    rows: dict[str, list[Stretch]] = {}
    for each in stretches:
        rows.setdefault(each.who, []).append(each)
    return tuple(_sum(who, own, apart.get(who, set()), calendar) for who, own in rows.items())


def working_days_of(stretch: Stretch, calendar: Calendar) -> int:
    """The working days of one stretch by itself."""
    return calendar.working_days_between(stretch.since, stretch.until)


@cache
def holders() -> Mapping[str, str | None]:
    """Whose days the limits spend, by the beginning of their codes (values/holders.yaml)."""
    table: Mapping[str, str | None] = read("holders.yaml")
    return table


def holder_of(code: str) -> str | None:
    """Whose days a limit spends; None for a right, a limitation or an unknown code."""
    fitting = [start for start in holders() if code.startswith(start)]
    return holders()[max(fitting, key=len)] if fitting else None


def _sum(who: str, own: list[Stretch], apart: set[dt.date], calendar: Calendar) -> Spent:
    days, late = set[dt.date](), set[dt.date]()
    for each in own:
        days |= _days(each.since, each.until)
        if each.due is not None and each.due < each.until:
            late |= _days(max(each.due, each.since), each.until)
    days, late = days - apart, late - apart
    return Spent(
        who, len(days), sum(map(calendar.is_working, days)), sum(map(calendar.is_working, late)),
        tuple(sorted(own, key=lambda each: (each.since, each.until))),
    )  # fmt: skip


def _days(since: dt.date, until: dt.date) -> set[dt.date]:
    first, last = as_date(since), as_date(until)
    if last < first:
        raise EndBeforeStart(first, last)
    return set(span(first + DAY, last))
