"""Deadlines with their lights."""

from dataclasses import dataclass
from datetime import date

from casework.models import Case, Deadline, DeadlineState
from casework.queries.calendar import current
from casework.rules.lights import Light, light

ENDED = (DeadlineState.MET, DeadlineState.MISSED, DeadlineState.LAPSED)


@dataclass(frozen=True, slots=True)
class Shown:
    """A deadline and its light on a day."""

    deadline: Deadline
    light: Light


def shown(case: Case, as_of: date) -> list[Shown]:
    """The deadlines of a case with lights, by due date; superseded ones last, void ones not."""
    rows = [row for row in case.deadlines.all() if row.state != DeadlineState.VOID]
    calendar = current()
    found = [
        Shown(row, light(
            row.due, as_of, calendar,
            done_on=row.closed_on if row.state in ENDED else None,
            paused=row.state == DeadlineState.PAUSED,
        ))
        for row in rows
    ]  # fmt: skip
    return sorted(
        found,
        key=lambda each: (each.deadline.state == DeadlineState.SUPERSEDED, each.deadline.due),
    )
