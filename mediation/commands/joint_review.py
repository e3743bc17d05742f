"""The joint arbitration review of an agreement (仲裁审查): application, window and the commission's days."""

from datetime import date, datetime

from casework.commands.deadlines import meet_rule, set_deadline
from casework.models import Agreement, Case, Deadline, DeadlineState, Referral, User
from mediation.commands.papers import issue_when_known

MATTER, APPLICATION = "ARBITRATION_REVIEW", "D17"
WINDOW, ORDINARY, EXTENDED = "A-04", "A-05", "A-05x"
ENDS = ("ISSUED", "RESULT", "REFUSED", "WITHDRAWN")


def apply(referral: Referral, *, by: User, at: datetime) -> None:
    """The application of both sides goes along with a review; nothing for any other matter."""
    if referral.matter != MATTER:
        return
    found = Agreement.objects.filter(case=referral.case, effective_on__isnull=False).last()
    if found is not None:
        issue_when_known(APPLICATION, referral.case, subject_id=found.pk, by=by, at=at)


def filed(case: Case, *, on: date, by: User, at: datetime) -> None:
    """Both sides applied on a day: the window of fifteen days is used (办案规则 74)."""
    meet_rule(case, WINDOW, by=by, at=at, on=on)


def accepted(
    case: Case, *, on: date, by: User, at: datetime, referral: Referral | None = None
) -> None:
    """The commission took it: five working days, ten with the extension (办案规则 76). Once a case:
    what its liaison answered and what we wrote down ourselves start one pair of clocks.
    """
    running = Deadline.objects.filter(case=case, rule=ORDINARY, state=DeadlineState.OPEN)
    if running.exists():
        return
    for rule in (ORDINARY, EXTENDED):
        set_deadline(
            case, rule, start=on, start_event="review_accepted", referral=referral, by=by, at=at
        )


def ended(case: Case, *, on: date, by: User, at: datetime) -> None:
    """The statement was issued, or the review ended without one."""
    meet_rule(case, ORDINARY, EXTENDED, by=by, at=at, on=on)
