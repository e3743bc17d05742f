"""The rows behind the deadline commands: stored, ended, replaced; each writes its one event."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.timers import set_timer, stop_clocks, void_timers
from casework.events import Kind, record
from casework.kept import is_fresh
from casework.models import Case, Deadline, DeadlineState, Timer, TimerState, User
from casework.rules.deadlines import Due
from casework.rules.periods import Pause

Who = User | str | None


class NotRunning(CommandRefused):
    """This deadline is no longer running."""


class NotYetOver(CommandRefused):
    """This deadline is not over yet."""


class MovesBackward(CommandRefused):
    """A deadline never moves to an earlier day."""


class NeedsGround(CommandRefused):
    """State the ground for moving a deadline."""


class NeedsSecondPerson(CommandRefused):
    """A second person must agree to moving a deadline."""


def ends_at(deadline: Deadline) -> datetime:
    """The instant at which the deadline is over: 24:00 of its last day, or its hour."""
    stored = str(deadline.explanation.get("due", ""))
    if "T" in stored:
        wall = datetime.fromisoformat(stored)
        return wall.replace(tzinfo=wall.tzinfo or clock.SHANGHAI)
    return clock.end_of(deadline.due)


def end(
    deadline: Deadline,
    state: DeadlineState,
    kind: Kind,
    *,
    by: Who,
    at: datetime,
    on: date,
    ground: str = "",
    keep_timers: bool = False,
    **told: Any,
) -> Deadline:
    """Close (or pause) a running deadline and void its clocks. Raises: NotRunning."""
    case = lock_case(deadline.case_id)
    if not is_fresh(deadline):
        deadline.refresh_from_db()
    deadline.case = case
    if deadline.state not in (DeadlineState.OPEN, DeadlineState.PAUSED):
        raise NotRunning
    deadline.state, deadline.closed_on, deadline.ground = state, on, ground
    deadline.save(update_fields=["state", "closed_on", "ground"])
    if not keep_timers:
        stop_clocks(deadline)
    tell(deadline, kind, by=by, at=at, on=on, due=deadline.due, ground=ground, **told)
    return deadline


def replace(
    deadline: Deadline,
    answer: Due,
    *,
    by: Who,
    at: datetime,
    ground: str,
    second_person: Who,
    extended: bool,
    pauses: Sequence[Pause],
    kind: Kind = Kind.DEADLINE_SUPERSEDED,
) -> Deadline:
    """A successor takes over subject and clocks; the clocks move by as many days as the due date."""
    case = lock_case(deadline.case_id)
    deadline.refresh_from_db()
    if deadline.state not in (DeadlineState.OPEN, DeadlineState.PAUSED):
        raise NotRunning
    rings = _rings(deadline)
    void_timers(case, deadline=deadline)
    deadline.state, deadline.closed_on = DeadlineState.SUPERSEDED, clock.day(at)
    deadline.save(update_fields=["state", "closed_on"])
    fresh = store(
        case, answer, deadline.start_event, extended=extended, pauses=pauses, supersedes=deadline,
        claim=deadline.claim, referral=deadline.referral, instalment=deadline.instalment,
        ground=ground,
    )  # fmt: skip
    for ring in rings:
        set_timer(
            case,
            ring.kind,
            due_at=ring.due_at + (fresh.due - deadline.due),
            deadline=fresh,
            task_id=ring.task_id,
        )
    tell(
        fresh,
        kind,
        by=by,
        at=at,
        was=deadline.due,
        due=fresh.due,
        ground=ground,
        second_person=str(second_person or ""),
        rule_version=fresh.rule_version,
    )
    return fresh


def store(
    case: Case,
    answer: Due,
    start_event: str,
    *,
    extended: bool,
    pauses: Sequence[Pause] = (),
    **subject: Any,
) -> Deadline:
    """The row of a computed due date, with the rule's own account of it."""
    told = [
        {"since": pause.since.isoformat(), "until": pause.until.isoformat(), "why": pause.why}
        for pause in pauses
    ]
    return Deadline.objects.create(
        case=case, rule=answer.code, rule_version=answer.version, start_event=start_event,
        start=day_of(answer.start), length=answer.length, unit=answer.unit,
        raw=day_of(answer.raw), due=day_of(answer.due), provisional=answer.provisional,
        nature=answer.nature, article=answer.article,
        explanation={**answer.as_json(), "extended": extended, "pauses": told}, **subject,
    )  # fmt: skip


def tell(deadline: Deadline, kind: Kind, *, by: Who, at: datetime, **told: Any) -> None:
    """The one event of a deadline's act."""
    record(
        deadline.case, kind, by=by, at=at, rule=deadline.rule, deadline=str(deadline.pk), **told
    )


def pauses_of(deadline: Deadline) -> list[Pause]:
    """The pauses that a deadline was computed with."""
    return [
        Pause(date.fromisoformat(p["since"]), date.fromisoformat(p["until"]), p["why"])
        for p in deadline.explanation.get("pauses", [])
    ]


def is_extended(deadline: Deadline) -> bool:
    """Whether the deadline already runs to an extended length."""
    return bool(deadline.explanation.get("extended", False))


def own_unit(deadline: Deadline) -> str | None:
    """The unit to compute with: only a period without a rule needs it said."""
    return deadline.unit if deadline.rule.startswith("GEN-") else None


def start_of(start: date | datetime) -> date:
    """The start as the rules take it: an instant by the wall clock of Shanghai."""
    return start.astimezone(clock.SHANGHAI) if isinstance(start, datetime) else start


def day_of(value: date | datetime) -> date:
    """The day of a date or of an instant of Shanghai."""
    return value.date() if isinstance(value, datetime) else value


def need_ground(ground: str) -> None:
    """Raises: NeedsGround."""
    if not ground.strip():
        raise NeedsGround


def need_second(second: Who, by: Who) -> None:
    """Raises: NeedsSecondPerson if nobody else agreed."""
    if not second or second == by:
        raise NeedsSecondPerson


def _rings(deadline: Deadline) -> list[Timer]:
    """The clocks to carry over; those of a paused deadline were voided when it was paused."""
    waiting = [TimerState.PENDING, TimerState.CLAIMED]
    if deadline.state == DeadlineState.PAUSED:
        waiting = [TimerState.VOID]
    return list(deadline.timers.filter(state__in=waiting))
