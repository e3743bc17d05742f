"""Opening a closed case again: on a named ground, by the head, twice at most."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import AgreementState, Case, ClaimOutcome, User

MOST_REOPENINGS = 2


class Ground(models.TextChoices):
    """Why a closed case is opened again."""

    DISSATISFIED = "DISSATISFIED", _("the worker is not satisfied, with a ground")
    DEFAULT = "DEFAULT", _("what was agreed is not performed")
    NEW_FACT = "NEW_FACT", _("a new fact")
    WRONG_CLOSING = "WRONG_CLOSING", _("it was closed wrongly")
    REFERRAL_CHANGED = "REFERRAL_CHANGED", _("the result of a referral has changed")


class ReopenedOften(CommandRefused):
    """This case was reopened twice: a review meeting decides."""


class NotClosedYet(CommandRefused):
    """Only a closed case can be opened again."""


class NothingToMediate(CommandRefused):
    """No claim of this case is left without agreement: there is nothing to mediate."""


class NothingToWatch(CommandRefused):
    """No agreement of this case is in force: there is no payment to watch."""


@transaction.atomic
def reopen_case(
    case: Case, *, ground: str, words: str = "", to: str = "REPORT", by: User, at: datetime
) -> None:
    """Open again: the number stays with a suffix, it is counted apart, two times at most.

    `to`: REPORT (put right and report anew), MEDIATION (talk again about what was not agreed),
    FOLLOWUP (watch the payments). Raises: NotClosedYet, ReopenedOften, NothingToMediate, NothingToWatch.
    """
    lock_case(case.pk)
    case.refresh_from_db()
    if case.closed_on is None:
        raise NotClosedYet
    if case.reopen_count >= MOST_REOPENINGS:
        raise ReopenedOften
    if to == "MEDIATION":
        _take_up_claims(case)
    if to == "FOLLOWUP" and not case.agreements.filter(state=AgreementState.IN_FORCE).exists():
        raise NothingToWatch(field="to")
    case.reopened_on, case.closed_on, case.archived_on = clock.day(at), None, None
    case.reopen_count += 1
    case.save()
    record(
        case, Kind.CASE_REOPENED, by=by, at=at, ground=ground, words=words, to=to,
        count=case.reopen_count,
    )  # fmt: skip


def _take_up_claims(case: Case) -> None:
    """Claims without agreement are open once more, and so is their mediation."""
    left = case.claims.filter(
        outcome__in=[ClaimOutcome.FAILED, ClaimOutcome.DEFERRED, ClaimOutcome.WITHDRAWN]
    )
    if case.accepted_on is None or not left.exists():
        raise NothingToMediate(field="to")
    left.update(outcome=ClaimOutcome.OPEN, agreed_yuan=None)
    case.failed_on = case.withdrawn_on = None
