"""Joint consultation: opened with two to five offices, answered under seal, closed with minutes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Consultation, Office, Opinion, User

LEAST, MOST = 2, 5


class WrongNumber(CommandRefused):
    """Invite two to five offices."""


class InThePast(CommandRefused):
    """Give the offices a day that is still to come."""


class AlreadyClosed(CommandRefused):
    """This consultation is closed: opinions are no longer taken."""


@transaction.atomic
def open_consultation(
    case: Case,
    *,
    offices: Sequence[Office],
    facts: str,
    agreed: str,
    question: str,
    answer_by: date,
    by: User,
    at: datetime,
) -> Consultation:
    """Put a case before offices: only these words go. Raises: WrongNumber, InThePast."""
    lock_case(case.pk)
    if not LEAST <= len({row.pk for row in offices}) <= MOST:
        raise WrongNumber(field="offices")
    if answer_by <= clock.day(at):
        raise InThePast(field="answer_by")
    made = Consultation.objects.create(
        case=case, facts=facts, agreed=agreed, question=question, answer_by=answer_by,
        office_ids=[row.pk for row in offices], opened_by=by, opened_at=at,
    )  # fmt: skip
    Opinion.objects.bulk_create(Opinion(consultation=made, office=row) for row in offices)
    record(case, Kind.CONSULTATION_OPENED, by=by, at=at, consultation=str(made.pk),
           offices=[row.name for row in offices], due=answer_by)  # fmt: skip
    return made


@transaction.atomic
def give_opinion(opinion: Opinion, *, text: str, by: User, at: datetime) -> None:
    """An office's opinion, sealed: the ledger knows that it is there, not what it says.

    Raises: AlreadyClosed.
    """
    case = lock_case(opinion.consultation.case_id)
    opinion.consultation.refresh_from_db()
    if opinion.consultation.closed_at is not None:
        raise AlreadyClosed
    opinion.text, opinion.given_at, opinion.given_by = text, at, by
    opinion.save(update_fields=["text", "given_at", "given_by"])
    record(case, Kind.OPINION_GIVEN, by=by, at=at, consultation=str(opinion.consultation_id),
           office=opinion.office.name)  # fmt: skip


@transaction.atomic
def close_consultation(
    row: Consultation, *, minutes: str, duties: list[dict[str, Any]], by: User, at: datetime
) -> None:
    """The meeting was held: opinions are opened, minutes and tasks are kept. Raises: AlreadyClosed."""
    case = lock_case(row.case_id)
    row.refresh_from_db()
    if row.closed_at is not None:
        raise AlreadyClosed
    row.closed_at, row.minutes, row.duties = at, minutes, duties
    row.save(update_fields=["closed_at", "minutes", "duties"])
    record(case, Kind.CONSULTATION_CLOSED, by=by, at=at, consultation=str(row.pk),
           opinions=row.opinions.filter(given_at__isnull=False).count(), duties=duties)  # fmt: skip
