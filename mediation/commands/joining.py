"""Merging a ticket into a case and taking it back: what it means for the open steps."""

from datetime import datetime

from django.db import transaction
from viewflow.workflow.status import PROCESS

from casework.commands import joining as file
from casework.commands.base import CommandRefused
from casework.models import Case, User
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
def take_back(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """The steps are open again, with their clocks."""
    for pk in file.take_back(case, reason=reason, by=by, at=at):
        old = Task.objects.get(pk=pk)
        Process.objects.filter(pk=old.process_id).update(status=PROCESS.NEW, finished=None)
        task = Task.objects.select_related("process").get(pk=pk)
        node = task.flow_task
        node._create(node.activation_class(task), task.token).activate()
