"""The matters of the linkage as data: papers that may go along, guards, whose data travel."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

MATTERS = Path(__file__).with_name("data") / "matters.yaml"
LINKAGE = MATTERS.with_name("linkage.yaml")


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter. `nobody`: no worker's data travel; `applicants_only`: only of those who applied."""

    code: str
    papers: tuple[str, ...] = ("D03",)
    guards: tuple[str, ...] = ()
    nobody: bool = False
    applicants_only: bool = False


@cache
def all_matters() -> dict[str, Matter]:
    """Every matter by its code."""
    rows = yaml.safe_load(MATTERS.read_text(encoding="utf-8"))
    return {
        code: Matter(
            code, tuple(row["papers"]), tuple(row.get("guards", ())),
            row.get("nobody", False), row.get("applicants_only", False),
        )
        for code, row in rows.items()
    }  # fmt: skip


def matter_named(code: str) -> Matter:
    """A matter; one that the table does not know sends the letter alone and is not guarded."""
    return all_matters().get(code, Matter(code))


@cache
def linkage() -> dict[str, Any]:
    """The policy figures of the linkage: days of packs and links, reminders, ladder, lapse."""
    found: dict[str, Any] = yaml.safe_load(LINKAGE.read_text(encoding="utf-8"))
    return found
