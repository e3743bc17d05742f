"""Triage: from what a call says to proposals, each by a row of a decision table.

The tables follow one another: what one decides (`group`, `scope`) is a fact for the next. They
propose; a dispatcher confirms.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from casework.rules.data import read
from casework.rules.tables import Decision, decide
from casework.rules.tables_read import Tables, seed

UNKNOWN = "unknown"
WISH_NOT_SAID = "none_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a case at triage; what is left out is not known or not so.

    `contract`, `subject_fit`, `business`, `performance_here` are present, absent or unknown,
    `management` also partly. `clock_days` are calendar days to the nearest statutory limit.
    """

    classes: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    wish: str = ""
    subject: str = ""
    group_size: int = 1
    danger: bool = False
    hardship: bool = False
    clock_days: int | None = None
    is_new_form: bool = False
    contract: str = UNKNOWN
    subject_fit: str = UNKNOWN
    management: str = UNKNOWN
    business: str = UNKNOWN
    performance_here: str = UNKNOWN
    other_province: bool = False
    project_known: bool = False
    performance_known: bool = False
    seat_known: bool = False
    work_known: bool = False
    city_platform: bool = False
    several_districts: bool = False
    against_district_union: bool = False
    stoppage: bool = False
    enterprise_committee: bool = False
    worker_agrees: bool = False

    def columns(self) -> dict[str, Any]:
        """The facts by the names that the tables give their columns."""
        words = _words()
        own = {name: getattr(self, name) for name in self.__dataclass_fields__}
        new_form = self._has_cause("new_form_causes") or self._has_worker("new_form_workers")
        left = None if self.clock_days is None else max(0, self.clock_days)
        return {
            **own,
            "clock_days": left,
            "is_new_form": self.is_new_form or new_form,
            "danger": self.danger or "EMERGENCY" in self.classes,
            "hardship": self.hardship or "HARDSHIP" in self.classes,
            "advice_only": set(self.classes) == {"ADVICE"},
            "protected": self._has_worker("protected_workers")
            or self._has_cause("protected_causes"),
            "injury": self._has_cause("injury_causes"),
            "building": self._has_cause("building_causes"),
            "subject": self.subject or self._subject(),
            "leading_class": next(
                (each for each in words["class_order"] if each in self.classes), "ADVICE"
            ),
            "wish": self.wish or WISH_NOT_SAID,
        }

    def _has_cause(self, group: str) -> bool:
        return any(cause.startswith(tuple(_words()[group])) for cause in self.causes)

    def _has_worker(self, group: str) -> bool:
        return bool(set(self.workers) & set(_words()[group]))

    def _subject(self) -> str:
        if set(self.classes) == {"OUT_OF_SCOPE"}:
            return "other"
        main = self.causes[0] if self.causes else ""
        subjects: Mapping[str, str] = _words()["subjects"]
        return next((to for of, to in subjects.items() if main.startswith(of)), "labour")


def propose(
    facts: Facts | Mapping[str, Any], *, tables: Tables | None = None, on: dt.date | None = None
) -> dict[str, Decision]:
    """One decision a table, by the table's code, in the order of the tables.

    Raises: UnknownFact, MissingFact, NoMatchingRow, NotInForce.
    """
    known = dict(facts.columns() if isinstance(facts, Facts) else facts)
    tables = tables or seed()
    made: dict[str, Decision] = {}
    for code in tables.codes():
        made[code] = decide(tables.on(code, on), known)
        known[code] = made[code].outcome
    return made


@cache
def _words() -> Mapping[str, Any]:
    content: Mapping[str, Any] = read("triage.yaml")
    return content
