"""Who is calling: known by telephone, its last four digits, name or initials, whoever took the earlier call."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from casework.fields import blind, unseal
from casework.models import Person
from casework.notify import mask
from casework.rules.checks import phone_normal

MOST_PEOPLE = 6
MOST_CASES = 6
TAIL = re.compile(r"\d{4}")
LETTERS = re.compile(r"[a-z]{2,4}")
HAN = re.compile(r"[\u3400-\u9fff·]{2,}")


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier matter of a caller."""

    case_id: int
    number: str
    opened_at: datetime
    status: str
    cause: str
    employers: str


@dataclass(frozen=True, slots=True)
class Known:
    """A person who called before; the number is masked until the seat says it is this one."""

    person_id: int
    name: str
    phone_mask: str
    worker_kind: str
    cases: tuple[Past, ...]


def known(phone: str, name: str) -> list[Known]:
    """The people that fit what was typed so far, newest first; nobody for too little."""
    number, typed = phone_normal(phone) if phone else None, name.strip()
    tail = phone.strip() if TAIL.fullmatch(phone.strip()) else ""
    letters = typed.lower() if LETTERS.fullmatch(typed.lower()) else ""
    han = typed if HAN.fullmatch(typed) else ""
    if not (number or tail or letters or han):
        return []
    people = _people(number or "", tail, "" if number else han, "" if number else letters)
    cases = _cases([row[0] for row in people])
    return [
        Known(key, label, mask(_clear(sealed)), kind, tuple(cases.get(key, ())))
        for key, label, sealed, kind in people
    ]


def _people(
    number: str, tail: str, han: str, letters: str
) -> list[tuple[int, str, bytes, str]]:
    values: list[bytes | str | int] = [
        blind(number, "phone") if number else b"", blind(tail, "phone-tail") if tail else b"",
        han, letters, MOST_PEOPLE,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM callers_known(%s, %s, %s, %s, %s)", values)
        rows: list[tuple[int, str, bytes, str]] = cursor.fetchall()
    return rows


def _cases(people: list[int]) -> dict[int, list[Past]]:
    found: dict[int, list[Past]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_of_callers(%s, %s)", [people, MOST_CASES])
        for key, *row in cursor.fetchall():
            case, number, opened, status, cause, employers = row
            found.setdefault(key, []).append(
                Past(case, number, opened, status, cause, employers or "")
            )
    return found


def _clear(sealed: bytes) -> str:
    field = Person._meta.get_field("phone")
    return unseal(bytes(sealed), f"{Person._meta.db_table}.{field.column}") if sealed else ""
