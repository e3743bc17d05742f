"""Deadlines: set by rule, met, missed, lapsed or void; never edited. `deadline_moves` moves them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from casework import clock
from casework.commands.base import lock_case
from casework.commands.deadline_rows import (
    NotYetOver,
    Who,
    end,
    ends_at,
    need_ground,
    start_of,
    store,
    tell,
)
from casework.commands.timers import set_timer, void_timers
from casework.events import Kind
from casework.models import Case, Deadline, DeadlineState
from casework.queries import calendar, rulebook
from casework.rules.deadlines import due

RUNNING = (DeadlineState.OPEN, DeadlineState.PAUSED)


@transaction.atomic
def set_deadline(
    case: Case,
    rule: str,
    *,
    start: date | datetime,
    start_event: str,
    by: Who,
    at: datetime,
    ring: str | None = None,
    ring_at: datetime | None = None,
    length: int | None = None,
    unit: str | None = None,
    extended: bool = False,
    claim: Any = None,
    referral: Any = None,
    instalment: Any = None,
    task_id: int | None = None,
) -> Deadline:
    """Compute a due date by a rule of the law, store it explained, and set its clock.

    `ring` names the timer's handler; it rings when the last day is over, or at `ring_at`.
    Raises: RuleError of casework.rules.
    """
    locked = lock_case(case.pk)
    answer = due(
        rule, start_of(start), calendar=calendar.current(),
        catalogue=rulebook.catalogue_of(locked), length=length, unit=unit,
        extended=extended,
    )  # fmt: skip
    deadline = store(
        case, answer, start_event, extended=extended,
        claim=claim, referral=referral, instalment=instalment,
    )  # fmt: skip
    if ring is not None:
        when = ring_at or ends_at(deadline)
        set_timer(case, ring, due_at=when, deadline=deadline, task_id=task_id)
    tell(
        deadline,
        Kind.DEADLINE_SET,
        by=by,
        at=at,
        start=deadline.start,
        due=deadline.due,
        start_event=start_event,
        rule_version=deadline.rule_version,
    )
    return deadline


@transaction.atomic
def meet_deadline(
    deadline: Deadline, *, by: Who, at: datetime, on: date | None = None
) -> Deadline:
    """What was due is done on `on` (today without one); done too late it counts as missed.

    Raises: NotRunning.
    """
    done = on or clock.day(at)
    kept = done <= deadline.due
    state = DeadlineState.MET if kept else DeadlineState.MISSED
    kind = Kind.DEADLINE_MET if kept else Kind.DEADLINE_MISSED
    return end(deadline, state, kind, by=by, at=at, on=done)


@transaction.atomic
def miss_deadline(deadline: Deadline, *, by: Who, at: datetime) -> Deadline:
    """The last day is over and nothing was done. Later clocks of it go on ringing.

    Raises: NotRunning, NotYetOver.
    """
    if at < ends_at(deadline):
        raise NotYetOver
    return end(
        deadline,
        DeadlineState.MISSED,
        Kind.DEADLINE_MISSED,
        by=by,
        at=at,
        on=clock.day(at),
        keep_timers=True,
    )


@transaction.atomic
def lapse_deadline(deadline: Deadline, *, by: Who, at: datetime, ground: str) -> Deadline:
    """A window in which somebody could have acted is over, or no longer needed: nobody is late.

    Raises: NotRunning, NeedsGround.
    """
    need_ground(ground)
    return end(
        deadline,
        DeadlineState.LAPSED,
        Kind.DEADLINE_LAPSED,
        by=by,
        at=at,
        on=clock.day(at),
        ground=ground,
    )


@transaction.atomic
def end_running(
    case: Case, *, by: Who, at: datetime, ground: str, keep: Q | None = None
) -> None:
    """End what still runs on a case, each truthfully: missed if its last day is over, else void.

    `keep` names the deadlines that live on.
    """
    lock_case(case.pk)
    rows = Deadline.objects.filter(case=case, state__in=RUNNING).order_by("due", "id")
    for deadline in rows.exclude(keep) if keep is not None else rows:
        if at >= ends_at(deadline):
            miss_deadline(deadline, by=by, at=at)
            void_timers(case, deadline=deadline)
        else:
            void_deadline(deadline, by=by, at=at, ground=ground)


@transaction.atomic
def void_deadline(deadline: Deadline, *, by: Who, at: datetime, ground: str) -> Deadline:
    """The deadline no longer applies. Raises: NotRunning, NeedsGround."""
    need_ground(ground)
    return end(
        deadline,
        DeadlineState.VOID,
        Kind.DEADLINE_VOIDED,
        by=by,
        at=at,
        on=clock.day(at),
        ground=ground,
    )


def meet_rule(
    case: Case,
    *rules: str,
    by: Who,
    at: datetime,
    on: date | None = None,
    **subject: Any,
) -> list[Deadline]:
    """Meet the open deadlines of these rules, of one subject if given (referral=, claim=...)."""
    return [meet_deadline(d, by=by, at=at, on=on) for d in _running(case, *rules, **subject)]


def void_rule(
    case: Case, rule: str, *, by: Who, at: datetime, ground: str, **subject: Any
) -> list[Deadline]:
    """Void the running deadlines of one rule, of one subject if given."""
    return [
        void_deadline(d, by=by, at=at, ground=ground) for d in _running(case, rule, **subject)
    ]


def lapse_rule(
    case: Case, rule: str, *, by: Who, at: datetime, ground: str, **subject: Any
) -> list[Deadline]:
    """Let the running windows of one rule end unused."""
    return [
        lapse_deadline(d, by=by, at=at, ground=ground) for d in _running(case, rule, **subject)
    ]


def _running(case: Case, *rules: str, **subject: Any) -> list[Deadline]:
    lock_case(case.pk)
    rows = Deadline.objects.filter(case=case, rule__in=rules, state__in=RUNNING, **subject)
    return sorted(rows, key=lambda row: rules.index(row.rule))
