"""How long a file is kept after it is put away: classes as dated data, each with its ground and mark."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from casework.rules.data import as_date, read
from casework.rules.errors import RuleError
from casework.rules.periods import corresponding_day

OTHERWISE, LASTING, RECORDING = "FAILED", "LASTING", "RECORDING"


class NoSuchRetention(RuleError):
    """There is no class of this name on that day."""

    zh = "当日没有该保管期限类别。"


@dataclass(frozen=True, slots=True)
class Floor:
    """The nearest rule of law: no term of the house lies under it. Unit: years."""

    years: int
    mark: str
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Retention:
    """One class as it holds from a day on. `years` None: for ever."""

    code: str
    since: dt.date
    years: int | None
    mark: str
    name: Mapping[str, str]
    ground: Mapping[str, str]
    floor: Floor | None = None

    @property
    def words(self) -> str:
        """As it stands on the cover of a file."""
        return f"{self.years}年" if self.years else "永久"

    def ends(self, counted_from: dt.date) -> dt.date | None:
        """The last day of keeping; None: it is kept for ever."""
        return corresponding_day(counted_from, 12 * self.years) if self.years else None


@cache
def table() -> Mapping[str, tuple[Retention, ...]]:
    """All classes, each with its terms, oldest first."""
    classes = read("retention.yaml")["classes"]
    return {
        code: tuple(_term(code, entry["name"], row) for row in entry["terms"])
        for code, entry in classes.items()
    }


def _term(code: str, name: Mapping[str, str], row: Mapping[str, Any]) -> Retention:
    floor = row.get("floor")
    lowest = Floor(floor["years"], floor["mark"], _both(floor)) if floor else None
    since = as_date(row["from"])
    return Retention(code, since, row["years"], row["mark"], name, _both(row), lowest)


def _both(row: Mapping[str, Any]) -> Mapping[str, str]:
    return {"zh": row["zh"], "en": row["en"]}


def retention(code: str, on: dt.date) -> Retention:
    """A class as it holds for files put away on a day. Raises: NoSuchRetention."""
    for row in reversed(table().get(code, ())):
        if row.since <= on:
            return row
    raise NoSuchRetention(code, on)


def class_of(
    *, outcome: str, collective: bool, causes: Collection[str], on: dt.date
) -> Retention:
    """The class of a file by what it was about and how it ended. Raises: NoSuchRetention."""
    content = read("retention.yaml")
    if collective or set(causes) & set(content["lasting_causes"]):
        return retention(LASTING, on)
    return retention(content["outcomes"].get(outcome, OTHERWISE), on)


def in_force(on: dt.date) -> tuple[Retention, ...]:
    """Every class that is in force on a day, as it holds then."""
    known = (code for code, terms in table().items() if terms[0].since <= on)
    return tuple(retention(code, on) for code in known)


def law_of_request(what: str) -> Mapping[str, str]:
    """The article on a person's request about their own data: see, correct, delete; refuse, complain. Keys: zh, en, mark."""
    row = read("retention.yaml")["requests"][what]
    return {"zh": row["zh"], "en": row["en"], "mark": row["mark"]}
