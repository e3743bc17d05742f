"""Offices of the agencies and the routes to them: rows that administrators keep."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from casework.commands.base import CommandRefused
from casework.commands.people_of_house import noted
from casework.models import HouseActKind, Office, Route, User

OFFICE = ("agency", "district", "window", "name", "level", "address", "phone", "is_open")
ROUTE = ("matter", "district", "level", "office", "fallback")


class RouteExists(CommandRefused):
    """There is a route for this matter, district and level already: change that one."""


class OfficeClosed(CommandRefused):
    """This office is closed: choose an open one."""


class StillRouted(CommandRefused):
    """Routes lead to this office: change them first."""


@transaction.atomic
def save_office(office: Office, *, by: User, at: datetime, **fields: Any) -> Office:
    """Make or change an office. Raises: StillRouted."""
    fresh = office._state.adding
    was = {name: str(getattr(office, name, "")) for name in OFFICE} if not fresh else {}
    if not fields["is_open"] and not fresh and Route.objects.filter(office=office).exists():
        raise StillRouted(field="is_open")
    for name in OFFICE:
        setattr(office, name, fields[name])
    office.save()
    kind = HouseActKind.OFFICE_MADE if fresh else HouseActKind.OFFICE_CHANGED
    noted(kind, by=by, at=at, about=office.name, changed=_changed(office, OFFICE, was))
    return office


@transaction.atomic
def save_route(route: Route, *, by: User, at: datetime, **fields: Any) -> Route:
    """Make or change a route. Raises: OfficeClosed, RouteExists."""
    if not fields["office"].is_open:
        raise OfficeClosed(field="office")
    fresh = route._state.adding
    was = {name: str(getattr(route, name)) for name in ROUTE} if not fresh else {}
    for name in ROUTE:
        setattr(route, name, fields[name])
    try:
        with transaction.atomic():
            route.save()
    except IntegrityError as error:
        raise RouteExists(field="matter") from error
    kind = HouseActKind.ROUTE_MADE if fresh else HouseActKind.ROUTE_CHANGED
    noted(kind, by=by, at=at, about=str(route), changed=_changed(route, ROUTE, was))
    return route


def _changed(row: Any, names: tuple[str, ...], was: dict[str, str]) -> dict[str, list[str]]:
    now = {name: str(getattr(row, name)) for name in names}
    return {
        name: [was.get(name, ""), now[name]] for name in names if was.get(name, "") != now[name]
    }
