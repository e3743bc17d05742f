"""Start-up checks: an unsafe flow does not start."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db import connection
from viewflow.workflow import nodes
from viewflow.workflow.base import Flow as AnyFlow

from casework.access.roles import roles_with
from mediation.engine import flow
from mediation.engine.lock import CaseLock
from mediation.engine.registry import all_flows
from mediation.engine.steps import StepForm

HUMAN_NODES_AT_MOST = 12


@register()
def flows_are_safe(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Refuse a flow without the case lock, a step without permission, a node of viewflow's own."""
    return [problem for each in all_flows().values() for problem in problems_of(each)]


def problems_of(flow_class: type[AnyFlow]) -> Iterator[CheckMessage]:
    """Everything that makes one flow unsafe."""
    name = flow_class.__name__
    if not isinstance(flow_class.lock_impl, CaseLock):
        yield Error(f"{name} has no case lock", hint="lock_impl = CaseLock()", id="wufang.E001")
    if any(
        parent is not flow.Flow and issubclass(parent, flow.Flow)
        for parent in flow_class.__bases__
    ):
        yield Error(
            f"{name} inherits from another flow",
            hint="share nodes by a function",
            id="wufang.E002",
        )
    steps = [
        node
        for node in flow_class.instance.nodes()
        if isinstance(node, (nodes.View, nodes.Start))
    ]
    gates = [node for node in flow_class.instance.nodes() if isinstance(node, nodes.Switch)]
    if len(steps) + len(gates) > HUMAN_NODES_AT_MOST:
        yield Error(
            f"{name} has more than {HUMAN_NODES_AT_MOST} steps and gates", id="wufang.E003"
        )
    for node in flow_class.instance.nodes():
        yield from _problems_of_node(name, node)


def _problems_of_node(name: str, node: Any) -> Iterator[CheckMessage]:
    where = f"{name}.{node.name}"
    if not str(node.task_title).strip():
        yield Error(f"{where} has no title", id="wufang.E004")
    if not type(node).__module__.startswith("mediation.engine"):
        yield Error(
            f"{where} is a node of viewflow's own",
            hint="use mediation.engine.flow",
            id="wufang.E005",
        )
    if isinstance(node, (nodes.View, nodes.Start)):
        permission = node._owner_permission
        if not permission:
            yield Error(
                f"{where} is open to everybody", hint=".Permission(...)", id="wufang.E006"
            )
        elif isinstance(permission, str) and not roles_with(permission):
            yield Error(f"{where}: no role holds {permission}", id="wufang.E007")
        form = getattr(node, "form", None)
        if not (isinstance(form, type) and issubclass(form, StepForm)):
            yield Error(f"{where} has no step form", id="wufang.E008")


@register("database")
def no_task_on_a_vanished_node(databases: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Refuse to go on while an open task points to a node that no longer exists."""
    if not databases or "mediation_task" not in connection.introspection.table_names():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT flow_task FROM open_flow_tasks()")
        stored = [row[0] for row in cursor.fetchall()]
    return [
        Error(
            f"open tasks stand on {ref}, which no flow has",
            hint="write a data migration",
            id="wufang.E009",
        )
        for ref in stored
        if not _exists(ref)
    ]


def _exists(ref: str) -> bool:
    from viewflow.workflow.fields import import_task_by_ref

    try:
        node = import_task_by_ref(ref)
    except (ImportError, AttributeError):
        return False
    # viewflow answers a made-up "obsolete" node for a name that the flow does not have
    return node is not None and node.name in node.flow_class._nodes_by_name
