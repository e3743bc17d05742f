"""The calendar in force: the one shipped with the release, with the loaded days laid over it."""

from datetime import datetime
from functools import lru_cache

from casework.models import CalendarDay, CalendarYear
from casework.rules.calendar import Calendar, Day, official


def current() -> Calendar:
    """The working calendar as it is loaded today; a changed year makes a new one."""
    years = CalendarYear.objects.order_by("year").values_list("year", "source", "loaded_at")
    return _merged(tuple(years))


@lru_cache(maxsize=4)
def _merged(years: tuple[tuple[int, str, datetime], ...]) -> Calendar:
    known = official()
    fresh = {year: source for year, source, _at in years if not _shipped(known, year, source)}
    rows = CalendarDay.objects.filter(on__year__in=fresh)
    days = [Day(row.on, row.works, row.name, source=row.source) for row in rows]
    return known.merged(days, fresh)


def _shipped(known: Calendar, year: int, source: str) -> bool:
    return known.years.get(year) == source
