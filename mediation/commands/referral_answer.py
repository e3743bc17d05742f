"""The office's side of a referral: what signing, the answers and the result mean.

`done`, where it is given: when the office itself acted, if that is written down later (a reply on
paper). Its clocks, and the days that it spent, count from there.
"""

from datetime import date, datetime
from decimal import Decimal

from casework import clock
from casework.commands import referral_answer as file
from casework.commands.deadline_moves import pause_deadline
from casework.commands.deadlines import meet_rule
from casework.commands.referral_hand_on import pass_on
from casework.models import Referral, User
from casework.referral_protocol import Act
from documents.issue import issue
from mediation.commands import joint_review
from mediation.commands import referral_clocks as clocks
from mediation.commands.neighbour import ANSWER_TO_LETTER, follow_to_the_end
from mediation.commands.referral import send_if_free


def sign(referral: Referral, *, by: User, at: datetime, done: datetime | None = None) -> None:
    """Signed for: the clock of the answer starts; 3 working days for a group, 1 in an emergency."""
    on = clock.day(done or at)
    file.sign_for(referral, by=by, at=at, done=done)
    meet_rule(referral.case, clocks.SIGN, by=by, at=at, on=on, referral=referral)
    clocks.started(referral, clocks.ANSWER, "signed_for", on=on, by=by, at=at)


def accept(
    referral: Referral,
    *,
    own_number: str,
    handler: str,
    expected_on: date | None,
    by: User,
    at: datetime,
    done: datetime | None = None,
) -> None:
    """The office takes it on: its own procedure's clocks start."""
    on = clock.day(done or at)
    file.accept(
        referral, own_number=own_number, handler=handler, expected_on=expected_on, by=by, at=at,
        done=done,
    )  # fmt: skip
    ended = (clocks.ANSWER, ANSWER_TO_LETTER, *clocks.ON_SENDING.get(referral.matter, ()))
    meet_rule(referral.case, *ended, by=by, at=at, on=on, referral=referral)
    rules = clocks.ON_ACCEPTING.get(referral.matter, ())
    clocks.start_procedure(referral, rules, "inspection_filed", on=on, by=by, at=at)
    if referral.matter == joint_review.MATTER:
        sent = clock.day(referral.sent_at) if referral.sent_at else on
        joint_review.filed(referral.case, on=sent, by=by, at=at)
        joint_review.accepted(referral.case, on=on, referral=referral, by=by, at=at)
    follow_to_the_end(referral, by=by, at=at)
    _receipt(referral, by, at)


def give_back(
    referral: Referral,
    *,
    missing: list[str],
    by: User,
    at: datetime,
    done: datetime | None = None,
) -> None:
    """Returned once and in full: this referral's clock stops, the worker's never does."""
    on = clock.day(done or at)
    file.give_back(referral, missing=missing, by=by, at=at, done=done)
    for row in clocks.answer_clock(referral):
        pause_deadline(
            row, ground="returned for material", second_person=str(referral.office),
            by=by, at=at, on=on,
        )  # fmt: skip
    clocks.started(referral, clocks.SUPPLY, "returned_for_material", on=on, by=by, at=at)
    _receipt(referral, by, at)


def decline(
    referral: Referral,
    *,
    reason_code: str,
    reason: str,
    by: User,
    at: datetime,
    done: datetime | None = None,
) -> None:
    """The office does not take it, and says why."""
    file.decline(referral, reason_code=reason_code, reason=reason, by=by, at=at, done=done)
    clocks.end_clocks(referral, by, at, on=clock.day(done or at))
    _receipt(referral, by, at)


def redirect(
    referral: Referral,
    *,
    matter: str,
    reason: str,
    by: User,
    at: datetime,
    done: datetime | None = None,
) -> Referral | None:
    """The office names who should take it: a new referral with its history. None: to the meeting."""
    passes = file.redirect(referral, reason=reason, by=by, at=at, done=done)
    clocks.end_clocks(referral, by, at, on=clock.day(done or at))
    made = None
    if passes:
        made = pass_on(referral, Act.REDIRECT, matter=matter, by=by, at=at)
        send_if_free(made, by=by, at=at)
    _receipt(referral, by, at)
    return made


def result(
    referral: Referral,
    *,
    code: str,
    words: str,
    on: date,
    by: User,
    at: datetime,
    number: str = "",
    yuan: Decimal | None = None,
    done: datetime | None = None,
) -> None:
    """The office's result, with its document's number and the sum (yuan) if there is one: its clocks end."""
    file.give_result(
        referral, result=code, words=words, on=on, number=number, yuan=yuan, by=by, at=at,
        done=done,
    )  # fmt: skip
    clocks.end_clocks(referral, by, at, on=clock.day(done or at))
    _receipt(referral, by, at)


def _receipt(referral: Referral, by: User, at: datetime) -> None:
    """The reply slip as a paper (D04): it carries the pack's hash and the office's receipt."""
    issue("D04", case=referral.case, subject_id=referral.pk, by=by, at=at)
