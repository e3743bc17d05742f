"""Gaps and overlaps of a decision table, exactly, before it is ever used.

Every fact has a finite domain, so a row covers a box of it. Taking the boxes of all rows from the
whole leaves the gaps; two boxes that meet with different outcomes contradict each other; a row
whose box is used up by the rows before it never decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casework.rules.errors import (
    RowWithoutEffect,
    RuleError,
    TableContradictsItself,
    TableHasGaps,
)
from casework.rules.tables import Allowed, Column, Range, Row, Table, said

Box = dict[str, frozenset[Allowed]]
GAP, OVERLAP, IDLE = "GAP", "OVERLAP", "IDLE"
ERRORS: Mapping[str, type[RuleError]] = {
    GAP: TableHasGaps,
    OVERLAP: TableContradictsItself,
    IDLE: RowWithoutEffect,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: GAP (no row), OVERLAP (rows that contradict) or IDLE (a row never reached).

    `facts` says in words where: only columns that matter there.
    """

    kind: str
    rows: tuple[str, ...]
    facts_zh: str
    facts_en: str


def check(table: Table) -> None:
    """Refuse a table with problems. Raises: TableHasGaps, TableContradictsItself, RowWithoutEffect."""
    for problem in problems(table):
        raise ERRORS[problem.kind](table.code, *problem.rows, problem.facts_en)


def problems(table: Table) -> tuple[Problem, ...]:
    """Every gap, contradiction and idle row of a table; nothing when it may be used."""
    whole = {key: _atoms(column, table.rows) for key, column in table.columns.items()}
    boxes = [(row, _box(row, whole)) for row in table.rows]
    found = [*_contradictions(table, boxes, whole)]
    left = [whole]
    for row, box in boxes:
        rest = [part for old in left for part in _without(old, box)]
        if len(rest) == len(left) and all(a is b for a, b in zip(rest, left, strict=True)):
            found.append(_problem(table, IDLE, (row.id,), box, whole))
        left = rest
    found.extend(_problem(table, GAP, (), box, whole) for box in left)
    return tuple(found)


def _contradictions(
    table: Table, boxes: Sequence[tuple[Row, Box]], whole: Box
) -> Iterator[Problem]:
    for number, (one, box) in enumerate(boxes):
        for other, other_box in boxes[number + 1 :]:
            both = {key: box[key] & other_box[key] for key in whole}
            if one.then != other.then and all(both.values()):
                yield _problem(table, OVERLAP, (one.id, other.id), both, whole)


def _atoms(column: Column, rows: Sequence[Row]) -> frozenset[Allowed]:
    """The domain of a column in pieces that no condition cuts."""
    atoms: set[Allowed] = {each for each in column.domain if not isinstance(each, Range)}
    for whole in (each for each in column.domain if isinstance(each, Range)):
        used = [
            each
            for row in rows
            for each in row.when.get(column.key, ())
            if isinstance(each, Range)
        ]
        cuts = sorted({whole.low, *(r.low for r in used), *(r.high + 1 for r in used)})
        ends = [*(cut - 1 for cut in cuts[1:]), whole.high]
        atoms |= {Range(low, high) for low, high in zip(cuts, ends, strict=True) if low <= high}
    return frozenset(atoms)


def _box(row: Row, whole: Box) -> Box:
    return {
        key: frozenset(atom for atom in atoms if _covers(row.when[key], atom))
        if key in row.when
        else atoms
        for key, atoms in whole.items()
    }


def _covers(permitted: Sequence[Allowed], atom: Allowed) -> bool:
    if isinstance(atom, Range):
        return any(isinstance(each, Range) and atom.low in each for each in permitted)
    return any(type(each) is type(atom) and each == atom for each in permitted)


def _without(box: Box, taken: Box) -> list[Box]:
    """What is left of a box, as boxes; the box itself when the two do not meet."""
    if not all(box[key] & taken[key] for key in box):
        return [box]
    parts, rest = [], dict(box)
    for key in box:
        outside = rest[key] - taken[key]
        if outside:
            parts.append({**rest, key: outside})
        rest[key] &= taken[key]
    return parts


def _problem(table: Table, kind: str, rows: tuple[str, ...], box: Box, whole: Box) -> Problem:
    facts = {key: _joined(box[key]) for key in box if box[key] != whole[key]}
    return Problem(
        kind,
        rows,
        "；".join(_fact(table.columns[key], value, "zh") for key, value in facts.items()),
        "; ".join(_fact(table.columns[key], value, "en") for key, value in facts.items()),
    )


def _fact(column: Column, value: Sequence[Allowed], language: str) -> str:
    equals = "：" if language == "zh" else ": "
    return f"{column.name[language]}{equals}{said(column, value, language)}"


def _joined(atoms: frozenset[Allowed]) -> list[Allowed]:
    """Atoms in order, with neighbouring ranges as one."""
    ranges: list[Range] = []
    for atom in sorted(
        (a for a in atoms if isinstance(a, Range)), key=lambda span: (span.low, span.high)
    ):
        if ranges and ranges[-1].high + 1 == atom.low:
            ranges[-1] = Range(ranges[-1].low, atom.high)
        else:
            ranges.append(atom)
    others = sorted((a for a in atoms if not isinstance(a, Range)), key=str)
    return [*ranges, *others]
