"""The official working calendar: public holidays, make-up working days, and what is not yet known."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from casework.rules.data import FIRST, LAST, as_date, read
from casework.rules.errors import BadData, DateOutOfRange, EndBeforeStart, RuleError

DAY = dt.timedelta(days=1)
MONDAY_TO_FRIDAY = 5
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MAKE_UP = ("调休上班", "make-up working day")
WEEKEND = ("周末", "weekend")


@dataclass(frozen=True, slots=True)
class Day:
    """One exceptional day (放假日或调休上班日), with the document which ordered it."""

    on: dt.date
    working: bool
    name: str
    name_en: str = ""
    statutory: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day off that was passed over, its name, and what a run of such days is called."""

    on: dt.date
    name: str
    name_en: str = ""
    kind: str = ""
    kind_en: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """One year sorted into days worked and days off, made once and looked up by bisection."""

    working: tuple[dt.date, ...]
    off: tuple[Skipped, ...]
    off_on: tuple[dt.date, ...]


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. A year that is not in `years` counts weekends only, provisionally."""

    days: Mapping[dt.date, Day]
    years: Mapping[int, str]
    official_until: dt.date = field(init=False, default=dt.date.min)
    _sorted: dict[int, Year] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        for day in self.days.values():
            if day.working and day.on.weekday() < MONDAY_TO_FRIDAY:
                raise BadData(day.on, "a make-up working day must fall on a weekend")
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))
        object.__setattr__(self, "years", MappingProxyType(dict(self.years)))
        if self.years:
            last = min(self.years)
            while last + 1 in self.years:
                last += 1
            object.__setattr__(self, "official_until", dt.date(last, 12, 31))

    def is_working(self, on: dt.date) -> bool:
        """Whether a day is worked: no public holiday, no weekend unless it is made up."""
        day = self.days.get(on)
        return day.working if day is not None else on.weekday() < MONDAY_TO_FRIDAY

    def is_official(self, on: dt.date) -> bool:
        """Whether the schedule of that year is published and loaded."""
        return on.year in self.years

    def is_statutory_holiday(self, on: dt.date) -> bool:
        """Whether the day is one of the statutory holidays paid at 300 % (not a swapped day)."""
        day = self.days.get(on)
        return day is not None and day.statutory

    def day_name(self, on: dt.date, language: str = "zh") -> str:
        """What a day is called: the holiday, 调休上班, or the day of the week."""
        day = self.days.get(on)
        if day is not None:
            return day.name if language == "zh" else day.name_en or day.name
        return (WEEKDAYS if language == "zh" else WEEKDAYS_EN)[on.weekday()]

    def next_working(self, on: dt.date) -> dt.date:
        """The day itself if worked, else the first working day after it."""
        while not self.is_working(on):
            on += DAY
        return on

    def previous_working(self, on: dt.date) -> dt.date:
        """The day itself if worked, else the last working day before it."""
        while not self.is_working(on):
            on -= DAY
        return on

    def working_days_between(self, after: dt.date, until: dt.date) -> int:
        """Working days later than `after`, up to and including `until`; 0 if there are none."""
        return sum(
            bisect_right(days, until) - bisect_right(days, after)
            for days in (
                self.year(number).working for number in range(after.year, until.year + 1)
            )
            if until > after
        )

    def days_off_between(self, after: dt.date, before: dt.date) -> tuple[Skipped, ...]:
        """Days off later than `after` and earlier than `before`, in order."""
        if after.year == before.year:
            year = self.year(after.year)
            return year.off[bisect_right(year.off_on, after) : bisect_left(year.off_on, before)]
        found: list[Skipped] = []
        for number in range(after.year, before.year + 1):
            year = self.year(number)
            found += year.off[
                bisect_right(year.off_on, after) : bisect_left(year.off_on, before)
            ]
        return tuple(found)

    def working_days_after(
        self, start: dt.date, count: int, without: Container[dt.date] = ()
    ) -> list[dt.date]:
        """The next `count` working days after a day, but for those in `without`.

        Raises: DateOutOfRange.
        """
        found: list[dt.date] = []
        for number in range(start.year, LAST.year + 1):
            days = self.year(number).working
            fresh = days[bisect_right(days, start) :] if number == start.year else days
            if without:
                fresh = tuple(day for day in fresh if day not in without)
            found += fresh[: count - len(found)]
            if len(found) == count:
                return found
        raise DateOutOfRange(start, f"{count} working days")

    def working_days_before(self, start: dt.date, count: int) -> list[dt.date]:
        """The last `count` working days before a day, in order. Raises: DateOutOfRange."""
        found: list[dt.date] = []
        for number in range(start.year, FIRST.year - 1, -1):
            days = self.year(number).working
            fresh = days[: bisect_left(days, start)]
            found = [*fresh[max(0, len(fresh) - (count - len(found))) :], *found]
            if len(found) == count and found[0] >= FIRST:
                return found
        raise DateOutOfRange(start, f"-{count} working days")

    def officially(self, first: dt.date, last: dt.date) -> bool:
        """Whether the schedules of all years from one day to another are loaded."""
        return all(number in self.years for number in range(first.year, last.year + 1))

    def year(self, number: int) -> Year:
        """The days of one year, sorted into worked and off."""
        known = self._sorted.get(number)
        if known is None:
            known = self._sorted[number] = self._year(number)
        return known

    def _year(self, number: int) -> Year:
        working, off = [], []
        for on in span(dt.date(number, 1, 1), dt.date(number, 12, 31)):
            if self.is_working(on):
                working.append(on)
            else:
                off.append(self.skipped(on))
        return Year(tuple(working), tuple(off), tuple(day.on for day in off))

    def skipped(self, on: dt.date) -> Skipped:
        """A day off as it is told in an explanation."""
        zh, en = self.day_name(on), self.day_name(on, "en")
        kind, kind_en = (zh, en) if on in self.days else WEEKEND
        return Skipped(on, zh, en, kind, kind_en)

    def merged(self, days: Iterable[Day], years: Mapping[int, str]) -> "Calendar":
        """This calendar with days and official years laid over it."""
        return Calendar({**self.days, **{day.on: day for day in days}}, {**self.years, **years})


def span(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Each day from first to last, both included."""
    while first <= last:
        yield first
        first += DAY


