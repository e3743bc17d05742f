"""Clocks that wait: made with a deadline or a task, voided when what they wait for is over."""

from datetime import datetime

from casework.models import Case, Deadline, Timer, TimerState
from casework.together import later

WAITING = (TimerState.PENDING, TimerState.CLAIMED)


def set_timer(
    case: Case,
    kind: str,
    *,
    due_at: datetime,
    deadline: Deadline | None = None,
    task_id: int | None = None,
) -> Timer:
    """One pending clock. The pump rings it at or after `due_at`, exactly once."""
    return Timer.objects.create(
        case=case, deadline=deadline, task_id=task_id, kind=kind, due_at=due_at
    )


def void_timers(
    case: Case,
    *,
    deadline: Deadline | None = None,
    task_id: int | None = None,
    kind: str | None = None,
    but: str = "",
) -> int:
    """Void the waiting clocks of a deadline, a task or a kind (all of the case without one, `but` one rule's)."""
    timers = Timer.objects.filter(case=case, state__in=WAITING)
    if deadline is not None:
        timers = timers.filter(deadline=deadline)
    if task_id is not None:
        timers = timers.filter(task_id=task_id)
    if kind is not None:
        timers = timers.filter(kind=kind)
    if but:
        timers = timers.exclude(deadline__isnull=False, deadline__rule=but)
    return timers.update(state=TimerState.VOID)


def stop_clocks(deadline: Deadline) -> None:
    """Void the waiting clocks of a deadline; of several in one act with one statement."""
    later("clocks stopped", ('"casework_timer"',), deadline.pk, _stop)


def _stop(deadline_ids: list[int]) -> None:
    rows = Timer.objects.filter(deadline_id__in=deadline_ids, state__in=WAITING)
    rows.update(state=TimerState.VOID)
