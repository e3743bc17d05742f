"""The calendar in force: the one shipped with the release, with the loaded days laid over it."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from casework import together
from casework.models import CalendarDay
from casework.queries import law, page_memory
from casework.rules.calendar import Calendar, Day, official

WARN_DAYS = 60


def current() -> Calendar:
    """The working calendar as it is loaded today; a changed year makes a new one."""
    return page_memory.kept("calendar", _loaded)


def _loaded() -> Calendar:
    return _merged(together.read(("casework_calendaryear",), ("years",), law.years))


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
