"""Carrying out steps: screens, API, clocks and rehearsal all come through here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.utils.functional import cached_property
from viewflow.workflow.status import PROCESS, STATUS

from casework import together
from casework.access.context import acting, as_person
from casework.commands.base import lock_case, lock_lower_first
from casework.ids import new_id
from casework.models import Case, Referral, User
from casework.queries import status
from mediation.engine.activations import ON_HAND
from mediation.engine.errors import AlreadyDone, Invalid, NotFound, NotYours
from mediation.engine.in_words import in_words
from mediation.engine.registry import node_named
from mediation.engine.steps import StepForm
from mediation.models import Process, Task

BEHIND = ("office", "agency", "signed_by")
ASKED_FIRST = ("case_id", "flow_task", "status", "owner_id", "owner_permission")


@dataclass(frozen=True)
class Done:
    """What a step did: its case, its process, the tasks now open, and what is said only once."""

    case: Case
    process: Process
    say_once: str = ""

    @cached_property
    def open_tasks(self) -> tuple[Task, ...]:
        """The human tasks that are open on the case, looked up when somebody asks."""
        with transaction.atomic(), acting(self.case.pk, None):
            return _open_of(self.case)


def find_task(task_id: int, by: User) -> Task:
    """A task as a person may see it. Raises: NotFound (not visible is not found)."""
    task: Task | None = Task.objects.select_related("process").filter(pk=task_id).first()
    if task is None or task.flow_task is None:
        raise NotFound
    return task


def fresh(task_id: int) -> Task:
    """A task with its case, under the case's own context."""
    task: Task = Task.objects.select_related("process", "case").get(pk=task_id)
    return task


def _task_of(case: Case, task_id: int) -> Task:
    """A task of a locked case; what stands behind a referral is read only where there is one."""
    task: Task = Task.objects.select_related("process").get(pk=task_id, case=case)
    task.case = task.process.case = case
    if task.process.referral_id:
        rows = Referral.objects.select_related(*BEHIND)
        task.process.referral = rows.get(pk=task.process.referral_id)
    return task


def may_do(task: Task, by: User) -> bool:
    """Whether a person may carry out an open task."""
    if task.owner_id is not None:
        return task.owner_id == by.pk and by.is_active
    return bool(task.owner_permission) and by.has_perm(task.owner_permission)


def form_of(
    task: Task, by: User, at: datetime, data: Any = None, files: Any = None
) -> StepForm:
    """The form of a task, bound when data is given."""
    form: StepForm = task.flow_task.form(
        data, files, by=by, at=at, case=task.case, process=task.process, task=task
    )
    return form


def complete(
    *, task_id: int, by: User, data: Mapping[str, Any], at: datetime, files: Any = None
) -> Done:
    """Carry out a human task.

    The task is found under the person's own context, then done under the case's.
    Raises: NotFound, NotYours, AlreadyDone, Conflict, Invalid, CommandRefused.
    """
    with transaction.atomic():
        with as_person(by, for_now=True):
            case_id = _found(task_id, by)
        return carry_out(task_id=task_id, case_id=case_id, by=by, data=data, at=at, files=files)


def _found(task_id: int, by: User) -> int:
    """The case of a task that a person sees; what is over or not theirs ends here, without the case's lock.

    It is asked again under the lock: until then somebody else may have been quicker.
    """
    task = Task.objects.only(*ASKED_FIRST).filter(pk=task_id).first()
    if task is None or task.flow_task is None:
        raise NotFound
    _refuse_others(task, by)
    return int(task.case_id)


def _refuse_others(task: Task, by: User, *, for_another: bool = False) -> None:
    if task.status not in ON_HAND or task.status == STATUS.SCHEDULED:
        raise AlreadyDone
    if not (for_another or may_do(task, by)):
        raise NotYours


