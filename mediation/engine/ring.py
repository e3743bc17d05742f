"""What happens when a clock rings: lock the case, read again, act once."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from viewflow.workflow.status import STATUS

from casework import together
from casework.access.context import acting, system
from casework.commands.base import lock_case
from casework.models import DeadlineState, Timer, TimerState
from casework.queries import status
from mediation.engine.clocks import RING_TASK
from mediation.models import Task

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 6
Handler = Callable[[Timer, datetime], None]
_handlers: dict[str, Handler] = {}


def rings(kind: str) -> Callable[[Handler], Handler]:
    """Register what a kind of clock does: `handler(timer, at)`, under the case's lock."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def ring(timer_id: int, at: datetime) -> bool:
    """Ring one claimed clock. True if it did something; a voided or moved clock does nothing.

    The effect and the row's new state commit together, so a job that runs twice acts once.
    """
    with transaction.atomic():
        with system("clock"):
            case_id = Timer.objects.values_list("case_id", flat=True).get(pk=timer_id)
        with acting(case_id, None), together.opened():
            lock_case(case_id)
            timer = Timer.objects.select_related("deadline").get(pk=timer_id)
            if timer.state != TimerState.CLAIMED:
                return False
            if timer.due_at > at or not _still_counts(timer):
                timer.state = TimerState.PENDING if timer.due_at > at else TimerState.VOID
                timer.save()
                return False
            timer.state = TimerState.DONE
            timer.save()
            _handler(timer.kind)(timer, at)
            status.refreshed(case_id)
    return True


def _still_counts(timer: Timer) -> bool:
    return timer.deadline is None or timer.deadline.state == DeadlineState.OPEN


def _handler(kind: str) -> Handler:
    from mediation import commands  # noqa: F401  (its modules register their handlers)

    return _handlers[kind]


def failed(timer_id: int, at: datetime) -> None:
    """After a failed job: try again in 2^n minutes, and alarm after the last try."""
    with transaction.atomic(), system("clock"):
        timer = Timer.objects.select_for_update().get(pk=timer_id)
        if timer.state != TimerState.CLAIMED:
            return
        if timer.attempts >= MAX_ATTEMPTS:
            timer.state = TimerState.DEAD
            logger.error("clock %s (%s) failed %s times", timer.pk, timer.kind, timer.attempts)
        else:
            timer.state = TimerState.PENDING
            timer.due_at = max(timer.due_at, at + timedelta(minutes=2**timer.attempts))
        timer.save()


@rings(RING_TASK)
def ring_task(timer: Timer, at: datetime) -> None:
    """Let the waiting flow task go on."""
    task = Task.objects.select_related("process").get(pk=timer.task_id)
    if task.status != STATUS.SCHEDULED:
        return
    activation = task.flow_task.activation_class(task)
    activation.start()
    activation.execute()
