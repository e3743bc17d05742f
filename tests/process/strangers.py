"""What those see who have no business with a case: through the row policies, and on real pages and the API."""

from typing import Any

from django.db import connection
from django.test import Client

from casework.access.context import as_person, nobody
from casework.models import User
from tests.process.journey import DISPUTE
from tests.process.life import CANARY, SECRETS, STRANGERS, TABLES, Pick

PAGES_OF_LOOKS = 50  # one look of so many goes through a page, the others ask the database
OF_CASE = (
    "/cases/{case}/", "/cases/{case}/evidence/", "/cases/{case}/dossier/", "/cases/{case}/deadlines/",
    "/cases/{case}/papers/{paper}/", "/task/{task}/", "/api/v1/tasks/{task}/", "/api/v1/cases/{case}/",
    "/api/v1/cases/{case}/events/", "/api/v1/cases/{case}/papers/", "/api/v1/cases/{case}/starts/",
)  # fmt: skip
WITH_WORDS = ("/cases/{case}/", "/api/v1/cases/{case}/", "/api/v1/cases/{case}/events/")
FOUND, NOT_THERE = 200, (403, 404)
OF_THE_WORKER = (DISPUTE["name"], DISPUTE["phone"], DISPUTE["facts"])


def look_at_rows(people: dict[str, User], case_id: int, pick: Pick) -> None:
    """Strangers see no row of the case; of caucus notes and sealed offers nobody but mediators does."""
    insiders = [name for name, each in people.items() if "mediator" not in each.roles]
    names, tables = pick([(STRANGERS, TABLES), (insiders, SECRETS)])
    with as_person(people[pick(names)]), connection.cursor() as cursor:
        table = pick(tables)
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table} WHERE case_id = %s)", [case_id])
        assert not cursor.fetchone()[0], f"a row of {table} is seen"


def look_at_page(people: dict[str, User], ids: dict[str, Any], pick: Pick) -> str:
    """A stranger's request is answered as if the case were not; who works on it never reads a note of a caucus.

    Answers who looked and the status of the answer.
    """
    strangers = pick([True, True, False])
    names, addresses = (STRANGERS, OF_CASE) if strangers else (("dengchuan",), WITH_WORDS)
    name, address = pick(names), pick(addresses).format(**ids)
    answer = asked(people[name], address)
    body = answer.content.decode()
    if strangers:
        assert answer.status_code in NOT_THERE, f"{name} at {address}: {answer.status_code}"
        assert not [word for word in OF_THE_WORKER if word in body], f"{name} at {address}"
    else:
        assert answer.status_code == FOUND, f"{name} at {address}: {answer.status_code}"
    assert CANARY not in body, f"{name} at {address}"
    return f"page of {'a stranger' if strangers else 'the manager'}: {answer.status_code}"


def asked(person: User, address: str) -> Any:
    """What a person who has just logged in is answered."""
    with nobody():
        client = Client()
        client.force_login(person)
        return client.get(address)
