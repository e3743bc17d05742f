"""Commands on the outcome of mediation: each claim's fate, extension, failure, withdrawal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.deadline_moves import supersede_deadline
from casework.commands.deadlines import meet_rule, void_rule
from casework.events import Kind, record
from casework.models import (
    Booking,
    Case,
    Claim,
    ClaimOutcome,
    Deadline,
    DeadlineState,
    Session,
    SessionState,
    User,
)
from casework.rules.errors import RuleError

LIMITS = ("M-04", "M-05", "M-06", "M-07")  # what ends mediation: accepted, NEF, court's two
RIGHT = "M-03"


class NotDecided(CommandRefused):
    """Every claim needs an outcome: agreed, failed, withdrawn or deferred."""


class NothingAgreed(CommandRefused):
    """No claim is marked as agreed."""


class AllAgreed(CommandRefused):
    """Every claim is agreed: then the case is settled as a whole."""


class AgreedSumMissing(CommandRefused):
    """State the agreed sum of each claim that is agreed."""


class NoLimit(CommandRefused):
    """No time limit of mediation is running on this case."""


class NotSignedByBoth(CommandRefused):
    """An extension needs the signed consent of both sides."""


class CannotExtend(CommandRefused):
    """The time limit cannot be extended that far."""


class AlreadyEnded(CommandRefused):
    """Mediation of this case has ended already."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one claim. The sum in yuan; None for a claim without money."""

    claim: Claim
    outcome: ClaimOutcome
    agreed_yuan: Decimal | None = None
    reason: str = ""


@transaction.atomic
def decide_claims(case: Case, *, decisions: Sequence[Decision], by: User, at: datetime) -> None:
    """Set the outcome of claims: one event for all. Raises: AgreedSumMissing."""
    lock_case(case.pk)
    for each in decisions:
        claim = each.claim
        if (
            each.outcome == ClaimOutcome.AGREED
            and claim.amount_yuan
            and each.agreed_yuan is None
        ):
            raise AgreedSumMissing(field="outcomes")
        claim.outcome, claim.reason = each.outcome, each.reason
        claim.agreed_yuan = each.agreed_yuan if each.outcome == ClaimOutcome.AGREED else None
    changed = [each.claim for each in decisions]
    Claim.objects.bulk_update(changed, ["outcome", "reason", "agreed_yuan"], batch_size=500)
    told = [
        {"claim": str(each.claim.pk), "item": each.claim.item, "outcome": each.outcome,
         "agreed_yuan": each.agreed_yuan, "reason": each.reason}
        for each in decisions
    ]  # fmt: skip
    record(case, Kind.CLAIM_DECIDED, by=by, at=at, claims=told)


@transaction.atomic
def settle(case: Case, *, by: User, at: datetime) -> bool:
    """The parties agree on all claims or on a part; True if all.

    Raises: NotDecided, NothingAgreed. The agreement itself is written and signed after this.
    """
    lock_case(case.pk)
    outcomes = set(case.claims.values_list("outcome", flat=True))
    if ClaimOutcome.OPEN in outcomes:
        raise NotDecided(field="outcomes")
    if ClaimOutcome.AGREED not in outcomes:
        raise NothingAgreed(field="outcomes")
    whole = not outcomes & {ClaimOutcome.FAILED, ClaimOutcome.DEFERRED}
    record(case, Kind.CASE_SETTLED if whole else Kind.CASE_PARTLY_SETTLED, by=by, at=at)
    return whole


def running_limit(case: Case) -> Deadline:
    """The running limit of mediation. Raises: NoLimit."""
    rows = Deadline.objects.filter(case=case, rule__in=LIMITS, state=DeadlineState.OPEN)
    found = rows.order_by("-id").first()
    if found is None:
        raise NoLimit
    return found


@transaction.atomic
def extend_mediation(
    case: Case,
    *,
    days: int,
    worker_signed: bool,
    employer_signed: bool,
    reason: str,
    by: User,
    at: datetime,
) -> Deadline:
    """Extend mediation to `days` calendar days from acceptance, by both sides' signed consent.

    The right to arbitrate (M-03) is never touched. New employment forms: 30 days at most.
    Raises: NotSignedByBoth, NoLimit, CannotExtend.
    Source: 《企业劳动争议协商调解规定》第二十九条.
    """
    lock_case(case.pk)
    if not (worker_signed and employer_signed):
        raise NotSignedByBoth(field="employer_signed")
    limit = running_limit(case)
    if days <= limit.length:
        words = _("It must be longer than the present %(days)s days.") % {"days": limit.length}
        raise CannotExtend(words, field="extend_days")
    try:
        longer = supersede_deadline(
            limit, ground=reason, second_person=_("both parties"), by=by, at=at,
            length=days, extended=True,
        )  # fmt: skip
    except RuleError as error:
        raise CannotExtend(str(error), field="extend_days") from error
    record(
        case,
        Kind.EXTENSION_AGREED,
        by=by,
        at=at,
        rule=limit.rule,
        was=limit.due,
        due=longer.due,
        reason=reason,
    )
    return longer


@transaction.atomic
def fail_mediation(case: Case, *, reason: str, by: User, at: datetime) -> Case:
    """Mediation ends without agreement; open and agreed claims fail. Raises: AlreadyEnded."""
    lock_case(case.pk)
    case.refresh_from_db()
    check_running(case)
    case.failed_on = clock.day(at)
    case.save(update_fields=["failed_on"])
    undecided = [ClaimOutcome.OPEN, ClaimOutcome.AGREED, ClaimOutcome.DEFERRED]
    case.claims.filter(outcome__in=undecided).update(
        outcome=ClaimOutcome.FAILED, agreed_yuan=None
    )
    _call_off(case, reason)
    end_limits(case, by=by, at=at)
    record(case, Kind.MEDIATION_FAILED, by=by, at=at, reason=reason)
    return case


@transaction.atomic
def withdraw_case(case: Case, *, reason: str, by: User, at: datetime) -> Case:
    """The applicant withdraws: possible at any time before the end. Raises: AlreadyEnded."""
    lock_case(case.pk)
    case.refresh_from_db()
    check_running(case)
    case.withdrawn_on = clock.day(at)
    case.save(update_fields=["withdrawn_on"])
    case.claims.exclude(outcome=ClaimOutcome.FAILED).update(
        outcome=ClaimOutcome.WITHDRAWN, agreed_yuan=None
    )
    _call_off(case, reason)
    end_limits(case, by=by, at=at)
    record(case, Kind.CASE_WITHDRAWN, by=by, at=at, reason=reason)
    return case


def _call_off(case: Case, reason: str) -> None:
    planned = Session.objects.filter(case=case, state=SessionState.PLANNED)
    Booking.objects.filter(session__in=planned, released=False).update(released=True)
    planned.update(state=SessionState.CANCELLED, cancelled_why=reason[:120])


def check_running(case: Case) -> None:
    """Raises: AlreadyEnded if mediation failed, was withdrawn, agreed or closed."""
    ended = case.failed_on or case.withdrawn_on or case.closed_on
    if ended or case.agreements.filter(state="IN_FORCE").exists():
        raise AlreadyEnded


def end_limits(case: Case, *, by: User | None, at: datetime) -> None:
    """Mediation is over: its limit is met (or missed), and the wait for arbitration is moot."""
    for rule in LIMITS:
        meet_rule(case, rule, by=by, at=at)
    void_rule(case, RIGHT, by=by, at=at, ground=_("mediation has ended"))
