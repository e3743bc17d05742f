"""Activations: what a node does when its turn comes. Errors always travel up; none is stored."""

from contextlib import ContextDecorator
from typing import Any

from viewflow.workflow import activation as base
from viewflow.workflow.nodes import boundary, end, func, start, switch, timer, view
from viewflow.workflow.status import STATUS

from mediation.engine import clocks

ON_HAND = (STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED, STATUS.SCHEDULED)


class _LetThrough(ContextDecorator):
    """Stands where viewflow would store a failure, with all local variables, in the task's data."""

    def __enter__(self) -> "_LetThrough":
        return self

    def __exit__(self, *_exc: object) -> None:
        return None


class Propagates:
    """A failing node fails the whole step: the transaction rolls back and nothing is half done."""

    def exception_guard(self) -> ContextDecorator:
        """Let the error through (viewflow keeps the frame's local variables, names and numbers)."""
        return _LetThrough()


class FailedBranch(Exception):
    """A process cannot end while one of its tasks has failed."""


class SafeViewActivation(Propagates, view.ViewActivation):
    """A human task that keeps its permission when revived and stops its clock when cancelled."""

    def prepare_revived_task(self, task: Any) -> None:
        """Carry over who may do it: viewflow would open it to everybody."""
        for name in (
            "owner_permission",
            "owner_permission_obj_pk",
            "owner_permission_content_type",
        ):
            setattr(task, name, getattr(self.task, name))

    @base.Activation.status.super()
    def revive(self) -> Any:
        """Make the task again, with its boundary clocks."""
        task = super().revive.original()
        for event in self.flow_task._boundary_events:
            event._arm(type(self)(task))
        return task

    @base.Activation.status.super()
    def complete(self) -> None:
        """Complete the task; the clocks attached to it stop."""
        super().complete.original()
        self._stop_clocks()

    @base.Activation.status.super()
    def cancel(self) -> None:
        """Cancel the task and the clocks attached to it."""
        super().cancel.original()
        self._stop_clocks()

    def _stop_clocks(self) -> None:
        nodes = self.flow_task._boundary_events
        if not nodes:
            return
        rows = type(self.task)._default_manager.filter(
            process=self.process, previous=self.task, flow_task__in=nodes, status__in=ON_HAND
        )
        for task in rows:
            task.process = self.process
            activation = task.flow_task.activation_class(task)
            if activation.cancel.can_proceed():
                activation.cancel()


class SafeStartActivation(Propagates, start.StartViewActivation):
    """A start by a person."""


class SafeStartHandleActivation(Propagates, start.StartHandleActivation):
    """A start by the process before it."""


class SafeFunctionActivation(Propagates, func.FunctionActivation):
    """A system step."""


class GateActivation(Propagates, switch.SwitchActivation):
    """A question with an answer on every edge."""


class SafeEndActivation(Propagates, end.EndActivation):
    """An end that refuses to hide a failed branch."""

    @base.Activation.status.super()
    def activate(self) -> None:
        """End the process if nothing is open; refuse if something failed."""
        if self.process.task_set.filter(status=STATUS.ERROR).exists():
            raise FailedBranch
        super().activate.original()


class SafeTerminateEndActivation(Propagates, end.TerminateEndActivation):
    """An end that cancels what is still open in its process, clocks included."""


class ClockActivation(Propagates, timer.TimerActivation):
    """A clock: mirrors a Deadline, owns one Timer row, rings once."""

    @base.Activation.status.super()
    def activate(self) -> None:
        """Arm: the Deadline is the truth, the Timer row is what is swept, the task mirrors it."""
        clocks.arm(self.task, self.flow_task._delay, self)

    @base.Activation.status.super()
    def cancel(self) -> None:
        """Disarm."""
        clocks.disarm(self.task)
        super().cancel.original()

    @base.Activation.status.super()
    def execute(self) -> None:
        """Go on; a failure downstream fails the job, which is tried again and then alarms."""
        self.complete()
        self.activate_next()


class BoundaryClockActivation(boundary.BoundaryActivationMixin, ClockActivation):
    """A clock attached to a human task."""

    @base.Activation.status.super()
    def execute(self) -> None:
        """An interrupting clock takes the task away first."""
        if self.flow_task._interrupting:
            self.cancel_host_tasks()
        super().execute.original()
