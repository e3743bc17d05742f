"""The decision tables as pages show them: rows in words, problems, differences, a dry run on past cases."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.access.context import system
from casework.models import Case, RuleEdit
from casework.queries import rulebook_tables
from casework.rules.errors import RuleError
from casework.rules.tables import Change, Row, Table, dry_run, said
from casework.rules.tables_check import GAP, IDLE, OVERLAP, Problem, problems
from casework.rules.tables_read import draft, rows_of
from mediation.desks.clock_rows import chinese
from mediation.desks.words import mark_words

MOST_CHANGES = 50


def language() -> str:
    """The language of the page as the rules name it."""
    return "zh" if chinese() else "en"


def listed() -> list[dict[str, Any]]:
    """Every table as it holds today."""
    book, today = rulebook_tables.tables(), clock.today()
    found = []
    for code in book.codes():
        table = book.on(code, today)
        found.append({
            "name": table.name[language()], "rows": len(table.rows), "since": table.in_force,
            "url": reverse("triage-table", args=[code]),
        })  # fmt: skip
    return found


def shown(table: Table) -> dict[str, Any]:
    """A table in words."""
    return {
        "code": table.code,
        "name": table.name[language()],
        "since": table.in_force,
        "rows": [row_words(table, row) for row in table.rows],
    }


def row_words(table: Table, row: Row) -> dict[str, Any]:
    """One row: what must hold, what follows, why, how sure."""
    return {
        "id": row.id,
        "when": [
            f"{table.columns[key].name[language()]}{_(':')} {said(table.columns[key], permitted, language())}"
            for key, permitted in row.when.items()
        ],
        "then": table.outcomes[row.then][language()],
        "why": row.why[language()],
        "mark": row.mark,
        "mark_words": mark_words(row.mark),
        "article": row.article,
    }


def tried(code: str, rows: Sequence[Mapping[str, Any]], since: date) -> dict[str, Any]:
    """A draft looked at: its problems, and which past cases it would decide otherwise.

    Raises: RuleError when it is no table at all, or touches a row of the law.
    """
    last = rulebook_tables.tables().on(code)
    since = max(since, last.in_force + timedelta(days=1))
    edit = {"code": code, "in_force": since.isoformat(), "rows": rows}
    new = draft(last, edit, checked=False)
    found = problems(new)
    listed = [_problem(each) for each in found]
    fine = {
        "state": "passed",
        "words": _("No gap, no contradiction, no idle row."),
        "detail": "",
    }
    result: dict[str, Any] = {"problems": listed, "checks": listed or [fine]}
    return result if found else {**result, **_dry_run(last, new)}


def of_edit(row: RuleEdit) -> dict[str, Any]:
    """What an edit of a table changes, row by row, and which past cases it would decide otherwise."""
    last = rulebook_tables.tables().on(row.code)
    old = _read(last, row.was, row.effective_from)
    new = _read(last, row.changes, row.effective_from)
    return {
        "name": last.name[language()],
        "changes": _differences(old, new),
        **_dry_run(old, new),
    }


def decisions_of(case: Case) -> list[dict[str, Any]]:
    """What the tables proposed at the triage of a case: table, row, version, why."""
    book, found = rulebook_tables.tables(), []
    for code, told in case.triage.get("decisions", {}).items():
        try:
            table = book.on(code)
        except RuleError:
            continue
        words = table.outcomes.get(told["outcome"], {}).get(language(), told["outcome"])
        found.append({
            "table": table.name[language()], "outcome": words, "why": told["why"][language()],
            "row": told["row"], "version": told["version"], "article": told["article"],
            "mark_words": mark_words(told["mark"]),
        })  # fmt: skip
    return found


def _read(last: Table, content: Mapping[str, Any], since: date) -> Table:
    """The rows of an edit as a table, unchecked: history is shown whatever holds today."""
    rows = rows_of(last, content["rows"])
    return replace(last, rows=rows, in_force=since, version=since.isoformat())


def _differences(old: Table, new: Table) -> list[dict[str, Any]]:
    was = {row.id: row for row in old.rows}
    now = {row.id: row for row in new.rows}
    return [
        {
            "id": id_,
            "was": row_words(old, was[id_]) if id_ in was else None,
            "now": row_words(new, now[id_]) if id_ in now else None,
        }
        for id_ in dict.fromkeys([*was, *now])
        if was.get(id_) != now.get(id_)
    ]


def _dry_run(old: Table, new: Table) -> dict[str, Any]:
    """The newest triaged cases, decided by both; the rules administrator sees numbers, never a file."""
    with transaction.atomic(), system("dry run of a decision table"):
        cases = rulebook_tables.past_facts(old.code)
    changes: list[Change] = []
    unfit = 0
    for number, facts in cases:
        try:
            changes += dry_run(old, new, [(number, facts)])
        except RuleError:
            unfit += 1
    moved = [each for each in changes if each.moves]
    return {
        "tried": len(cases) - unfit,
        "unfit": unfit,
        "other_row": len(changes) - len(moved),
        "moved": len(moved),
        "cases": [
            {"number": each.case, "was": old.outcomes[each.before.outcome][language()],
             "now": new.outcomes[each.after.outcome][language()], "rows": f"{each.before.row} → {each.after.row}"}
            for each in moved[:MOST_CHANGES]
        ],
    }  # fmt: skip


def _problem(found: Problem) -> dict[str, str]:
    kinds = {
        GAP: _("Gap: no row covers this"),
        OVERLAP: _("Contradiction: two rows with different outcomes"),
        IDLE: _("This row never decides"),
    }
    facts = (found.facts_zh if chinese() else found.facts_en) or _("everything")
    rows = _(", ").join(found.rows)
    return {
        "state": "blocking",
        "words": kinds[found.kind],
        "detail": _("; ").join(part for part in (rows, facts) if part),
    }
