"""Which flows there are: one module each in mediation/flows."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from viewflow.workflow.base import Flow

from casework.models import Case, User
from mediation import flows


@cache
def all_flows() -> dict[str, Any]:
    """Every flow by its short name ("intake"), in the order of the modules."""
    found: dict[str, Any] = {}
    for module in iter_modules(flows.__path__):
        written = import_module(f"{flows.__name__}.{module.name}")
        for member in vars(written).values():
            if (
                isinstance(member, type)
                and member.__module__ == written.__name__
                and issubclass(member, Flow)
            ):
                found[name_of(member)] = member
    return found


def flow_named(name: str) -> Any:
    """One flow by its short name. Raises: KeyError."""
    return all_flows()[name]


def node_named(path: str) -> Any:
    """A node by "flow.node" ("intake.record_call"). Raises: KeyError."""
    flow_name, _dot, node_name = path.partition(".")
    return flow_named(flow_name)._nodes_by_name[node_name]


def path_of(node: Any) -> str:
    """The "flow.node" path of a node."""
    return f"{name_of(node.flow_class)}.{node.name}"


def name_of(flow_class: Any) -> str:
    """The short name of a flow ("intake")."""
    return str(flow_class.__name__.removesuffix("Flow").lower())


def starts_for(user: User, case: Case, *only: str) -> list[Any]:
    """The start nodes (of the flows named, or of all) that a person may use and that make sense on a case."""
    return [
        node
        for name, flow_class in all_flows().items()
        if not only or name in only
        for node in flow_class.instance.nodes()
        if getattr(node, "case_needed", False)
        and user.has_perm(node._owner_permission)
        and node.form.fits(case)
    ]
