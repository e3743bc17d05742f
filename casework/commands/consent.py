"""Consent to the use of a person's data: given per receiver and kind, withdrawn at any time."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Agency, Case, Consent, Party, User
from casework.queries.of_case import consents_of


class AlreadyWithdrawn(CommandRefused):
    """This consent was already withdrawn."""


@transaction.atomic
def give_consent(
    case: Case,
    *,
    purpose: str,
    by: User | None,
    at: datetime,
    agency: Agency | None = None,
    party: Party | None = None,
    kinds: Sequence[str] = (),
    how: str = "call",
) -> Consent:
    """Record that a person agreed (PIPL arts 23, 29). `agency` None: not for passing on."""
    lock_case(case.pk)
    consent = Consent.objects.create(
        case=case,
        party=party,
        purpose=purpose,
        agency=agency,
        kinds=list(kinds),
        how=how,
        given_at=at,
    )
    record(case, Kind.CONSENT_GIVEN, by=by, at=at, purpose=purpose,
           agency=agency.pk if agency else "", kinds=list(kinds), how=how)  # fmt: skip
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: User | None, at: datetime) -> Consent:
    """Nothing more leaves on this consent. Raises: AlreadyWithdrawn."""
    lock_case(consent.case_id)
    consent.refresh_from_db()
    if consent.withdrawn_at is not None:
        raise AlreadyWithdrawn
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    record(consent.case, Kind.CONSENT_WITHDRAWN, by=by, at=at, purpose=consent.purpose,
           agency=consent.agency_id or "")  # fmt: skip
    return consent


def standing_consent(case: Case, agency: Agency) -> Consent | None:
    """The consent that now covers passing data of a case to an agency, if one does."""
    return next(iter(consents_of(case, agency.pk)), None)
