"""Accounts: made, changed, closed and opened again, each act with its row in the house's own audit."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from casework.access.roles import Role, may_hold
from casework.commands.base import CommandRefused
from casework.models import District, HouseAct, HouseActKind, Office, User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
GROUPS, LENGTH = 3, 4
CHANGEABLE = ("display_name", "roles", "office", "district", "phone")


class NameTaken(CommandRefused):
    """Somebody has this user name already."""


class RolesApart(CommandRefused):
    """Nobody is two of administrator, auditor and supervisor."""


class NoRole(CommandRefused):
    """A person needs at least one role."""


class NotYourself(CommandRefused):
    """Nobody closes their own account or changes their own roles: another administrator does."""


class LastAdministrator(CommandRefused):
    """This is the last administrator: make another one first."""


class WrongPassword(CommandRefused):
    """The present password does not fit."""


class WeakPassword(CommandRefused):
    """This password is too easy to guess."""


def noted(kind: HouseActKind, *, by: User, at: datetime, about: str, **details: Any) -> None:
    """Write one act into the house's audit."""
    HouseAct.objects.create(kind=kind, at=at, by=by, about=about[:120], details=details)


def starting_password() -> str:
    """Twelve letters and digits in groups: read out once, changed at the first log-in."""
    groups = (
        "".join(secrets.choice(LETTERS) for _each in range(LENGTH)) for _group in range(GROUPS)
    )
    return "-".join(groups)


@transaction.atomic
def hire(
    *,
    username: str,
    display_name: str,
    roles: list[str],
    office: Office | None,
    district: District | None,
    phone: str,
    by: User,
    at: datetime,
) -> tuple[User, str]:
    """Make an account; answers its starting password, once. Raises: NameTaken, NoRole, RolesApart."""
    if User.objects.filter(username__iexact=username).exists():
        raise NameTaken(field="username")
    _check(roles)
    password = starting_password()
    user = User.objects.create(
        username=username, display_name=display_name, roles=roles, office=office,
        district=district, phone=phone, password=password, must_change_password=True,
    )  # fmt: skip
    noted(HouseActKind.PERSON_MADE, by=by, at=at, about=username, roles=roles)
    return user, password


@transaction.atomic
def change(user: User, *, by: User, at: datetime, **fields: Any) -> None:
    """Another name, roles, office, district or telephone. Raises: NoRole, RolesApart, NotYourself, LastAdministrator."""
    was = {name: _plain(getattr(user, name)) for name in CHANGEABLE}
    if set(fields["roles"]) != set(user.roles):
        if user.pk == by.pk:
            raise NotYourself(field="roles")
        _check(fields["roles"])
        if Role.ADMIN not in fields["roles"]:
            _keep_one_admin(user)
    for name in CHANGEABLE:
        setattr(user, name, fields[name])
    user.save(update_fields=list(CHANGEABLE))
    now = {name: _plain(getattr(user, name)) for name in CHANGEABLE}
    changed = {name: [was[name], now[name]] for name in CHANGEABLE if was[name] != now[name]}
    if changed:
        noted(HouseActKind.PERSON_CHANGED, by=by, at=at, about=user.username, changed=changed)


@transaction.atomic
def deactivate(user: User, *, reason: str, by: User, at: datetime) -> None:
    """Close an account: its sessions end with the next request. Raises: NotYourself, LastAdministrator."""
    if user.pk == by.pk:
        raise NotYourself
    _keep_one_admin(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    noted(HouseActKind.PERSON_DEACTIVATED, by=by, at=at, about=user.username, reason=reason)


@transaction.atomic
def activate(user: User, *, by: User, at: datetime) -> str:
    """Open an account again, with a new starting password, answered once."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    noted(HouseActKind.PERSON_ACTIVATED, by=by, at=at, about=user.username)
    return reset_password(user, by=by, at=at)


@transaction.atomic
def reset_password(user: User, *, by: User, at: datetime) -> str:
    """A new starting password, answered once; all sessions of the person end."""
    password = starting_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    noted(HouseActKind.PASSWORD_RESET, by=by, at=at, about=user.username)
    return password


@transaction.atomic
def change_password(user: User, *, old: str, new: str, at: datetime) -> None:
    """The person's own new password. Raises: WrongPassword, WeakPassword."""
    if not user.check_password(old):
        raise WrongPassword(field="old")
    if user.check_password(new):
        raise WeakPassword(field="new")
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages), field="new") from error
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    noted(HouseActKind.PASSWORD_CHANGED, by=user, at=at, about=user.username)


def _check(roles: list[str]) -> None:
    if not roles:
        raise NoRole(field="roles")
    if not may_hold(roles):
        raise RolesApart(field="roles")


def _keep_one_admin(user: User) -> None:
    if Role.ADMIN not in user.roles:
        return
    others = User.objects.filter(roles__contains=[Role.ADMIN], is_active=True)
    if not others.exclude(pk=user.pk).exists():
        raise LastAdministrator


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else str(value or "")
