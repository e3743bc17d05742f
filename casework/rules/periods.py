"""Counting periods forwards and backwards, by the Civil Code and the Civil Procedure Law."""

import calendar as months_of
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from casework.rules.calendar import DAY, Calendar, Skipped, span
from casework.rules.data import FIRST, LAST
from casework.rules.errors import DateOutOfRange, EndBeforeStart

MONTHS_IN = MappingProxyType({"month": 1, "year": 12})


@dataclass(frozen=True, slots=True)
class Pause:
    """Days which do not count: suspension, appraisal, service by notice. Both ends included.

    Raises: EndBeforeStart.
    """

    since: dt.date
    until: dt.date
    why: str = ""

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise EndBeforeStart(self.since, self.until)


@dataclass(frozen=True, slots=True)
class Counted:
    """The end of a period: before rolling (raw) and after (due), and the days off passed over.

    `days` are the working days counted, in order, where working days were counted.
    """

    raw: dt.date
    due: dt.date
    skipped: tuple[Skipped, ...] = ()
    provisional: bool = False
    days: Sequence[dt.date] = ()


def add_calendar_days(
    start: dt.date, days: int, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> Counted:
    """The start day is not counted; days off inside count; a last day off rolls on.

    Source: 《民法典》第二百零一条、第二百零三条;《民事诉讼法》第八十五条.
    """
    return rolled(_paused(start, moved(start, days), pauses), calendar)


def add_months(
    start: dt.date, count: int, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> Counted:
    """The corresponding day of the target month, else its last day; then rolled on.

    Source: 《民法典》第二百零二条、第二百零三条.
    """
    return rolled(_paused(start, corresponding_day(start, count), pauses), calendar)


def add_years(
    start: dt.date, count: int, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> Counted:
    """As months, twelve a year."""
    return add_months(start, count * MONTHS_IN["year"], calendar, pauses)


def add_working_days(
    start: dt.date, days: int, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> Counted:
    """The n-th working day after the start day; days off and paused days do not count."""
    paused = {on for pause in pauses for on in span(pause.since, pause.until)}
    counted = calendar.working_days_after(start, days, paused)
    due = counted[-1]
    skipped = calendar.days_off_between(start, due)
    if paused:
        skipped = tuple(day for day in skipped if day.on not in paused)
    return Counted(due, due, skipped, not calendar.officially(start + DAY, due), counted)


def before_calendar_days(start: dt.date, days: int, calendar: Calendar) -> Counted:
    """The last day on which an act is still `days` days ahead of the event; a day off moves earlier."""
    return back_to_work(moved(start, -days), calendar)


def before_working_days(start: dt.date, days: int, calendar: Calendar) -> Counted:
    """The n-th working day before the event, which itself is not counted."""
    counted = calendar.working_days_before(start, days)[::-1]
    due = counted[-1]
    skipped = calendar.days_off_between(due, start)
    return Counted(due, due, skipped, not calendar.officially(due, start - DAY), counted)


def add_hours(start: dt.datetime, hours: int) -> Counted:
    """Hours run from the hour after the event and stop at no night, weekend or holiday.

    Source: 最高人民法院关于适用民事诉讼法的解释第一百二十五条.
    """
    next_hour = start.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    return _instant(next_hour, dt.timedelta(hours=hours))


def add_minutes(start: dt.datetime, minutes: int) -> Counted:
    """Minutes run from the instant itself; no law counts in minutes, only our own settings."""
    return _instant(start, dt.timedelta(minutes=minutes))


def rolled(raw: dt.date, calendar: Calendar) -> Counted:
    """A last day off moves to the first working day after it; a make-up working day does not."""
    on, skipped, official = raw, [], calendar.is_official(raw)
    while not calendar.is_working(on):
        skipped.append(calendar.skipped(on))
        on = _next(on)
        official = official and calendar.is_official(on)
    return Counted(raw, on, tuple(skipped), not official)


def back_to_work(raw: dt.date, calendar: Calendar) -> Counted:
    """A day off moves to the last working day before it."""
    on, skipped, official = raw, [], calendar.is_official(raw)
    while not calendar.is_working(on):
        skipped.append(calendar.skipped(on))
        on = moved(on, -1)
        official = official and calendar.is_official(on)
    return Counted(raw, on, tuple(skipped), not official)


def corresponding_day(start: dt.date, months: int) -> dt.date:
    """The same day `months` later (or earlier), or the last day of that month.

    Raises: DateOutOfRange. Source: 《民法典》第二百零二条.
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not FIRST.year <= year <= LAST.year:
        raise DateOutOfRange(start, f"{months} months")
    last = months_of.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(start.day, last))


FORWARD: MappingProxyType[str, Callable[[dt.date, int, Calendar, Sequence[Pause]], Counted]] = (
    MappingProxyType(
        {
            "calendar_day": add_calendar_days,
            "working_day": add_working_days,
            "month": add_months,
            "year": add_years,
        }
    )
)


def _paused(start: dt.date, raw: dt.date, pauses: Sequence[Pause]) -> dt.date:
    """The end with the paused days added, each day once however many pauses name it."""
    done = start
    for pause in sorted(pauses, key=lambda pause: pause.since):
        since = max(pause.since, done + DAY)
        if since <= raw and pause.until >= since:
            raw, done = moved(raw, (pause.until - since).days + 1), pause.until
    return raw


def moved(on: dt.date, days: int) -> dt.date:
    """A day so many days later, or earlier if negative. Raises: DateOutOfRange."""
    try:
        found = on + dt.timedelta(days=days)
    except OverflowError:
        raise DateOutOfRange(on, f"{days} days") from None
    if not FIRST <= found <= LAST:
        raise DateOutOfRange(found)
    return found


def _next(on: dt.date) -> dt.date:
    if on >= LAST:
        raise DateOutOfRange(on)
    return on + DAY


def _instant(start: dt.datetime, length: dt.timedelta) -> Counted:
    try:
        end = start + length
    except OverflowError:
        raise DateOutOfRange(start) from None
    if end.date() > LAST:
        raise DateOutOfRange(end.date())
    return Counted(end, end)
