"""What the law says of a cause, in one line each: read out on the telephone, never a finding."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from casework.rules.data import read


@dataclass(frozen=True, slots=True)
class Hint:
    """One line, the law it stands in, and how well it was checked (V, S, K)."""

    zh: str
    en: str
    law_zh: str
    law_en: str
    article: str
    mark: str


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = read("hints.yaml")
    return table


def of_cause(code: str) -> tuple[Hint, ...]:
    """The lines of a cause, then of its first level, then what holds for all."""
    rows = _table()["hints"]
    found = [*rows.get(code, ())]
    if (parent := code.partition(".")[0]) != code:
        found += rows.get(parent, ())
    return tuple(_hint(row) for row in [*found, *_table()["every"]])


def calculator_of(code: str) -> str:
    """The calculator that fits a cause, or nothing."""
    names = _table()["calculators"]
    return str(names.get(code) or names.get(code.partition(".")[0]) or "")


def _hint(row: dict[str, str]) -> Hint:
    law = read("laws.yaml")[row["law"]]
    return Hint(row["zh"], row["en"], law["zh"], law["en"], row["article"], row["mark"])