def carry_out(
    *,
    task_id: int,
    case_id: int,
    by: User,
    data: Mapping[str, Any],
    at: datetime,
    files: Any = None,
    arrived: date | None = None,
) -> Done:
    """Carry out a task that the caller has found rightly: as a person, or on a peer's own strand.

    `arrived`: the caller has made sure that this person may do it for somebody who cannot (a reply on
    paper of an office without an account), and knows the day on which it came: clocks count from it.
    Raises: NotYours, AlreadyDone, Conflict, Invalid, CommandRefused.
    """
    with in_words(), transaction.atomic(), acting(case_id, by), together.opened():
        task = _task_of(lock_case(case_id), task_id)
        _refuse_others(task, by, for_another=arrived is not None)
        form = form_of(task, by, at, data, files)
        form.arrived = arrived
        if not form.is_valid():
            raise Invalid(form)
        _execute(task, by, form)
        return _done(task.case_id, task.process, form)


def _execute(task: Task, by: User, form: StepForm) -> None:
    activation = task.flow_task.activation_class(task)
    if task.status == STATUS.NEW:
        activation.assign(by)
    activation.start(SimpleNamespace(user=by))
    activation.process.answer = form.act() or ""
    activation.process.save()
    activation.execute()


def start(
    *,
    node: str,
    by: User,
    data: Mapping[str, Any],
    at: datetime,
    case_id: int | None = None,
    files: Any = None,
) -> Done:
    """Start a flow by its "flow.node" path: on an existing case, or with the case it makes.

    The act must fit the case as it stands under its lock: whatever a page offered earlier, or a program
    sends by itself. Raises: NotFound, NotYours, NotOffered, Conflict, Invalid, CommandRefused.
    """
    start_node = node_named(node)
    if not by.is_active or not by.has_perm(start_node._owner_permission):
        raise NotYours
    with in_words(), transaction.atomic():
        number = _visible(case_id, by) if start_node.case_needed else new_id()
        second = start_node.form.second_case(number, data, by)
        with acting(number, by, last=True), together.opened():
            lock_lower_first(number, second, by=by)
            case = lock_case(number) if start_node.case_needed else Case(pk=number)
            if start_node.case_needed and not start_node.form.fits(case):
                raise start_node.form.unfit(case)
            form = start_node.form(data, files, by=by, at=at, case=case)
            if not form.is_valid():
                raise Invalid(form)
            answer = form.act() or ""
            activation = start_node.activation_class.create(start_node, None, None)
            activation.process.case = form.case
            activation.process.referral = getattr(form, "referral", None)
            activation.process.answer = answer
            activation.start(SimpleNamespace(user=by))
            activation.execute()
            return _done(number, activation.process, form)


def _visible(case_id: int | None, by: User) -> int:
    with as_person(by, for_now=True):
        if case_id is None or not Case.objects.filter(pk=case_id).exists():
            raise NotFound
    return case_id


def cancel_process(process: Process) -> None:
    """Cancel a running process under its case's lock, from fresh rows, clocks included."""
    with process.flow_class.lock(process.pk):
        fresh = Process.objects.get(pk=process.pk)
        if fresh.finished is None:
            fresh.flow_class.instance.cancel(fresh)
            wake_joins(fresh)


def cancel_flows(case: Case, *names: str) -> list[Process]:
    """Cancel the running processes of a case, all or those of the named flows ("mediation")."""
    running = Process.objects.filter(case=case, finished__isnull=True).order_by("id")
    stopped = [
        process
        for process in running
        if not names or process.flow_class.__name__.removesuffix("Flow").lower() in names
    ]
    for process in stopped:
        cancel_process(process)
    return stopped


def wake_joins(process: Process) -> None:
    """Let a Join go on whose last open branch was cancelled (call under the case's lock)."""
    for task in process.task_set.filter(flow_task_type="JOIN", status=STATUS.STARTED):
        activation = task.flow_task.activation_class(task)
        if process.status == PROCESS.NEW and activation.complete.can_proceed():
            activation.complete()
            activation.activate_next()


def open_tasks(case_id: int) -> tuple[Task, ...]:
    """The human tasks now open on a case, oldest first."""
    return tuple(_open(case_id).select_related("process", "case"))


def _open(case_id: int) -> Any:
    rows = Task.objects.filter(case_id=case_id, is_open=True, flow_task_type="HUMAN")
    return rows.order_by("created", "id")


def _open_of(case: Case) -> tuple[Task, ...]:
    found = tuple(_open(case.pk).select_related("process"))
    for task in found:
        task.case = task.process.case = case
    return found


def _done(case_id: int, process: Process, form: StepForm) -> Done:
    return Done(status.refreshed(case_id), process, form.say_once)