def from_schedule(schedule: Mapping[Any, Any]) -> Calendar:
    """A calendar from the content of a schedule file (form of values/calendar.yaml).

    Raises: ImpossibleDate, EndBeforeStart, DateOutOfRange, BadData.
    """
    days: dict[dt.date, Day] = {}
    try:
        for year, entry in schedule.items():
            for day in _days_of(int(year), entry):
                if day.on in days:
                    raise BadData(day.on, "listed twice")
                days[day.on] = day
        years = {int(year): str(entry["source"]) for year, entry in schedule.items()}
    except RuleError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadData(error) from None
    return Calendar(days, years)


def _days_of(year: int, entry: Mapping[str, Any]) -> Iterator[Day]:
    source = entry["source"]
    for break_ in entry["holidays"]:
        first, last = _on(year, break_["from"]), _on(year, break_["to"])
        if last < first:
            raise EndBeforeStart(first, last)
        paid = {_on(year, text) for text in break_["statutory"]}
        for on in span(first, last):
            yield Day(on, False, break_["name"], break_["en"], on in paid, source)
    for text in entry["makeup"]:
        yield Day(_on(year, text), True, *MAKE_UP, source=source)


def _on(year: int, month_day: object) -> dt.date:
    return as_date(
        month_day
        if not isinstance(month_day, str) or len(month_day) > len("01-01")
        else f"{year:04d}-{month_day}"
    )


@cache
def official() -> Calendar:
    """The calendar shipped with this release: the State Council schedules of 2024 to 2026."""
    return from_schedule(read("calendar.yaml"))


__all__ = ["DAY", "Calendar", "DateOutOfRange", "Day", "from_schedule", "official", "span"]
