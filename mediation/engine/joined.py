"""A flow with some of its nodes: those with the same words are one step, the others are joined into arrows."""

from collections.abc import Iterator, Mapping
from typing import Any

from viewflow.workflow import nodes
from viewflow.workflow.base import Edge


class Step:
    """One step of a joined flow, as the chart asks for a node; drawn as a task."""

    def __init__(self, name: str, words: str) -> None:
        self.name, self.task_title = name, words
        self.ins: list[Edge] = []
        self.outs: list[Edge] = []

    def _incoming(self) -> Iterator[Edge]:
        return iter(self.ins)

    def _outgoing(self) -> Iterator[Edge]:
        return iter(self.outs)

    @property
    def leads_to(self) -> list[str]:
        """The words of the steps that may come next."""
        return [edge.dst.task_title for edge in self.outs]


class Joined:
    """A flow as the chart asks for one (`instance.nodes()`), with the steps that `words` names by node.

    Answers to questions stand on no arrow: they are the house's words.
    """

    def __init__(self, flow_class: Any, title: str, words: Mapping[str, str]) -> None:
        self.process_title, self.instance = title, self
        self.of: dict[str, Step] = {}
        by_words: dict[str, Step] = {}
        for name, said in words.items():
            self.of[name] = by_words.setdefault(said, Step(name, said))
        self.steps = list(by_words.values())
        for name in words:
            for other in self._reached(flow_class._nodes_by_name[name]):
                self._lead(self.of[name], self.of[other])

    def nodes(self) -> list[Step]:
        """The steps, in the order in which they were named."""
        return self.steps

    def _reached(self, node: Any) -> list[str]:
        """The named nodes that come next, past all that have no name but not past a clock on a way of its own."""
        found, seen = [], set()
        waiting = _next(node)
        while waiting:
            there = waiting.pop(0)
            if there.name in seen:
                continue
            seen.add(there.name)
            if there.name in self.of:
                found.append(there.name)
            elif not isinstance(there, nodes.Timer):  # a limit of its own is no next step
                waiting += _next(there)
        return found

    def _lead(self, here: Step, there: Step) -> None:
        if here is there or any(edge.dst is there for edge in here.outs):
            return
        edge = Edge(src=here, dst=there, edge_class="next")
        here.outs.append(edge)
        there.ins.append(edge)


def _next(node: Any) -> list[Any]:
    """What comes after a node, or after a clock on its border."""
    ways = [node, *node._boundary_events]
    return [edge.dst for way in ways for edge in way._outgoing()]
