"""The live diagram of a process, and the same as a list of words."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from viewflow.workflow import chart, nodes
from viewflow.workflow.status import STATUS

from mediation.engine import picture
from mediation.models import Process, Task

DONE, LIVE, AHEAD, STOPPED = "done", "live", "ahead", "stopped"
_STATES = {
    STATUS.DONE: DONE,
    STATUS.CANCELED: STOPPED,
    STATUS.NEW: LIVE,
    STATUS.ASSIGNED: LIVE,
    STATUS.STARTED: LIVE,
    STATUS.SCHEDULED: LIVE,
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One node in words: its title, where it stands, who did it, and where it leads.

    No time: viewflow's own timestamps are not the clock of the house; the ledger tells when.
    """

    name: str
    title: str
    state: str
    who: str
    leads_to: tuple[str, ...]


def svg(flow_class: Any, process: Process | None = None) -> str:
    """The diagram as SVG: done, live and ahead by fill and by border, words in the page's language."""
    states = states_of(process) if process else {}
    return render_to_string(
        "process/graph.svg", picture.draw(flow_class, states, state_words())
    )


def states_of(process: Process) -> dict[str, str]:
    """Where each node of a process stands, by the newest task on it."""
    rows = Task.objects.filter(process=process).order_by("created", "id")
    return {task.flow_task.name: state_of(task) for task in rows if task.flow_task}


def state_of(task: Task) -> str:
    """Where a node stands by one task on it."""
    return _STATES.get(task.status, AHEAD)


def stops(process: Process) -> list[Stop]:
    """The text twin of the diagram, in the order of the story."""
    newest: dict[str, Task] = {}
    rows = Task.objects.filter(process=process).select_related("owner")
    for task in rows.order_by("created", "id"):
        if task.flow_task:
            newest[task.flow_task.name] = task
    ordered, _reversed = chart.topsort(process.flow_class)
    return [_stop(node, newest.get(node.name)) for node in ordered if _told(node)]


def _told(node: Any) -> bool:
    return not isinstance(node, (nodes.Function, nodes.StartHandle))


def _stop(node: Any, task: Task | None) -> Stop:
    leads = tuple(
        f"{edge.label}: {edge.dst.task_title}" if edge.label else str(edge.dst.task_title)
        for edge in node._outgoing()
    )
    return Stop(
        name=node.name,
        title=str(node.task_title),
        state=state_of(task) if task else AHEAD,
        who=task.owner.display_name if task and task.owner else "",
        leads_to=leads,
    )


def bpmn(flow_class: Any) -> str:
    """The flow as BPMN 2.0 XML."""
    text: str = chart.grid_to_bpmn(chart.calc_layout_data(flow_class))
    return text


def state_words() -> dict[str, str]:
    """What the states are called on a page."""
    return {DONE: _("done"), LIVE: _("now"), AHEAD: _("not begun"), STOPPED: _("ended early")}
