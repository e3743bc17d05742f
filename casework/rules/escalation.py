"""The ladder for what is late: a policy of the house, read from values/escalation.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from casework.rules.data import read


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: from how many working days past the last day on, who is told, and what goes out.

    `order`: a supervision order (督办单) with `answer_days` working days to answer.
    """

    after: int
    whom: str
    roles: tuple[str, ...]
    order: bool
    answer_days: int
    name: Mapping[str, str]


@cache
def ladder() -> tuple[Rung, ...]:
    """The rungs, lowest first."""
    rows = sorted(read("escalation.yaml"), key=lambda row: int(row["after"]))
    return tuple(
        Rung(
            row["after"], row["whom"], tuple(row["roles"]), row["order"], row["answer_days"],
            MappingProxyType(row["name"]),
        )
        for row in rows
    )  # fmt: skip


def reached(days: int) -> tuple[Rung, ...]:
    """The rungs that something is on that is late by so many working days, lowest first."""
    return tuple(rung for rung in ladder() if days >= rung.after)
