"""Finding a caller: by phone, its last four digits, identity number, name or case number."""

from django.db import connection
from django.db.models import Q

from casework.fields import blind
from casework.models import Case, Person
from casework.rules.checks import digits_in, phone_normal

MOST = 20


def find_cases(words: str, *, limit: int = MOST) -> list[Case]:
    """Cases that fit what was typed, newest first; only those visible in this context."""
    words = words.strip()
    if not words:
        return []
    rows = Case.objects.filter(_people_match(words) | _number_match(words)).distinct()
    return list(rows.order_by("-id")[:limit])


def _number_match(words: str) -> Q:
    return Q(number__contains=words) | Q(ticket_no__contains=words.upper())


def _people_match(words: str) -> Q:
    digits = digits_in(words)
    found = Q(pk__in=[])
    if len(digits) == len(words) == 4:  # noqa: PLR2004 (the last four digits)
        return found | _of(Q(phone_tail_index=blind(digits, "phone-tail")))
    if len(digits) >= 7 and not any("\u4e00" <= each <= "\u9fff" for each in words):  # noqa: PLR2004
        found |= _of(Q(phone_index=blind(phone_normal(words) or words, "phone")))
        return found | _of(Q(identity_index=blind(words.upper(), "identity")))
    people, firms = _named("people_named", words), _named("employers_named", words)
    return found | _of(Q(pk__in=people)) | Q(parties__employer_id__in=firms)


def _of(people: Q) -> Q:
    ids = Person.objects.filter(people).values("pk")
    return Q(parties__person_id__in=ids) | Q(calls__caller_id__in=ids)


def _named(function: str, words: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}(%s, %s)", [words, MOST])  # noqa: S608 (a constant)
        return [row[0] for row in cursor.fetchall()]
