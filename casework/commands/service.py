"""Service of papers: a period that starts from receipt starts from this record."""

from datetime import date, datetime

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Party, Service, ServiceTry, User


class NeedsReason(CommandRefused):
    """Say why this record of service is void, or why the paper did not arrive."""


@transaction.atomic
def record_service(
    case: Case,
    *,
    document: str,
    way: str,
    served_on: date,
    by: User | None,
    at: datetime,
    party: Party | None = None,
    paper_id: int | None = None,
    proof: str = "",
    **told: str,
) -> Service:
    """Record that a paper reached a party: direct, left, post, electronic with consent ...

    `told`: place, server, witness, proof_name, proof_sha256.
    """
    lock_case(case.pk)
    service = Service.objects.create(
        case=case, party=party, document=document, paper_id=paper_id, way=way,
        served_on=served_on, proof=proof, **told,
    )  # fmt: skip
    record(case, Kind.SERVICE_RECORDED, by=by, at=at, document=document, way=way, on=served_on,
           party=party.ref if party else "")  # fmt: skip
    return service


@transaction.atomic
def record_try(
    party: Party, *, paper_id: int, document: str, way: str, on: date, why: str, by: User, at: datetime
) -> ServiceTry:  # fmt: skip
    """Record that a paper was brought to a party and did not arrive. Raises: NeedsReason."""
    if not why.strip():
        raise NeedsReason(field="why")
    lock_case(party.case_id)
    made = ServiceTry.objects.create(
        case=party.case, party=party, paper_id=paper_id, way=way, on=on, why=why
    )
    record(party.case, Kind.SERVICE_TRIED, by=by, at=at, document=document, way=way, on=on,
           party=party.ref, why=why)  # fmt: skip
    return made


@transaction.atomic
def void_service(service: Service, *, reason: str, by: User, at: datetime) -> Service:
    """The record of service was wrong. Raises: NeedsReason."""
    if not reason.strip():
        raise NeedsReason(field="reason")
    lock_case(service.case_id)
    service.voided_at, service.voided_why = at, reason
    service.save(update_fields=["voided_at", "voided_why"])
    record(
        service.case,
        Kind.SERVICE_VOIDED,
        by=by,
        at=at,
        document=service.document,
        reason=reason,
    )
    return service
