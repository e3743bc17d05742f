"""Decision tables as data: rows of conditions, one outcome, and which row of which version decided."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from casework.rules.errors import MissingFact, NoMatchingRow, UnknownFact

NONE = "none"  # how a file writes that a number is absent


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from low to high, both included."""

    low: int
    high: int

    def __contains__(self, value: object) -> bool:
        return (
            isinstance(value, int)
            and not isinstance(value, bool)
            and self.low <= value <= self.high
        )


Allowed = Range | str | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """One fact that a table looks at.

    `domain` is all that may be said of it: words, True and False, or one range (and None where
    the number may be absent).
    """

    key: str
    kind: str
    name: Mapping[str, str]
    domain: tuple[Allowed, ...]
    words: Mapping[str, Mapping[str, str]]

    def knows(self, value: object) -> bool:
        """Whether the value lies in the domain."""
        return any(_fits(allowed, value) for allowed in self.domain)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: all conditions must hold. A column that is not named may have any value."""

    id: str
    when: Mapping[str, tuple[Allowed, ...]]
    then: str
    why: Mapping[str, str]
    mark: str
    article: str = ""

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Whether the row covers these facts."""
        return all(
            any(_fits(allowed, facts[key]) for allowed in permitted)
            for key, permitted in self.when.items()
        )


@dataclass(frozen=True, slots=True)
class Table:
    """One version of one table. The first row that holds decides; see `tables_check` for gaps."""

    code: str
    version: str
    in_force: dt.date
    name: Mapping[str, str]
    columns: Mapping[str, Column]
    outcomes: Mapping[str, Mapping[str, str]]
    rows: tuple[Row, ...]

    def row(self, id_: str) -> Row:
        """A row by its id. Raises: NoMatchingRow."""
        for row in self.rows:
            if row.id == id_:
                return row
        raise NoMatchingRow(self.code, id_)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a table decided, by which row of which version, from which facts."""

    table: str
    version: str
    row: str
    outcome: str
    why: Mapping[str, str]
    mark: str
    article: str
    facts: Mapping[str, str | int | bool | None]

    def to_json(self) -> dict[str, Any]:
        """The decision as it is stored with a case."""
        return {
            "table": self.table,
            "version": self.version,
            "row": self.row,
            "outcome": self.outcome,
            "why": dict(self.why),
            "mark": self.mark,
            "article": self.article,
            "facts": dict(self.facts),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """A case that another version of a table would decide otherwise, or by another row."""

    case: str
    before: Decision
    after: Decision

    @property
    def moves(self) -> bool:
        """Whether the outcome itself differs."""
        return self.before.outcome != self.after.outcome


def decide(table: Table, facts: Mapping[str, object]) -> Decision:
    """The outcome for these facts; facts of other tables are passed over.

    Raises: MissingFact, UnknownFact for a value outside its column, NoMatchingRow.
    """
    seen: dict[str, Any] = {}
    for key, column in table.columns.items():
        if key not in facts:
            raise MissingFact(table.code, key)
        if not column.knows(facts[key]):
            raise UnknownFact(table.code, key, facts[key])
        seen[key] = facts[key]
    for row in table.rows:
        if row.holds(seen):
            return Decision(
                table.code,
                table.version,
                row.id,
                row.then,
                row.why,
                row.mark,
                row.article,
                MappingProxyType(seen),
            )
    raise NoMatchingRow(table.code, seen)


def dry_run(
    old: Table, new: Table, cases: Iterable[tuple[str, Mapping[str, object]]]
) -> tuple[Change, ...]:
    """The given cases (name and facts) that the new version decides otherwise or by another row.

    Raises: as `decide`.
    """
    pairs = ((name, decide(old, facts), decide(new, facts)) for name, facts in cases)
    return tuple(
        Change(name, before, after)
        for name, before, after in pairs
        if (before.outcome, before.row) != (after.outcome, after.row)
    )


def _fits(allowed: Allowed, value: object) -> bool:
    if isinstance(allowed, Range):
        return value in allowed
    return type(allowed) is type(value) and allowed == value


def said(column: Column, permitted: Sequence[Allowed], language: str = "zh") -> str:
    """Values of a column in words: `3 至 9`, `是`, `没有`."""
    return ("、" if language == "zh" else ", ").join(
        _said(column, allowed, language) for allowed in permitted
    )


def _said(column: Column, allowed: Allowed, language: str) -> str:
    zh = language == "zh"
    if isinstance(allowed, Range):
        return _range_said(column, allowed, zh=zh)
    if allowed is None:
        return "没有" if zh else "none"
    if isinstance(allowed, bool):
        return ("是" if allowed else "否") if zh else ("yes" if allowed else "no")
    return column.words[allowed][language]


def _range_said(column: Column, span: Range, *, zh: bool) -> str:
    whole = next(each for each in column.domain if isinstance(each, Range))
    if span.low == span.high:
        return str(span.low)
    if span.high == whole.high:
        return f"{span.low} 以上" if zh else f"{span.low} or more"
    if span.low == whole.low:
        return f"{span.high} 以下" if zh else f"{span.high} or less"
    return f"{span.low} 至 {span.high}" if zh else f"{span.low} to {span.high}"
