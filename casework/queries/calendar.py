"""The calendar in force: the one shipped with the release, with the loaded days laid over it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import lru_cache

from casework import together
from casework.models import CalendarDay, CalendarYear
from casework.rules.calendar import Calendar, Day, official

WARN_DAYS = 60


_kept: ContextVar[list[Calendar] | None] = ContextVar("calendar_of_a_page", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Inside, the calendar is read from the database once: for a page that changes nothing."""
    mark = _kept.set([])
    try:
        yield
    finally:
        _kept.reset(mark)


def current() -> Calendar:
    """The working calendar as it is loaded today; a changed year makes a new one."""
    kept = _kept.get()
    if kept is None:
        return _loaded()
    if not kept:
        kept.append(_loaded())
    return kept[0]


def _loaded() -> Calendar:
    years = CalendarYear.objects.order_by("year").values_list("year", "source", "loaded_at")
    return _merged(together.read(("casework_calendaryear",), ("years",), lambda: tuple(years)))


def horizon() -> date:
    """The last day for which the official calendar is known."""
    return current().official_until


def short_of(today: date) -> bool:
    """Whether the horizon ends within sixty days."""
    return horizon() < today + timedelta(days=WARN_DAYS)


@lru_cache(maxsize=4)
def _merged(years: tuple[tuple[int, str, datetime], ...]) -> Calendar:
    known = official()
    rows = CalendarDay.objects.filter(on__year__in=[year for year, _source, _at in years])
    days = [
        Day(row.on, row.works, row.name, row.name_en, row.statutory, row.source) for row in rows
    ]
    fresh = {day.on.year for day in days}
    kept = [day for on, day in known.days.items() if on.year not in fresh]
    sources = {year: source for year, source, _at in years}
    return Calendar({day.on: day for day in (*kept, *days)}, {**known.years, **sources})
