"""The official working calendar: public holidays, make-up working days, and what is not yet known."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from casework.rules.data import as_date, read
from casework.rules.errors import BadData, DateOutOfRange, EndBeforeStart

DAY = dt.timedelta(days=1)
MONDAY_TO_FRIDAY = 5
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MAKE_UP = ("调休上班", "make-up working day")


@dataclass(frozen=True, slots=True)
class Day:
    """One exceptional day (放假日或调休上班日), with the document which ordered it."""

    on: dt.date
    working: bool
    name: str
    name_en: str = ""
    statutory: bool = False
    source: str = ""


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. A year that is not in `years` counts weekends only, provisionally."""

    days: Mapping[dt.date, Day]
    years: Mapping[int, str]
    official_until: dt.date = field(init=False, default=dt.date.min)

    def __post_init__(self) -> None:
        for day in self.days.values():
            if day.working == (day.on.weekday() < MONDAY_TO_FRIDAY) and day.working:
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
        return sum(self.is_working(on) for on in span(after + DAY, until))

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
    for year, entry in schedule.items():
        for day in _days_of(int(year), entry):
            if day.on in days:
                raise BadData(day.on, "listed twice")
            days[day.on] = day
    return Calendar(days, {int(year): entry["source"] for year, entry in schedule.items()})


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
