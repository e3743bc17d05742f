"""The live process in the worker's words: the same steps as a picture and as a list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from casework import clock
from mediation.desks.told_words import TOLD
from mediation.desks.worker import plain_day
from mediation.engine import diagram, picture, registry
from mediation.engine.joined import Joined
from mediation.models import Process, Task


@dataclass(frozen=True, slots=True)
class Telling:
    """One process as its worker may see it: the joined flow, where each step stands (done, live, ahead), until when."""

    process: Process
    flow: Joined
    states: dict[str, str]
    due: dict[str, date]

    @property
    def words(self) -> dict[str, str]:
        """What the states are called; what did not come before the end is no longer needed."""
        later = _("not needed") if self.process.finished else _("not yet")
        return {diagram.DONE: _("done"), diagram.LIVE: _("now"), diagram.AHEAD: later}


def flow_of(name: str) -> Joined:
    """A flow by its short name with the worker's steps, in the page's language. Raises: KeyError."""
    title, rows = TOLD[name]
    words = {node: str(said) for nodes, said in rows for node in nodes.split()}
    return Joined(registry.flow_named(name), str(title), words)


def telling_of(process: Process) -> Telling | None:
    """A process as its worker may see it; None if it is the house's own, or nothing of it is told yet."""
    house = process.flow_class
    name = registry.name_of(house) if house else ""
    if name not in TOLD or process.referral_id:
        return None
    flow = flow_of(name)
    states: dict[str, str] = {}
    due: dict[str, date] = {}
    for task in Task.objects.filter(process=process).order_by("created", "id"):
        step = flow.of.get(task.flow_task.name) if task.flow_task else None
        if step is None:
            continue
        state = diagram.state_of(task)
        if state == diagram.LIVE and task.due_at:
            due[step.name] = clock.last_day(task.due_at)
        if state != diagram.STOPPED and states.get(step.name) != diagram.LIVE:
            states[step.name] = state
    return Telling(process, flow, states, due) if states else None


def svg_of(telling: Telling) -> str:
    """The picture, in the page's language."""
    drawn = picture.draw(telling.flow, telling.states, telling.words)
    return render_to_string("process/graph.svg", drawn)


def twin_of(telling: Telling) -> list[dict[str, Any]]:
    """The list that says the same; at what runs now, what may come next and until when (worker_steps.html)."""
    return [_row(telling, step) for step in telling.flow.steps]


def _row(telling: Telling, step: Any) -> dict[str, Any]:
    state = telling.states.get(step.name, diagram.AHEAD)
    row = {
        "words": step.task_title,
        "state": "todo" if state == diagram.AHEAD else state,
        "when": "" if state == diagram.DONE else telling.words[state],
    }
    if state == diagram.LIVE:
        day = telling.due.get(step.name)
        row["next"] = step.leads_to
        row["due"] = _("By %(day)s.") % {"day": plain_day(day)} if day else ""
    return row
