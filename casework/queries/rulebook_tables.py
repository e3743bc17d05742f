"""The decision tables in effect: the release with the approved edits laid over; and past cases to try one on."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from casework.models import Case, EditKind
from casework.queries.rulebook import approved
from casework.rules import tables_read
from casework.rules.tables_read import Tables

MOST_TRIED = 500  # the newest triaged cases on which a draft is tried


def tables() -> Tables:
    """The tables with every approved edit, each from its own day on."""
    return _merged(
        tuple(
            json.dumps(as_edit(row.code, row.effective_from.isoformat(), row.changes))
            for row in approved(EditKind.TABLE)
        )
    )


def as_edit(code: str, since: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """A table's edit in the form that `Tables.merged` reads."""
    return {"code": code, "in_force": since, "rows": changes["rows"]}


def past_facts(code: str) -> list[tuple[str, dict[str, Any]]]:
    """Case number and the facts that one table saw, for the newest triaged cases.

    Call under the system's context: the rules administrator sees numbers and outcomes, never a file.
    """
    rows = Case.objects.filter(triage__decisions__has_key=code).order_by("-id")[:MOST_TRIED]
    return [(str(case), case.triage["decisions"][code]["facts"]) for case in rows]


@lru_cache(maxsize=16)
def _merged(edits: tuple[str, ...]) -> Tables:
    return tables_read.seed().merged(json.loads(each) for each in edits)
