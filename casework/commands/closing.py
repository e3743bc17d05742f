"""The end of a case: reported by the handler, closed by somebody other than the mediator."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.deadlines import end_running
from casework.commands.timers import void_timers
from casework.events import Kind, record
from casework.models import (
    Agreement,
    AgreementState,
    Case,
    ClaimOutcome,
    Instalment,
    Referral,
    User,
)

# Another body works on it, or money is still owed: followed after the closing too.
FOLLOWED = Q(referral__isnull=False) | Q(instalment__isnull=False) | Q(rule__startswith="A-0")
OWN_DATA = "P-14"  # a worker waits for the answer about own data, whatever became of the case
OUTCOMES = (
    "AGREED_PERFORMED", "AGREED_PERFORMING", "AGREED_DEFAULTED_RECOVERED", "AGREED_UNRECOVERED",
    "PARTIAL", "SETTLED_PRIVATELY", "WITHDRAWN", "RESPONDENT_REFUSED", "NO_CONTACT", "FAILED",
    "TO_ARBITRATION", "TO_COURT", "TO_INSPECTION", "TO_AID", "ADVICE", "CORRECTED",
    "HAZARD_FIXED", "OUT_OF_SCOPE", "DUPLICATE",
)  # fmt: skip
ALL_PAID = ("AGREED_PERFORMED", "AGREED_DEFAULTED_RECOVERED")
IN_HAND = (AgreementState.DRAFT, AgreementState.READY, AgreementState.SIGNED)


class ClosedByTheMediator(CommandRefused):
    """The mediator of a case does not close it."""


class AlreadyClosed(CommandRefused):
    """This case is closed already."""


class ClaimsUndecided(CommandRefused):
    """Some claims have no outcome yet."""


class ReferralOpen(CommandRefused):
    """An office still works on a referral: wait for its result or hand it to aftercare."""


class TextInHand(CommandRefused):
    """An agreement is being drawn up or signed: bring it into force or put it aside first."""


class NotAllPaid(CommandRefused):
    """The last fen has not been paid: this outcome does not fit."""


class MoneyStillDue(CommandRefused):
    """Money is still owed under the agreement: tick that it is followed in aftercare."""


@transaction.atomic
def report_closing(case: Case, *, words: str, outcome: str, by: User, at: datetime) -> None:
    """The handler's report: what was asked, done and reached."""
    lock_case(case.pk)
    case.outcome = outcome
    case.save(update_fields=["outcome"])
    record(case, Kind.CLOSING_REPORTED, by=by, at=at, outcome=outcome, words=words)


@transaction.atomic
def close_case(
    case: Case, *, outcome: str, words: str, by: User, at: datetime, aftercare: bool = False
) -> None:
    """Close. What still ran ends truthfully; what is followed in aftercare lives on.

    Raises: AlreadyClosed, ClosedByTheMediator, ClaimsUndecided, TextInHand, ReferralOpen,
    NotAllPaid, MoneyStillDue.
    """
    lock_case(case.pk)
    case.refresh_from_db()
    _check(case, outcome, by, aftercare=aftercare)
    case.closed_on, case.outcome, case.reopened_on = clock.day(at), outcome, None
    if aftercare:
        case.aftercare_on = clock.day(at)
    case.save(update_fields=["closed_on", "outcome", "reopened_on", "aftercare_on"])
    ground = _("the case is closed")
    end_running(
        case,
        by=by,
        at=at,
        ground=ground,
        keep=(FOLLOWED if aftercare else Q()) | Q(rule=OWN_DATA),
    )
    if not aftercare:  # pay days are still watched in aftercare
        void_timers(case, but=OWN_DATA)
    record(case, Kind.CASE_CLOSED, by=by, at=at, outcome=outcome, words=words)


def _check(case: Case, outcome: str, by: User, *, aftercare: bool) -> None:
    if case.closed_on is not None:
        raise AlreadyClosed
    if case.mediator_id is not None and case.mediator_id == by.pk:
        raise ClosedByTheMediator
    if case.accepted_on and case.claims.filter(outcome=ClaimOutcome.OPEN).exists():
        raise ClaimsUndecided
    if Agreement.objects.filter(case=case, state__in=IN_HAND).exists():
        raise TextInHand
    sent = Referral.objects.filter(case=case, ended_at__isnull=True, sent_at__isnull=False)
    if not aftercare and sent.exists():
        raise ReferralOpen(field="aftercare")
    _check_money(case, outcome, aftercare=aftercare)


def _check_money(case: Case, outcome: str, *, aftercare: bool) -> None:
    owed = Instalment.objects.filter(
        agreement__case=case, agreement__state=AgreementState.IN_FORCE
    ).exclude(state__in=["PAID", "WAIVED"])
    if not owed.exists():
        return
    if outcome in ALL_PAID:
        raise NotAllPaid(field="outcome")
    if not aftercare and outcome != "AGREED_UNRECOVERED":
        raise MoneyStillDue(field="aftercare")
