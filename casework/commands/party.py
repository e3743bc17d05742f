"""Parties of a case: added, corrected, leaving; and whether they agree to mediate."""

from datetime import datetime
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Employer, Party, Person, Side, User


class NeedsReason(CommandRefused):
    """Say why this is corrected."""


@transaction.atomic
def add_party(
    case: Case,
    *,
    side: Side,
    by: User | None,
    at: datetime,
    person: Person | None = None,
    employer: Employer | None = None,
    **fields: Any,
) -> Party:
    """Add a disputant: a worker (W01, W02 ...) or an employer (R1, R2 ...)."""
    lock_case(case.pk)
    count = Party.objects.filter(case=case, side=side).count() + 1
    ref = f"W{count:02d}" if side == Side.WORKER else f"R{count}"
    party = Party.objects.create(
        case=case, side=side, ref=ref, person=person, employer=employer, **fields
    )
    record(
        case, Kind.PARTY_ADDED, by=by, at=at, party=ref, side=str(side), capacity=party.capacity
    )
    return party


@transaction.atomic
def answer_to_mediation(party: Party, *, agrees: bool, by: User | None, at: datetime) -> Party:
    """Record whether a party agrees to mediation."""
    lock_case(party.case_id)
    party.agrees_to_mediate = agrees
    party.save(update_fields=["agrees_to_mediate"])
    record(party.case, Kind.MEDIATION_AGREED_TO, by=by, at=at, party=party.ref, agrees=agrees)
    return party


@transaction.atomic
def elect_representatives(
    case: Case, refs: list[str], *, by: User | None, at: datetime
) -> list[Party]:
    """Mark the elected representatives of a collective case (LDMAL art. 7)."""
    lock_case(case.pk)
    chosen = list(Party.objects.filter(case=case, ref__in=refs, side=Side.WORKER))
    for party in chosen:
        party.is_representative = True
        party.save(update_fields=["is_representative"])
    record(case, Kind.PARTY_CORRECTED, by=by, at=at, representatives=sorted(refs))
    return chosen
