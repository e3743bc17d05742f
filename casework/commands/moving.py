"""A worker moves between two cases of one matter, with claims, files and consents, and back again."""

from datetime import datetime

from casework import clock
from casework.models import (
    Booking,
    Case,
    Claim,
    ClaimOutcome,
    Consent,
    Evidence,
    EvidenceShown,
    Party,
    Side,
    TrackingCode,
)


def workers_of(case: Case) -> list[Party]:
    """The workers who stand in the case now, in the order in which they came."""
    rows = Party.objects.filter(case=case, side=Side.WORKER, left_on__isnull=True)
    return list(rows.select_related("person").order_by("id"))


def move(row: Party, made: Case, *, ref: str, at: datetime) -> tuple[int, Party]:
    """The member stands in the new case, with own claims, files and consents; has left the old one."""
    fresh = Party.objects.create(
        case=made, ref=ref, side=row.side, person=row.person, capacity=row.capacity,
        contact=row.contact, is_applicant=row.is_applicant, agrees_to_mediate=row.agrees_to_mediate,
    )  # fmt: skip
    Claim.objects.filter(party=row).update(case=made, party=fresh)
    EvidenceShown.objects.filter(evidence__party=row).update(case=made)
    Evidence.objects.filter(party=row).update(case=made, party=fresh)
    Consent.objects.bulk_create(
        Consent(
            case=made, party=fresh, purpose=each.purpose, agency=each.agency, kinds=each.kinds,
            how=each.how, given_at=each.given_at,
        )
        for each in Consent.objects.filter(party=row, withdrawn_at__isnull=True)
    )  # fmt: skip
    set_aside(row, at=at)
    return row.pk, fresh


def undecide(case: Case) -> None:
    """What was agreed or put off for the group is open again for the single worker."""
    rows = case.claims.filter(outcome__in=[ClaimOutcome.AGREED, ClaimOutcome.DEFERRED])
    rows.update(outcome=ClaimOutcome.OPEN, agreed_yuan=None)


def set_aside(row: Party, *, at: datetime) -> None:
    """A member stands in the case no more: no code opens it, no session takes their time."""
    row.left_on, row.is_representative = clock.day(at), False
    row.settlement_consent_on = None
    row.save(update_fields=["left_on", "is_representative", "settlement_consent_on"])
    TrackingCode.objects.filter(party=row, voided_at__isnull=True).update(voided_at=at)
    Booking.objects.filter(
        case_id=row.case_id, resource=row.person_id or 0, released=False
    ).update(released=True)


def bring_back(row: Party, case: Case, *, at: datetime) -> str:
    """The member stands again in the case that they left, with claims and files. Answers the reference there."""
    old = Party.objects.filter(case=case, person=row.person, left_on__isnull=False).latest("id")
    old.left_on = None
    old.save(update_fields=["left_on"])
    Claim.objects.filter(party=row).update(case=case, party=old)
    EvidenceShown.objects.filter(evidence__party=row).update(case=case)
    Evidence.objects.filter(party=row).update(case=case, party=old)
    set_aside(row, at=at)
    return old.ref


def recount(case: Case) -> None:
    """How many workers stand in the case now."""
    case.group_size = max(len(workers_of(case)), 1)
    if case.group_size == 1:
        case.is_collective = False
    case.save(update_fields=["group_size", "is_collective"])
