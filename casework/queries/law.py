"""What of the law lies in the database: loaded years of the calendar, approved edits; a page reads both at once."""

from datetime import datetime
from typing import Any

from casework.models import CalendarYear, EditState, RuleEdit
from casework.queries.at_once import rows_of
from casework.queries.page_memory import kept, on_a_page

Years = tuple[tuple[int, str, datetime], ...]


def years() -> Years:
    """The loaded years: the year, where it is from, when it was loaded."""
    rows = _at_once()["years"] if on_a_page() else CalendarYear.objects.order_by("year")
    return tuple((row.year, row.source, row.loaded_at) for row in rows)


def edits() -> list[RuleEdit]:
    """Every approved edit, the first to take effect first."""
    return list(_at_once()["edits"] if on_a_page() else _edits())


def _edits() -> Any:
    rows = RuleEdit.objects.filter(state=EditState.APPROVED)
    return rows.order_by("effective_from", "number")


def _at_once() -> dict[str, list[Any]]:
    return kept(
        "law",
        lambda: rows_of({"years": CalendarYear.objects.order_by("year"), "edits": _edits()}),
    )
