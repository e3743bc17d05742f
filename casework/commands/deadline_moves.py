"""A deadline that moves: replaced by a later one, paused, running on; with ground and second person."""

from datetime import date, datetime, timedelta

from django.db import transaction

from casework import clock
from casework.commands.base import lock_case
from casework.commands.deadline_rows import (
    MovesBackward,
    NotRunning,
    Who,
    day_of,
    end,
    is_extended,
    need_ground,
    need_second,
    own_unit,
    pauses_of,
    replace,
    start_of,
)
from casework.events import Kind
from casework.models import Deadline, DeadlineState
from casework.queries import calendar, rulebook
from casework.rules.deadlines import due
from casework.rules.periods import Pause


@transaction.atomic
def supersede_deadline(
    deadline: Deadline,
    *,
    ground: str,
    second_person: Who,
    by: Who,
    at: datetime,
    start: date | datetime | None = None,
    length: int | None = None,
    extended: bool = False,
    correction: bool = False,
) -> Deadline:
    """Replace a deadline by a later one: extended, or with another length or start.

    Forward only, with a ground and a second person; a `correction` of the fact that it started from
    may move it either way and needs the ground alone.
    Raises: NotRunning, MovesBackward, NeedsGround, NeedsSecondPerson, RuleError.
    """
    need_ground(ground)
    if not correction:
        need_second(second_person, by)
    answer = due(
        deadline.rule, start_of(start or deadline.start), calendar=calendar.current(),
        catalogue=rulebook.catalogue_of(deadline.case),
        length=length or (None if extended else deadline.length),
        extended=extended or is_extended(deadline),
        unit=own_unit(deadline),
        pauses=pauses_of(deadline),
    )  # fmt: skip
    if not correction and day_of(answer.due) < deadline.due:
        raise MovesBackward
    return replace(
        deadline,
        answer,
        by=by,
        at=at,
        ground=ground,
        second_person=second_person,
        extended=extended or is_extended(deadline),
        pauses=pauses_of(deadline),
    )


@transaction.atomic
def pause_deadline(
    deadline: Deadline,
    *,
    ground: str,
    second_person: Who,
    by: Who,
    at: datetime,
    on: date | None = None,
) -> Deadline:
    """Stop the clock from `on` (today without one). Raises: NotRunning, NeedsGround, NeedsSecondPerson."""
    need_ground(ground)
    need_second(second_person, by)
    if deadline.state != DeadlineState.OPEN:
        raise NotRunning
    return end(
        deadline,
        DeadlineState.PAUSED,
        Kind.DEADLINE_PAUSED,
        by=by,
        at=at,
        on=on or clock.day(at),
        ground=ground,
        second_person=str(second_person),
    )


@transaction.atomic
def resume_deadline(deadline: Deadline, *, by: Who, at: datetime) -> Deadline:
    """Let a paused clock run on: the days from the pause to yesterday do not count.

    Raises: NotRunning if it is not paused.
    """
    lock_case(deadline.case_id)
    deadline.refresh_from_db()
    if deadline.state != DeadlineState.PAUSED or deadline.closed_on is None:
        raise NotRunning
    yesterday = clock.day(at) - timedelta(days=1)
    pauses = pauses_of(deadline)
    if yesterday >= deadline.closed_on:
        pauses.append(Pause(deadline.closed_on, yesterday, deadline.ground))
    answer = due(
        deadline.rule, start_of(deadline.start), calendar=calendar.current(),
        catalogue=rulebook.catalogue_of(deadline.case),
        length=deadline.length, extended=is_extended(deadline),
        unit=own_unit(deadline), pauses=pauses,
    )  # fmt: skip
    return replace(
        deadline,
        answer,
        by=by,
        at=at,
        ground=deadline.ground,
        second_person=None,
        extended=is_extended(deadline),
        pauses=pauses,
        kind=Kind.DEADLINE_RESUMED,
    )
