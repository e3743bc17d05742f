"""The people of the stories: invented, one file, the same in demo, rehearsal and tests."""

from pathlib import Path
from typing import Any

import yaml

from casework.models import Absence, Agency, District, Office, User

PEOPLE = Path(__file__).with_name("people.yaml")


def standing() -> list[dict[str, Any]]:
    """Everybody in people.yaml."""
    found: list[dict[str, Any]] = yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))
    return found


def names() -> set[str]:
    """The user names of the standing cast."""
    return {person["username"] for person in standing()}


def hire(people: list[dict[str, Any]]) -> dict[str, User]:
    """Make the people who are not there yet; returns all by user name."""
    return {person["username"]: _hire(person) for person in people}


def _hire(person: dict[str, Any]) -> User:
    user = User.objects.filter(username=person["username"]).first()
    if user is not None:
        return user
    district = (
        District.objects.filter(name=person["district"]).order_by("-valid_from").first()
        if person.get("district")
        else None
    )
    made = User.objects.create(
        username=person["username"],
        display_name=person["name"],
        roles=person["roles"],
        district=district,
        office=_office(person, district),
        phone=person.get("phone", ""),
    )
    for since, until in person.get("away", []):
        Absence.objects.create(user=made, since=since, until=until)
    return made


def _office(person: dict[str, Any], district: District | None) -> Office | None:
    if not person.get("agency"):
        return None
    agency = Agency.objects.get(code=person["agency"])
    rows = Office.objects.filter(agency=agency, district=district)
    if person.get("window"):
        rows = rows.filter(window=person["window"])
    return rows.order_by("id").first()
