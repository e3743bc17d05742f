"""The list of those a representative speaks for, as the database shows it to their code: no sum, no number."""

from dataclasses import dataclass

from django.db import connection

ANSWERS = ("yes", "no", "open")


@dataclass(frozen=True, slots=True)
class Colleague:
    """One worker of the group; `answer` to the settlement: yes, no or open."""

    ref: str
    name: str
    speaks: bool
    answer: str


def count_answers() -> dict[str, int]:
    """How many answered what; empty for whoever does not speak for a group. Call under a code's context."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer, count(*) FROM wufang_my_group() GROUP BY answer")
        found = dict(cursor.fetchall())
    return {answer: found.get(answer, 0) for answer in ANSWERS} if found else {}


def my_group(*, first: int, most: int) -> list[Colleague]:
    """`most` workers from `first` (0, 1, ...) on, in the order in which they came."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wufang_my_group() LIMIT %s OFFSET %s", [most, first])
        return [Colleague(*row) for row in cursor.fetchall()]
