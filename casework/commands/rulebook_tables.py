"""A decision table is drafted whole, checked for gaps and contradictions, and approved by a second person."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.commands.rulebook import NothingChanges, need, need_free, need_future
from casework.models import EditKind, RuleEdit, User
from casework.queries import rulebook_tables
from casework.rules.tables_read import as_rows, draft


@transaction.atomic
def propose_table(
    *,
    code: str,
    rows: Sequence[dict[str, Any]],
    effective_from: date,
    reason: str,
    by: User,
    at: datetime,
) -> RuleEdit:
    """Propose the rows of a table anew, from a future day on.

    A table with a gap, a contradiction or an idle row is never stored.
    Raises: NotInTheFuture, NeedsReasonAndSource, NothingChanges, DayTaken, UnknownRule, BadData,
        NotEditable, TableHasGaps, TableContradictsItself, RowWithoutEffect.
    """
    need_future(effective_from, at)
    need(reason)
    last = rulebook_tables.tables().on(code)
    changes = {"rows": list(rows)}
    new = draft(last, rulebook_tables.as_edit(code, effective_from.isoformat(), changes))
    was = as_rows(last)
    if as_rows(new) == was:
        raise NothingChanges
    need_free(EditKind.TABLE, code, effective_from)
    return RuleEdit.objects.create(
        kind=EditKind.TABLE, code=code, changes={"rows": as_rows(new)}, was={"rows": was},
        effective_from=effective_from, reason=reason.strip(), proposed_by=by, proposed_at=at,
    )  # fmt: skip
