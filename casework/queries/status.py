"""The headline of a case, derived from its record and never chosen."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, QuerySet

from casework.events import Kind
from casework.models import (
    Agreement,
    AgreementState,
    Case,
    Claim,
    Event,
    Inspection,
    Instalment,
    InstalmentState,
    Letter,
    Proceeding,
    Referral,
    ReferralState,
    Session,
    SessionState,
    Status,
)

WITH_THE_OFFICE = (
    ReferralState.SENT, ReferralState.SIGNED, ReferralState.ACCEPTED, ReferralState.RETURNED,
)  # fmt: skip
SETTLED = (InstalmentState.PAID, InstalmentState.WAIVED)
# A payment order is not yet enforcement: the case stays DEFAULTED while one is pending.
BEYOND_MEDIATION = ("ENFORCEMENT", "ARBITRATION", "SUIT")
ELSEWHERE = ("ARBITRATION", "SUIT")
OVER = ("RESULT", "ENFORCED", "WITHDRAWN", "CLOSED", "REFUSED")


def headline(case: Case) -> Status:
    """The headline by the record's own order: what came last in a case's life leads."""
    for look in (_ended, _performance, _mediation, _before_acceptance):
        if (found := look(case)) is not None:
            return found
    return Status.REGISTERED


def refresh(case: Case) -> Status:
    """Store the headline if it changed (for lists). Call under the case's context."""
    case.refresh_from_db()
    return _store(case)


def refreshed(case_id: int) -> Case:
    """A case as it stands now, with its headline stored: one look tells what there is to look at."""
    case = Case.objects.annotate(
        in_force=Exists(Agreement.objects.filter(case=OuterRef("pk"), state=AgreementState.IN_FORCE)),
        held=Exists(Session.objects.filter(case=OuterRef("pk"), state=SessionState.HELD)),
        away=Exists(_away().filter(case=OuterRef("pk"))),
    ).get(pk=case_id)  # fmt: skip
    _store(case)
    return case


def _store(case: Case) -> Status:
    found = headline(case)
    if found != case.status:
        case.status = found
        case.save(update_fields=["status"])
    return found


def _has(case: Case, what: str, look: Callable[[], bool]) -> bool:
    """What `refreshed` saw with the case itself, else a look of its own."""
    seen: bool | None = case.__dict__.get(what)
    return look() if seen is None else seen


def _ended(case: Case) -> Status | None:
    if case.archived_on:
        return Status.ARCHIVED
    if case.closed_on:
        return Status.CLOSED
    if case.reopened_on:
        return Status.REOPENED
    return Status.WITHDRAWN if case.withdrawn_on else None


def _performance(case: Case) -> Status | None:
    rows = Agreement.objects.filter(case=case, state=AgreementState.IN_FORCE)
    agreement = rows.first() if case.__dict__.get("in_force", True) else None
    if agreement is None:
        return None
    plan = list(Instalment.objects.filter(agreement=agreement))
    asked = _asked(case)
    if plan and all(row.state in SETTLED for row in plan):
        return Status.IN_AFTERCARE if _still_elsewhere(case) else Status.PERFORMED
    if asked & set(BEYOND_MEDIATION):
        return Status.IN_AFTERCARE
    if case.outcome == "AGREED_UNRECOVERED":
        return Status.UNRECOVERED
    if any(row.state == InstalmentState.DEFAULTED for row in plan):
        return Status.DEFAULTED
    return Status.PARTIALLY_AGREED if agreement.is_partial else Status.PERFORMING


def _asked(case: Case) -> set[str]:
    return set(Proceeding.objects.filter(case=case).values_list("kind", flat=True))


def _still_elsewhere(case: Case) -> bool:
    """Whether another claim of the case is in arbitration or court."""
    rows = Proceeding.objects.filter(case=case, kind__in=ELSEWHERE).order_by("on", "id")
    last: dict[str, str] = {row.kind: row.step for row in rows}
    return any(step not in OVER for step in last.values())


def _mediation(case: Case) -> Status | None:
    if case.failed_on and not _draft_open(case):
        return (
            Status.IN_AFTERCARE
            if _asked(case) or case.aftercare_on
            else Status.MEDIATION_FAILED
        )
    sessions = Session.objects.filter(case=case, state=SessionState.HELD)
    if _has(case, "held", sessions.exists):
        return Status.IN_MEDIATION
    if case.accepted_on:
        return Status.ACCEPTED
    return Status.REFUSED if case.refused_on else None


def _draft_open(case: Case) -> bool:
    """A partial agreement is being drawn up beside the notice of failure."""
    waiting = (AgreementState.DRAFT, AgreementState.READY, AgreementState.SIGNED)
    return Agreement.objects.filter(case=case, state__in=waiting).exists()


def _before_acceptance(case: Case) -> Status | None:
    steps: tuple[tuple[Status, Callable[[Case], bool]], ...] = (
        (Status.PENDING_MATERIALS, lambda each: each.materials_asked_on is not None),
        (Status.IN_REFERRAL, _with_an_office),
        (Status.ADVICE_ANSWERED, lambda each: each.advised_on is not None),
        (Status.SUPERVISION, _supervised),
        (Status.TRIAGED, lambda each: each.triaged_on is not None),
        (Status.EMERGENCY_RESPONSE, _emergency),
    )
    return next((status for status, holds in steps if holds(case)), None)


def _with_an_office(case: Case) -> bool:
    return _has(case, "away", _away().filter(case=case).exists)


def _away() -> QuerySet[Referral]:
    """Referrals beside which nothing else goes on in the dispute: an office has them now."""
    rows = Referral.objects.filter(side_track=False, sent_at__isnull=False)
    return rows.filter(state__in=WITH_THE_OFFICE)


def _supervised(case: Case) -> bool:
    """A hazard or a letter leads only where there is no claim to mediate."""
    if Claim.objects.filter(case=case).exists():
        return False
    letters = Letter.objects.filter(case=case, sent_on__isnull=False)
    return letters.exists() or Inspection.objects.filter(case=case).exists()


def _emergency(case: Case) -> bool:
    return Event.objects.filter(case=case, kind=Kind.EMERGENCY_DISPATCHED).exists()
