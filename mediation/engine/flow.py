"""The words in which a flow is written: `from mediation.engine import flow`.

    class IntakeFlow(flow.Flow):
        record_call = flow.Start(CallForm).Annotation(...).Permission("...").Next(this.screen)
        screen = flow.View(ScreenForm).OnTimeout(flow.until("M-01"), this.remind, interrupting=False)
        class_of_call = flow.Gate().When("ADVICE", _("advice"), this.advised).Otherwise(...)

A step's form is its validator, its page, its API schema and its command; what the form's `act`
returns is the answer on which the next Gate turns.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.functional import Promise
from viewflow import this
from viewflow.workflow import base, nodes
from viewflow.workflow.base import Edge
from viewflow.workflow.signals import task_finished

from mediation.engine import activations
from mediation.engine.clocks import rule_title, until
from mediation.engine.lock import CaseLock
from mediation.engine.registry import flow_named
from mediation.models import Process, Task


class Flow(base.Flow):
    """A stage of a case: one screen of nodes, under the case's lock."""

    process_class = Process
    task_class = Task
    lock_impl = CaseLock()


class TimerBoundary(nodes.TimerBoundary):
    """A clock on the border of a task, which stops all of its clocks at once when it ends."""

    activation_class = activations.BoundaryClockActivation

    def _ready(self) -> None:
        super()._ready()
        task_finished.disconnect(self._on_host_finished, sender=self.flow_class)


class _Timed:
    """Gives a node clocks of ours instead of viewflow's, which no sweep of theirs would fire."""

    def OnTimeout(  # noqa: N802
        self,
        delay: Any,
        then: Any,
        interrupting: bool = True,
        title: str | Promise | None = None,
    ) -> Any:
        """Follow `then` when the deadline is over before the task is done."""
        clock = TimerBoundary(None, delay=delay, interrupting=interrupting).Next(then)
        clock.Annotation(title=title or rule_title(delay.rule))
        self._boundary_specs.append(("timeout", clock))  # type: ignore[attr-defined]
        return self


class View(_Timed, nodes.View):
    """A task for a person: `View(StepForm)`."""

    activation_class = activations.SafeViewActivation

    def __init__(self, form: Any, **kwargs: Any) -> None:
        super().__init__(form, **kwargs)
        self.form = form
        self.due_rule: str | Callable[[Any], date | None] = ""
        self.office: Callable[[Any], int | None] | None = None

    def Due(self, rule: str | Callable[[Any], date | None]) -> "View":  # noqa: N802
        """What the worklist shows for this task: the deadline of a rule, or a day told by the process."""
        self.due_rule = rule
        return self

    def For(self, office: Callable[[Any], int | None]) -> "View":  # noqa: N802
        """The office whose people do this task (a liaison's), from the process."""
        self.office = office
        return self


class Start(nodes.Start):
    """A start by a person: `Start(StepForm)`. With `case_needed=False` the form makes the case."""

    activation_class = activations.SafeStartActivation

    def __init__(self, form: Any, *, case_needed: bool = True, **kwargs: Any) -> None:
        super().__init__(form, **kwargs)
        self.form = form
        self.case_needed = case_needed


def _on_case(activation: Any, case: Any, referral: Any = None, answer: str = "") -> Any:
    activation.process.case = case
    activation.process.referral = referral
    activation.process.answer = answer
    return activation.process


class StartHandle(nodes.StartHandle):
    """A start by the stage before, in the same transaction: `Flow.begin.run(case=...)`."""

    activation_class = activations.SafeStartHandleActivation

    def __init__(self) -> None:
        super().__init__(_on_case)


class Function(nodes.Function):
    """A system step."""

    activation_class = activations.SafeFunctionActivation


class Gate(nodes.Switch):
    """A question. Each edge carries the answer in words, so the diagram cannot lie."""

    activation_class = activations.GateActivation

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._words: list[str | Promise] = []

    def When(self, answer: str, words: str | Promise, node: Any) -> "Gate":  # noqa: N802
        """Go to a node when the last step answered so."""
        self._words.append(words)
        self.Case(node, _answered(answer))
        return self

    def Otherwise(self, words: str | Promise, node: Any) -> "Gate":  # noqa: N802
        """Go to a node in every other case."""
        self._words.append(words)
        self.Default(node)
        return self

    def _outgoing(self) -> Any:
        for (node, cond), words in zip(self._activate_next, self._words, strict=True):
            kind = "cond_true" if cond else "default"
            yield Edge(src=self, dst=node, edge_class=kind, label=words)


def _answered(answer: str) -> Callable[[Any], bool]:
    def turned(activation: Any) -> bool:
        return bool(activation.process.answer == answer)

    turned.answer = answer  # type: ignore[attr-defined]
    return turned


class Timer(nodes.Timer):
    """A clock on a branch of its own: an overall limit beside a loop."""

    activation_class = activations.ClockActivation


class Split(nodes.Split):
    """Go several ways at once."""


class End(nodes.End):
    """A result."""

    activation_class = activations.SafeEndActivation


class TerminateEnd(nodes.TerminateEnd):
    """A result that ends everything else in the process."""

    activation_class = activations.SafeTerminateEndActivation


def hand_over(to: str) -> Callable[[Any], None]:
    """Start the next stage on the same case, inside this transaction: nothing can be lost between.

    `to` is the flow's name without "Flow", in lower case: "mediation".
    """

    def start_next(activation: Any) -> None:
        flow_named(to).begin.run(case=activation.process.case)

    start_next.to = to  # type: ignore[attr-defined]
    return start_next


__all__ = [
    "End", "Flow", "Function", "Gate", "Split", "Start", "StartHandle", "TerminateEnd", "Timer",
    "View", "hand_over", "this", "until",
]  # fmt: skip
