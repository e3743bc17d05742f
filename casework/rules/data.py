"""Reading the YAML of values/, and dates that people type."""

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from casework.rules.errors import DateOutOfRange, ImpossibleDate

VALUES = Path(__file__).parent / "values"
FIRST = dt.date(1949, 10, 1)
LAST = dt.date(2100, 12, 31)
SHANGHAI = dt.timezone(dt.timedelta(hours=8))
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(name: str) -> Any:
    """The content of one file of values/, for example `calendar.yaml`."""
    return yaml.load((VALUES / name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506


def read_folder(name: str) -> dict[str, Any]:
    """All YAML files of a folder of values/, by file stem, in the order of their names."""
    files = sorted((VALUES / name).glob("*.yaml"))
    return {file.stem: read(f"{name}/{file.name}") for file in files}


def as_date(value: object) -> dt.date:
    """A day from a date, an instant (its day in Shanghai) or ISO text.

    Raises: ImpossibleDate, DateOutOfRange.
    """
    if isinstance(value, dt.date) and not FIRST.year <= value.year <= LAST.year:
        raise DateOutOfRange(value)
    if isinstance(value, dt.datetime):
        day = (value.astimezone(SHANGHAI) if value.tzinfo else value).date()
    elif isinstance(value, dt.date):
        day = value
    else:
        day = _parsed(value).date()
    if not FIRST <= day <= LAST:
        raise DateOutOfRange(day.isoformat())
    return day


def as_moment(value: object) -> dt.date:
    """A day, or an instant by the wall clock of Shanghai when a time of day is given.

    Raises: ImpossibleDate, DateOutOfRange.
    """
    if isinstance(value, str):
        parsed = _parsed(value)
        value = parsed if "T" in value or ":" in value else parsed.date()
    day = as_date(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(SHANGHAI) if value.tzinfo else value
    return day


def _parsed(value: object) -> dt.datetime:
    if not isinstance(value, str) or len(value.strip()) < len("2026-01-01"):
        raise ImpossibleDate(value)
    try:
        return dt.datetime.fromisoformat(value.strip())
    except ValueError:
        raise ImpossibleDate(value) from None
