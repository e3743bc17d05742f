"""Reading decision tables from data, and laying approved edits over them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from casework.rules.data import FIRST, as_date, read_folder
from casework.rules.errors import BadData, NotEditable, NotInForce, UnknownRule
from casework.rules.rule_read import RELEASE
from casework.rules.tables import NONE, Allowed, Column, Range, Row, Table
from casework.rules.tables_check import check

LANGUAGES = frozenset(("zh", "en"))
MARKS = "VSKUP"
LAW = "V"
FLAG, CHOICE, NUMBER = "flag", "choice", "number"


@dataclass(frozen=True)
class Tables:
    """All versions of all decision tables, by code, oldest first."""

    tables: Mapping[str, tuple[Table, ...]]

    def codes(self) -> tuple[str, ...]:
        """Every code, in the order in which triage uses them."""
        return tuple(sorted(self.tables, key=_order))

    def on(self, code: str, day: dt.date | None = None) -> Table:
        """The version in force on a day, the newest without one. Raises: UnknownRule, NotInForce."""
        versions = self.tables.get(code)
        if not versions:
            raise UnknownRule(code)
        for table in reversed(versions):
            if day is None or table.in_force <= day:
                return table
        raise NotInForce(code, day)

    def merged(self, edits: Iterable[Mapping[str, Any]]) -> "Tables":
        """These tables with approved edits: each names `code`, `in_force` and all `rows` anew.

        Rows marked V must stay word for word. Raises: UnknownRule, NotEditable, BadData,
        TableHasGaps, TableContradictsItself, RowWithoutEffect.
        """
        tables = dict(self.tables)
        for edit in edits:
            versions = tables.get(edit["code"])
            if not versions:
                raise UnknownRule(edit["code"])
            tables[edit["code"]] = (*versions, draft(versions[-1], edit))
        return Tables(MappingProxyType(tables))


def draft(last: Table, edit: Mapping[str, Any], *, checked: bool = True) -> Table:
    """The next version of a table; with `checked` off its gaps are for the editor to look at.

    Raises: BadData, NotEditable, and with `checked` what `check` raises.
    """
    since = as_date(edit["in_force"])
    if since <= last.in_force:
        raise BadData(last.code, since, "must lie after the version before it")
    rows = rows_of(last, edit["rows"])
    kept = {row.id: row for row in rows}
    for row in last.rows:
        if row.mark == LAW and kept.get(row.id) != row:
            raise NotEditable(last.code, row.id)
    old_law = {row.id for row in last.rows if row.mark == LAW}
    new_law = {row.id for row in rows if row.mark == LAW} - old_law
    if new_law:
        raise NotEditable(last.code, *sorted(new_law))
    new = replace(last, version=since.isoformat(), in_force=since, rows=rows)
    if checked:
        check(new)
    return new


def as_rows(table: Table) -> list[dict[str, Any]]:
    """The rows in the form that a file and an edit write them."""
    return [
        {
            "id": row.id,
            "if": {key: [_written(each) for each in permitted] for key, permitted in row.when.items()},
            "then": row.then,
            "why": dict(row.why),
            "mark": row.mark,
            "article": row.article,
        }
        for row in table.rows
    ]  # fmt: skip


def rows_of(table: Table, rows: Any) -> tuple[Row, ...]:
    """Rows as a file or an edit writes them, read for a table; not checked. Raises: BadData."""
    return _rows(table.code, rows, table.columns, table.outcomes)


def build(code: str, content: Mapping[str, Any]) -> Table:
    """A table from the content of its file. Raises: BadData and what `check` raises."""
    try:
        columns = {key: _column(key, entry) for key, entry in content["columns"].items()}
        dated = content.get("in_force")
        in_force = FIRST if dated is None else as_date(dated)
        table = Table(
            code=code,
            version=RELEASE if dated is None else in_force.isoformat(),
            in_force=in_force,
            name=_words(code, content["name"]),
            columns=MappingProxyType(columns),
            outcomes=MappingProxyType(
                {key: _words(code, words) for key, words in content["outcomes"].items()}
            ),
            rows=_rows(code, content["rows"], columns, content["outcomes"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadData(code, error) from None
    check(table)
    return table


def _column(key: str, entry: Mapping[str, Any]) -> Column:
    kind, words = entry["kind"], {}
    domain: tuple[Allowed, ...]
    if kind == FLAG:
        domain = (True, False)
    elif kind == CHOICE:
        words = {value: _words(key, each) for value, each in entry["values"].items()}
        domain = tuple(words)
    elif kind == NUMBER and entry["from"] <= entry["to"]:
        domain = (Range(entry["from"], entry["to"]),)
    else:
        raise BadData(key, kind)
    if entry.get("optional"):
        domain = (*domain, None)
    return Column(key, kind, _words(key, entry["name"]), domain, MappingProxyType(words))


def _rows(
    code: str, entries: Any, columns: Mapping[str, Column], outcomes: Mapping[str, Any]
) -> tuple[Row, ...]:
    try:
        rows = tuple(_row(code, entry, columns, outcomes) for entry in entries)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadData(code, error) from None
    if not rows or len({row.id for row in rows}) < len(rows):
        raise BadData(code, "rows need different ids")
    return rows


def _row(
    code: str,
    entry: Mapping[str, Any],
    columns: Mapping[str, Column],
    outcomes: Mapping[str, Any],
) -> Row:
    id_, unknown = str(entry["id"]), set(entry["if"]) - set(columns)
    if unknown or entry["then"] not in outcomes or entry["mark"] not in MARKS:
        raise BadData(code, id_, *sorted(unknown), entry["then"])
    when = {key: _allowed(columns[key], wanted) for key, wanted in entry["if"].items()}
    return Row(
        id_,
        MappingProxyType(when),
        entry["then"],
        _words(code, entry["why"]),
        entry["mark"],
        str(entry.get("article", "")),
    )


def _allowed(column: Column, wanted: Any) -> tuple[Allowed, ...]:
    """The values that a condition permits; one may stand alone, several in a list."""
    given = wanted if isinstance(wanted, list | tuple) else [wanted]
    found = tuple(_one(column, each) for each in given)
    if not found:
        raise BadData(column.key, "no value")
    return found


def _one(column: Column, wanted: Any) -> Allowed:
    if column.kind == NUMBER and wanted != NONE:
        return _range(column, wanted)
    value = None if wanted == NONE and column.kind == NUMBER else wanted
    if not column.knows(value):
        raise BadData(column.key, wanted)
    return value


def _range(column: Column, wanted: Any) -> Range:
    whole = next(each for each in column.domain if isinstance(each, Range))
    if not isinstance(wanted, Mapping):
        wanted = {"from": wanted, "to": wanted}
    low, high = wanted.get("from", whole.low), wanted.get("to", whole.high)
    if set(wanted) - {"from", "to"} or low not in whole or high not in whole or low > high:
        raise BadData(column.key, dict(wanted))
    return Range(low, high)


def _written(allowed: Allowed) -> object:
    if isinstance(allowed, Range):
        return {"from": allowed.low, "to": allowed.high}
    return NONE if allowed is None else allowed


def _words(what: str, words: Mapping[str, str]) -> Mapping[str, str]:
    if set(words) != LANGUAGES or not all(words.values()):
        raise BadData(what, "needs zh and en")
    return MappingProxyType(dict(words))


@cache
def _content() -> Mapping[str, Any]:
    return MappingProxyType(read_folder("tables"))


def _order(code: str) -> tuple[int, str]:
    entry = _content().get(code)
    return (entry["order"] if entry else len(_content()), code)


@cache
def seed() -> Tables:
    """The tables shipped with this release."""
    found = {code: (build(code, entry),) for code, entry in _content().items()}
    return Tables(MappingProxyType(found))
