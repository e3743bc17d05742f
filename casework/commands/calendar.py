"""An official year is loaded: checked against a library, stored, and what was provisional recounted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import chinese_calendar
import yaml
from django.db import transaction

from casework.commands.base import CommandRefused
from casework.models import CalendarDay, CalendarLoad, CalendarYear, User
from casework.rules.calendar import Calendar, Day, from_schedule, span
from casework.rules.errors import RuleError

KEYS = frozenset({"source", "holidays", "makeup"})
FEWEST, MOST = 10, 45  # days off by holidays and swaps in any year since 2008


class NotASchedule(CommandRefused):
    """This file is not a holiday schedule: a year with source, holidays and makeup is needed."""


class NotAYear(CommandRefused):
    """The file has an impossible number of days off: a holiday is missing or a month mistyped."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A schedule that was read, the years the library does not know, and where it differs."""

    calendar: Calendar
    unchecked: tuple[int, ...]
    differences: tuple[dict[str, str], ...]


def check_schedule(text: str) -> Checked:
    """Read a schedule (form of casework/rules/values/calendar.yaml) and compare it with a library.

    Raises: NotASchedule, NotAYear, RuleError.
    """
    calendar = _read(text)
    unchecked, differences = [], []
    for year in calendar.years:
        off = sum(not day.working for day in calendar.days.values() if day.on.year == year)
        if not FEWEST <= off <= MOST:
            raise NotAYear
        try:
            differences += _differences(calendar, year)
        except NotImplementedError:
            unchecked.append(year)
    return Checked(calendar, tuple(unchecked), tuple(differences))


@transaction.atomic
def load_schedule(text: str, *, by: User | None, at: datetime) -> CalendarLoad:
    """Store the years of a schedule; a year loaded before is replaced whole.

    What was counted with them is recounted by `casework.commands.recount`, as a job.
    Raises: NotASchedule, NotAYear, RuleError.
    """
    checked = check_schedule(text)
    for year, source in checked.calendar.years.items():
        CalendarDay.objects.filter(on__year=year).delete()
        CalendarYear.objects.update_or_create(
            year=year, defaults={"source": source, "loaded_at": at}
        )
    CalendarDay.objects.bulk_create(_row(day) for day in checked.calendar.days.values())
    return CalendarLoad.objects.create(
        years=sorted(checked.calendar.years),
        source="；".join(checked.calendar.years.values())[:160],
        loaded_by=by, loaded_at=at,
        unchecked=list(checked.unchecked), differences=list(checked.differences),
    )  # fmt: skip


def _read(text: str) -> Calendar:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise NotASchedule from error
    if not isinstance(content, Mapping) or not content:
        raise NotASchedule
    for year, entry in content.items():
        if not str(year).isdigit() or not isinstance(entry, Mapping) or not set(entry) >= KEYS:
            raise NotASchedule
    try:
        calendar = from_schedule(content)
    except RuleError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotASchedule from error
    if not all(str(source).strip() for source in calendar.years.values()):
        raise NotASchedule
    return calendar


def _differences(calendar: Calendar, year: int) -> list[dict[str, str]]:
    """Days on which file and library disagree. Raises: NotImplementedError for an unknown year."""
    return [
        {"on": on.isoformat(), "file": _words(calendar.is_working(on)),
         "library": _words(chinese_calendar.is_workday(on))}
        for on in span(date(year, 1, 1), date(year + 1, 1, 1) - timedelta(days=1))
        if calendar.is_working(on) != chinese_calendar.is_workday(on)
    ]  # fmt: skip


def _words(working: bool) -> str:
    return "work" if working else "off"


def _row(day: Day) -> CalendarDay:
    return CalendarDay(
        on=day.on, works=day.working, name=day.name, name_en=day.name_en,
        statutory=day.statutory, source=day.source,
    )  # fmt: skip
