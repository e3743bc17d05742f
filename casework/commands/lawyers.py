"""The list of lawyers and firms: kept by the head of mediation, each change in the house's audit."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from casework.commands.base import CommandRefused
from casework.commands.people_of_house import noted
from casework.models import HouseActKind, LawFirm, Lawyer, User

Listed = TypeVar("Listed", LawFirm, Lawyer)


class ListedAlready(CommandRefused):
    """This name or licence number is on the list already."""


@transaction.atomic
def save_firm(row: LawFirm, *, by: User, at: datetime, **fields: Any) -> LawFirm:
    """Make or change a firm. Raises: ListedAlready."""
    return _save(row, HouseActKind.FIRM_SAVED, by, at, fields, "name")


@transaction.atomic
def save_lawyer(row: Lawyer, *, by: User, at: datetime, **fields: Any) -> Lawyer:
    """Make or change a lawyer; an empty account leaves it as it is. Raises: ListedAlready."""
    if not fields.get("account"):
        fields.pop("account", None)
    return _save(row, HouseActKind.LAWYER_SAVED, by, at, fields, "licence")


def _save(
    row: Listed, kind: HouseActKind, by: User, at: datetime, fields: dict[str, Any], unique: str
) -> Listed:
    changed = sorted(name for name in fields if getattr(row, name, None) != fields[name])
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ListedAlready(field=unique) from error
    noted(kind, by=by, at=at, about=row.name, changed=changed)
    return row
