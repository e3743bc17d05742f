"""The ladder for what is late: a policy of the house by date, read from values/escalation.yaml."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from casework.rules.calendar import Calendar
from casework.rules.data import read


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: what reaches it, who is told, and what goes out.

    `days`: working days passed since the last day (trigger "overdue") or left until it ("soon").
    `order`: a supervision order (督办单) with `answer_days` working days to answer.
    """

    trigger: str
    days: int
    whom: str
    roles: tuple[str, ...]
    order: bool
    answer_days: int
    every_day: bool
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs that hold from a day on, lowest first."""

    since: dt.date
    mark: str
    rungs: tuple[Rung, ...]

    @property
    def soon(self) -> Rung:
        """The rung of what is nearly due."""
        return next(rung for rung in self.rungs if rung.trigger == "soon")

    def reached(self, days: int) -> tuple[Rung, ...]:
        """The rungs that something is on that is late by so many working days, lowest first."""
        return tuple(
            rung for rung in self.rungs if rung.trigger == "overdue" and days >= rung.days
        )

    @property
    def top(self) -> Rung:
        """The last rung."""
        return self.rungs[-1]


@cache
def ladders() -> tuple[Ladder, ...]:
    """Every ladder that held or holds, oldest first."""
    rows = sorted(read("escalation.yaml"), key=lambda row: row["from"])
    return tuple(
        Ladder(row["from"], row["mark"], tuple(_rung(each) for each in row["rungs"]))
        for row in rows
    )


def ladder(on: dt.date) -> Ladder:
    """The ladder that holds on a day; before the first, the first."""
    held = [each for each in ladders() if each.since <= on]
    return held[-1] if held else ladders()[0]


def days_over(due: dt.date, on: dt.date, calendar: Calendar) -> int:
    """Whole working days that have passed since the last day: 0 on the first day after it."""
    return calendar.working_days_between(due, on - dt.timedelta(days=1))


def standing(due: dt.date, on: dt.date, calendar: Calendar) -> Rung | None:
    """The highest rung that something with this last day has reached on a day; None while it is not late."""
    if on <= due:
        return None
    return ladder(on).reached(days_over(due, on, calendar))[-1]


def _rung(row: dict[str, Any]) -> Rung:
    return Rung(
        row["trigger"], row["days"], row["whom"], tuple(row["roles"]), row.get("order", False),
        row.get("answer_days", 0), row.get("every_day", False), MappingProxyType(row["name"]),
    )  # fmt: skip
