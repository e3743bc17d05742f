"""The office's side of a referral: signed for, answered, reported on."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from casework.commands.base import CommandRefused
from casework.commands.pack import close_packs, countersign
from casework.commands.referral_step import step
from casework.events import Kind, record
from casework.models import Referral, User
from casework.referral_protocol import Act, State

REASONS = (
    "ARBITRATION_FIRST", "NO_JURISDICTION", "NOT_LABOUR_RELATION", "NOT_IN_SCOPE", "LIMITATION_2Y",
    "ALREADY_PENDING", "RES_JUDICATA", "IDENTITY_UNCLEAR", "RESPONDENT_UNCLEAR", "NOT_JOINT",
    "PERIOD_EXPIRED", "CONTENT_UNCLEAR", "AGREEMENT_UNLAWFUL", "NOT_VOLUNTARY",
    "RELATION_NOT_REVIEWABLE", "MEANS_TEST", "NO_NEED_FOR_SUPPORT", "OTHER",
)  # fmt: skip


class UnknownReason(CommandRefused):
    """Choose one of the reasons."""


class NothingMissing(CommandRefused):
    """List what is missing, all of it: it can be asked for once."""


@transaction.atomic
def sign_for(
    referral: Referral, *, by: User, at: datetime, done: datetime | None = None
) -> None:
    """The office has it: its receipt counter-signs the pack. Raises: NotRunning, NotNow.

    `done`, here and below: when the office itself acted, if that is written down later (on paper).
    """
    case = step(referral, Act.SIGN, at=done or at)
    referral.signed_at, referral.signed_by = done or at, by
    referral.save(update_fields=["signed_at", "signed_by"])
    pack = countersign(referral, by=by, at=at)
    record(case, Kind.REFERRAL_SIGNED, by=by, at=at, referral=str(referral.pk),
           office=referral.office.name, pack=pack.sha256, receipt=pack.receipt)  # fmt: skip


@transaction.atomic
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
    """The office takes it, under its own number. Raises: NotRunning, NotNow."""
    case = step(referral, Act.ACCEPT, at=done or at)
    referral.own_number, referral.handler = own_number, handler
    referral.expected_on = expected_on
    _answered(referral, State.ACCEPTED, by, at, done)
    record(case, Kind.REFERRAL_ACCEPTED, by=by, at=at, referral=str(referral.pk),
           office=referral.office.name, own_number=own_number)  # fmt: skip


@transaction.atomic
def give_back(
    referral: Referral,
    *,
    missing: list[str],
    by: User,
    at: datetime,
    done: datetime | None = None,
) -> None:
    """Returned for material, once and in full. Raises: ReturnedBefore, NothingMissing, NotRunning."""
    case = step(referral, Act.RETURN, at=done or at)
    if not missing:
        raise NothingMissing(field="missing")
    referral.missing = missing
    _answered(referral, State.RETURNED, by, at, done)
    record(case, Kind.REFERRAL_RETURNED, by=by, at=at, referral=str(referral.pk),
           office=referral.office.name, missing=missing)  # fmt: skip


@transaction.atomic
def decline(
    referral: Referral,
    *,
    reason_code: str,
    reason: str,
    by: User,
    at: datetime,
    done: datetime | None = None,
) -> None:
    """The office does not take it, with a reason. Raises: NamedByMeeting, UnknownReason, NotRunning."""
    case = step(referral, Act.DECLINE, at=done or at)
    if reason_code not in REASONS:
        raise UnknownReason(field="reason_code")
    referral.reason_code, referral.reason = reason_code, reason
    _answered(referral, State.DECLINED, by, at, done)
    close_packs(referral, why="declined", at=at)
    record(case, Kind.REFERRAL_DECLINED, by=by, at=at, referral=str(referral.pk),
           office=referral.office.name, reason_code=reason_code, reason=reason)  # fmt: skip


@transaction.atomic
def redirect(
    referral: Referral,
    *,
    reason: str,
    by: User,
    at: datetime,
    done: datetime | None = None,
) -> bool:
    """Somebody else's. True: pass it on; False: the third hop, the joint meeting names who decides.

    Raises: NamedByMeeting, NotRunning, NotNow.
    """
    case = step(referral, Act.REDIRECT, at=done or at)
    referral.reason = reason
    _answered(referral, State.REDIRECTED, by, at, done)
    close_packs(referral, why="redirected", at=at)
    record(case, Kind.REFERRAL_REDIRECTED, by=by, at=at, referral=str(referral.pk),
           office=referral.office.name, reason=reason)  # fmt: skip
    return referral.state == State.REDIRECTED


def _answered(
    referral: Referral, answer: State, by: User, at: datetime, done: datetime | None
) -> None:
    """Remember the answer; who answers has received the newest pack."""
    referral.answer, referral.answered_at = answer.value, done or at
    referral.save()
    countersign(referral, by=by, at=at)


@transaction.atomic
def progress(referral: Referral, *, words: str, on: date, by: User, at: datetime) -> None:
    """What the office reports on the way, in plain words. Raises: NotRunning, NotNow."""
    case = step(referral, Act.PROGRESS, at=at)
    record(case, Kind.REFERRAL_PROGRESSED, by=by, at=at, referral=str(referral.pk),
           office=referral.office.name, words=words, on=on)  # fmt: skip


@transaction.atomic
def give_result(
    referral: Referral,
    *,
    result: str,
    words: str,
    on: date,
    by: User,
    at: datetime,
    number: str = "",
    yuan: Decimal | None = None,
    done: datetime | None = None,
) -> None:
    """The office's result, its document and sum (yuan): the referral ends. Raises: NotRunning, NotNow."""
    case = step(referral, Act.GIVE_RESULT, at=done or at)
    referral.result, referral.result_text, referral.result_on = result, words, on
    referral.result_number, referral.result_yuan = number, yuan
    referral.save(
        update_fields=["result", "result_text", "result_on", "result_number", "result_yuan"]
    )
    record(case, Kind.REFERRAL_RESULT, by=by, at=at, referral=str(referral.pk),
           office=referral.office.name, result=result, words=words,
           number=number, yuan=yuan)  # fmt: skip
