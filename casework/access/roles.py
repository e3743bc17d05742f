"""What each role may do: read from matrix.yaml, the one table of roles."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

MATRIX = Path(__file__).with_name("matrix.yaml")


class Role(StrEnum):
    """The roles of the system (a test holds this list against the matrix)."""

    OPERATOR = "operator"
    SHIFT_LEAD = "shift_lead"
    DISPATCHER = "dispatcher"
    CASE_MANAGER = "case_manager"
    MEDIATOR = "mediator"
    MEDIATION_HEAD = "mediation_head"
    RECORDER = "recorder"
    COURT_LIAISON = "court_liaison"
    PROCURATORATE_LIAISON = "procuratorate_liaison"
    HRSS_LIAISON = "hrss_liaison"
    JUSTICE_LIAISON = "justice_liaison"
    AGENCY_LIAISON = "agency_liaison"
    PARTNER_UNION = "partner_union"
    LABOUR_LAW_SUPERVISOR = "labour_law_supervisor"
    LABOUR_PROTECTION_INSPECTOR = "labour_protection_inspector"
    HARDSHIP_OFFICER = "hardship_officer"
    INFORMATION_OFFICER = "information_officer"
    LAWYER = "lawyer"
    SUPERVISOR = "supervisor"
    ARCHIVIST = "archivist"
    AUDITOR = "auditor"
    WORKER = "worker"
    REPRESENTATIVE = "representative"
    EMPLOYER = "employer"
    ADMIN = "admin"
    RULES_ADMIN = "rules_admin"


class UnknownRole(Exception):
    """No such role in the access matrix."""


@cache
def matrix() -> dict[str, Any]:
    """The access matrix, as data."""
    loaded: dict[str, Any] = yaml.safe_load(MATRIX.read_text(encoding="utf-8"))
    return loaded


@cache
def _held() -> dict[str, frozenset[str]]:
    held: dict[str, set[str]] = {role: set() for role in matrix()["roles"]}
    for permission, names in matrix()["permissions"].items():
        for role in _expanded(names):
            held[role].add(permission)
    return {role: frozenset(permissions) for role, permissions in held.items()}


def _expanded(names: Iterable[str]) -> set[str]:
    groups = matrix()["groups_of_roles"]
    return {role for name in names for role in groups.get(name, [name])}


def permissions_of(roles: Sequence[str]) -> frozenset[str]:
    """All permissions of a person with these roles. Raises: UnknownRole."""
    try:
        return frozenset().union(*(_held()[role] for role in roles))
    except KeyError as missing:
        raise UnknownRole(str(missing)) from missing


def roles_with(permission: str) -> tuple[str, ...]:
    """The roles that hold a permission, in the order of the matrix."""
    return tuple(role for role, held in _held().items() if permission in held)


def all_permissions() -> frozenset[str]:
    """Every permission that the matrix names."""
    return frozenset(matrix()["permissions"])


def scopes_of(roles: Sequence[str]) -> frozenset[str]:
    """The scopes of rows of a person with these roles. Raises: UnknownRole."""
    table = matrix()["roles"]
    if unknown := set(roles) - set(table):
        raise UnknownRole(", ".join(sorted(unknown)))
    return frozenset(scope for role in roles for scope in table[role]["scopes"])


def label(role: str) -> str:
    """The English msgid of a role's name."""
    return str(matrix()["roles"][role]["label"])


def may_hold(roles: Sequence[str]) -> bool:
    """Whether one person may hold all these roles: nobody is two of admin, auditor, supervisor."""
    return len(set(roles) & set(matrix()["apart"])) <= 1
