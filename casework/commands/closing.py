"""The end of a case: closed by somebody other than the mediator, visited, archived, reopened."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.deadlines import end_running
from casework.commands.timers import void_timers
from casework.events import Kind, record
from casework.models import (
    Case,
    ClaimOutcome,
    Referral,
    User,
    Visit,
)

MOST_REOPENINGS = 2
# Another body works on it, or money is still owed: followed after the closing too.
FOLLOWED = Q(referral__isnull=False) | Q(instalment__isnull=False) | Q(rule__startswith="A-0")
OUTCOMES = (
    "AGREED_PERFORMED", "AGREED_PERFORMING", "AGREED_DEFAULTED_RECOVERED", "AGREED_UNRECOVERED",
    "PARTIAL", "SETTLED_PRIVATELY", "WITHDRAWN", "RESPONDENT_REFUSED", "NO_CONTACT", "FAILED",
    "TO_ARBITRATION", "TO_COURT", "TO_INSPECTION", "TO_AID", "ADVICE", "CORRECTED",
    "HAZARD_FIXED", "OUT_OF_SCOPE", "DUPLICATE",
)  # fmt: skip
TRIES = 3


class ClosedByTheMediator(CommandRefused):
    """The mediator of a case does not close it."""


class ClaimsUndecided(CommandRefused):
    """Some claims have no outcome yet."""


class ReferralOpen(CommandRefused):
    """An office still works on a referral: wait for its result or hand it to aftercare."""


class VisitedByTheHandler(CommandRefused):
    """The return visit is made by somebody other than the handler."""


class NotVisited(CommandRefused):
    """Archive after the return visit, or after three tries on three days."""


class ReopenedOften(CommandRefused):
    """This case was reopened twice: a review meeting decides."""


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

    Raises: ClosedByTheMediator, ClaimsUndecided, ReferralOpen.
    """
    lock_case(case.pk)
    case.refresh_from_db()
    if case.mediator_id is not None and case.mediator_id == by.pk:
        raise ClosedByTheMediator
    if case.accepted_on and case.claims.filter(outcome=ClaimOutcome.OPEN).exists():
        raise ClaimsUndecided
    if (
        not aftercare
        and Referral.objects.filter(
            case=case, ended_at__isnull=True, side_track=False, sent_at__isnull=False
        ).exists()
    ):
        raise ReferralOpen
    case.closed_on, case.outcome, case.reopened_on = clock.day(at), outcome, None
    if aftercare:
        case.aftercare_on = clock.day(at)
    case.save(update_fields=["closed_on", "outcome", "reopened_on", "aftercare_on"])
    ground = _("the case is closed")
    end_running(case, by=by, at=at, ground=ground, keep=FOLLOWED if aftercare else None)
    if not aftercare:  # pay days are still watched in aftercare
        void_timers(case)
    record(case, Kind.CASE_CLOSED, by=by, at=at, outcome=outcome, words=words)


@transaction.atomic
def visit_case(
    case: Case, *, by: User, at: datetime, on: date, reached: bool, **answers: Any
) -> Visit:
    """The return visit, or a try at it. The worker's word decides whether it is solved."""
    lock_case(case.pk)
    if by.pk in (case.mediator_id, case.manager_id):
        raise VisitedByTheHandler
    made = Visit.objects.create(case=case, visitor=by, on=on, reached=reached, **answers)
    record(case, Kind.CASE_VISITED, by=by, at=at, reached=reached, satisfied=made.satisfied)
    return made


def visit_is_done(case: Case) -> bool:
    """Reached once since the (last) closing, or three tries on three days."""
    rows = Visit.objects.filter(case=case)
    if case.closed_on is not None:
        rows = rows.filter(on__gte=case.closed_on)
    return rows.filter(reached=True).exists() or rows.values("on").distinct().count() >= TRIES


@transaction.atomic
def archive_case(case: Case, *, by: User, at: datetime) -> None:
    """Put the file away. Raises: NotVisited."""
    lock_case(case.pk)
    if not visit_is_done(case):
        raise NotVisited
    case.archived_on = clock.day(at)
    case.save(update_fields=["archived_on"])
    record(case, Kind.CASE_ARCHIVED, by=by, at=at)


@transaction.atomic
def reopen_case(case: Case, *, ground: str, by: User, at: datetime) -> None:
    """Open again: the number stays, it is counted apart, two times at most. Raises: ReopenedOften."""
    lock_case(case.pk)
    if case.reopen_count >= MOST_REOPENINGS:
        raise ReopenedOften
    case.reopened_on, case.closed_on, case.archived_on = clock.day(at), None, None
    case.reopen_count += 1
    case.save(update_fields=["reopened_on", "closed_on", "archived_on", "reopen_count"])
    record(case, Kind.CASE_REOPENED, by=by, at=at, ground=ground, count=case.reopen_count)
