"""Merging a ticket into a case and taking it back: what it means for the open steps."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from viewflow.workflow.status import PROCESS

from casework.access.context import acting
from casework.commands import grouping
from casework.commands import joining as file
from casework.commands.base import CommandRefused
from casework.models import Case, User
from mediation.commands.collective import draw_up_again
from mediation.engine import run
from mediation.models import Process, Task

STAGES = ("IntakeFlow", "AcceptanceFlow")


class WorkBeside(CommandRefused):
    """Something else is open on this ticket (a letter, a danger, a list of workers): end it first."""


@transaction.atomic
def merge(case: Case, *, into: Case, reason: str, by: User, at: datetime) -> None:
    """The ticket's steps stop; they are remembered. Raises: WorkBeside, and what the file refuses."""
    waiting = run.open_tasks(case.pk)
    tasks = [task.pk for task in waiting if task.process.flow_class.__name__ in STAGES]
    file.merge_case(case, into=into, reason=reason, tasks=tasks, by=by, at=at)
    if len(tasks) < len(waiting):
        raise WorkBeside
    run.cancel_flows(case, "intake", "acceptance")


@transaction.atomic
def take_back(case: Case, *, reason: str, by: User, at: datetime) -> int:
    """The steps are open again, with their clocks; members of a group stand in their own ticket again.

    Answers how many steps: none where the call was put there before anybody looked at it.
    """
    if case.merged_into_id is not None:
        with acting(case.pk, by, also=case.merged_into_id):
            into = Case.objects.get(pk=case.merged_into_id)
            if grouping.let_go(case, into=into, by=by, at=at):
                into.refresh_from_db()
                draw_up_again(into, reason=reason, by=by, at=at)
    steps = file.take_back(case, reason=reason, by=by, at=at)
    for pk in steps:
        old = Task.objects.get(pk=pk)
        Process.objects.filter(pk=old.process_id).update(status=PROCESS.NEW, finished=None)
        task = Task.objects.select_related("process").get(pk=pk)
        node = task.flow_task
        node._create(node.activation_class(task), task.token).activate()
    return len(steps)


@transaction.atomic
def join_group(case: Case, *, into: Case, reason: str, by: User, at: datetime) -> None:
    """A ticket of the same group: its workers become members of the other case, each with the own claims.

    Raises: what `merge` raises, NobodyJoins, AlreadyThere, TooLate.
    """
    merge(case, into=into, reason=reason, by=by, at=at)
    with acting(case.pk, by, also=into.pk):
        grouping.bring_in(case, into=into, by=by, at=at)
        into.refresh_from_db()
        draw_up_again(into, reason=_("workers were added"), by=by, at=at)
