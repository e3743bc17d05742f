"""People and employers: recorded and corrected, with their blind indexes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from casework.commands import code_phones
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Employer, Person, User
from casework.rules.checks import credit_code_ok

PROTECTED = {"identity_number", "phone", "address", "bank_account", "second_contact"}


class BadCreditCode(CommandRefused):
    """The unified social credit code does not fit its check digit."""


class NotAWorker(CommandRefused):
    """This party is not a person."""


class NeedsReason(CommandRefused):
    """Say why this is corrected."""


@transaction.atomic
def make_person(case: Case, *, by: User | None, at: datetime, **fields: Any) -> Person:
    """Record a person of a case. `fields` are columns of Person; protected ones are sealed."""
    person = Person(**{name: value for name, value in fields.items() if value is not None})
    person.index()
    person.save(force_insert=True)
    record(
        case, Kind.PERSON_RECORDED, by=by, at=at, person=str(person.pk), fields=sorted(fields)
    )
    return person


@transaction.atomic
def correct_person(
    case: Case, person: Person, *, reason: str, by: User, at: datetime, **fields: Any
) -> Person:
    """Correct what was recorded wrongly. The ledger names the fields, never protected values."""
    if not reason.strip():
        raise NeedsReason(field="reason")
    lock_case(case.pk)
    was = {name: str(getattr(person, name)) for name in fields if name not in PROTECTED}
    for name, value in fields.items():
        setattr(person, name, value)
    person.index()
    person.save()
    if "phone" in fields:
        code_phones.follow(person)
    record(case, Kind.PERSON_CORRECTED, by=by, at=at, person=str(person.pk),
           fields=sorted(fields), was=was, reason=reason)  # fmt: skip
    return person


@transaction.atomic
def make_employer(
    case: Case, *, name: str, by: User | None, at: datetime, **fields: Any
) -> Employer:
    """Record an employer, or find the one with the same credit code. Raises: BadCreditCode."""
    code = str(fields.get("credit_code") or "").strip().upper()
    if code and not credit_code_ok(code):
        raise BadCreditCode(field="credit_code")
    known = Employer.objects.filter(credit_code=code).first() if code else None
    if known is not None:
        return known
    kept = {key: value for key, value in fields.items() if value is not None}
    employer = Employer.objects.create(**{**kept, "name": name.strip(), "credit_code": code})
    record(
        case,
        Kind.EMPLOYER_RECORDED,
        by=by,
        at=at,
        employer=str(employer.pk),
        name=employer.name,
    )
    return employer


@transaction.atomic
def correct_employer(
    case: Case, employer: Employer, *, reason: str, by: User, at: datetime, **fields: Any
) -> Employer:
    """Correct an employer's data. Raises: NeedsReason, BadCreditCode."""
    if not reason.strip():
        raise NeedsReason(field="reason")
    code = str(fields.get("credit_code", employer.credit_code)).strip().upper()
    if code and not credit_code_ok(code):
        raise BadCreditCode(field="credit_code")
    lock_case(case.pk)
    was = {name: str(getattr(employer, name)) for name in fields}
    for name, value in fields.items():
        setattr(employer, name, value)
    employer.save()
    record(
        case,
        Kind.EMPLOYER_CORRECTED,
        by=by,
        at=at,
        employer=str(employer.pk),
        was=was,
        reason=reason,
    )
    return employer
