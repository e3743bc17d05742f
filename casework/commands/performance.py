"""Carrying an agreement out: due, paid, late, dunned, defaulted, accelerated; and corrections."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import (
    Agreement,
    AgreementState,
    Case,
    Instalment,
    InstalmentState,
    Payment,
    User,
)

SETTLED = (InstalmentState.PAID, InstalmentState.WAIVED)
OVERDUE = (InstalmentState.LATE, InstalmentState.DUNNED, InstalmentState.DEFAULTED)


class NoPlan(CommandRefused):
    """No agreement of this case is in force."""


class PaidTooMuch(CommandRefused):
    """This is more than what is still to be paid."""


class NotLate(CommandRefused):
    """No instalment is late."""


class NotDunned(CommandRefused):
    """Send the dunning letter first, and let its days pass."""


class NeedsReason(CommandRefused):
    """Say why this payment is void."""


def plan_of(case: Case) -> list[Instalment]:
    """The instalments in force, in order. Raises: NoPlan."""
    agreement = Agreement.objects.filter(case=case, state=AgreementState.IN_FORCE).first()
    if agreement is None:
        raise NoPlan
    return list(
        Instalment.objects.select_for_update().filter(agreement=agreement).order_by("number")
    )


def _move(
    row: Instalment,
    state: InstalmentState,
    kind: Kind,
    *,
    by: User | None,
    at: datetime,
    **told: Any,
) -> None:
    row.state = state
    row.states = [*row.states, str(state)]
    row.save()
    record(
        row.agreement.case, kind, by=by, at=at, number=row.number, yuan=row.amount_yuan, **told
    )


@transaction.atomic
def pass_day(case: Case, *, on: date, at: datetime) -> list[Instalment]:
    """Pay days that have come are due, those that are over are late; answers the newly late ones."""
    lock_case(case.pk)
    late = []
    for row in plan_of(case):
        if row.state == InstalmentState.PENDING and row.due_on <= on:
            _move(row, InstalmentState.DUE, Kind.INSTALMENT_DUE, by=None, at=at)
        if row.state == InstalmentState.DUE and row.due_on < on:
            _move(row, InstalmentState.LATE, Kind.INSTALMENT_LATE, by=None, at=at)
            late.append(row)
    return late


@transaction.atomic
def record_payment(
    case: Case,
    *,
    amount_yuan: Decimal,
    paid_on: date,
    proof: str,
    by_enforcement: bool,
    by: User,
    at: datetime,
) -> bool:
    """Money arrived: it goes to the oldest unpaid instalment first. True when all is paid.

    Raises: NoPlan, PaidTooMuch.
    """
    lock_case(case.pk)
    rows = [row for row in plan_of(case) if row.state not in SETTLED]
    open_yuan = sum((row.amount_yuan - row.paid_yuan for row in rows), Decimal())
    if amount_yuan > open_yuan:
        raise PaidTooMuch(field="amount_yuan")
    record(
        case,
        Kind.PAYMENT_RECORDED,
        by=by,
        at=at,
        yuan=amount_yuan,
        on=paid_on,
        by_enforcement=by_enforcement,
        proof=proof,
    )
    rest = amount_yuan
    for row in rows:
        part = min(rest, row.amount_yuan - row.paid_yuan)
        if part > 0:
            _pay(
                row,
                part,
                paid_on=paid_on,
                proof=proof,
                by_enforcement=by_enforcement,
                by=by,
                at=at,
            )
            rest -= part
    return _finish(case, by, at)


def _pay(
    row: Instalment,
    part: Decimal,
    *,
    paid_on: date,
    proof: str,
    by_enforcement: bool,
    by: User,
    at: datetime,
) -> None:
    Payment.objects.create(
        instalment=row,
        paid_on=paid_on,
        amount_yuan=part,
        by_enforcement=by_enforcement,
        proof=proof,
        recorded_by=by,
    )
    row.paid_yuan += part
    if row.paid_yuan == row.amount_yuan:
        row.paid_on = paid_on
        _move(row, InstalmentState.PAID, Kind.INSTALMENT_PAID, by=by, at=at, on=paid_on)
    else:
        row.save()


def _finish(case: Case, by: User, at: datetime) -> bool:
    done = all(row.state in SETTLED for row in plan_of(case))
    if done:
        record(case, Kind.AGREEMENT_PERFORMED, by=by, at=at)
    return done


@transaction.atomic
def dun(case: Case, *, by: User, at: datetime) -> Instalment:
    """The dunning letter for the oldest late instalment. Raises: NotLate."""
    lock_case(case.pk)
    row = next((each for each in plan_of(case) if each.state == InstalmentState.LATE), None)
    if row is None:
        raise NotLate
    _move(row, InstalmentState.DUNNED, Kind.INSTALMENT_DUNNED, by=by, at=at)
    return row


@transaction.atomic
def confirm_default(case: Case, *, grace_over: bool, by: User, at: datetime) -> Instalment:
    """The days of grace are over: default; with an acceleration clause everything is due now.

    Raises: NotDunned.
    """
    lock_case(case.pk)
    rows = plan_of(case)
    row = next((each for each in rows if each.state == InstalmentState.DUNNED), None)
    if row is None or not grace_over:
        raise NotDunned
    _move(row, InstalmentState.DEFAULTED, Kind.INSTALMENT_DEFAULTED, by=by, at=at)
    if row.agreement.accelerates:
        for later in rows:
            if later.state in (InstalmentState.PENDING, InstalmentState.DUE):
                later.accelerated_to = clock.day(at)
                _move(
                    later,
                    InstalmentState.ACCELERATED,
                    Kind.INSTALMENT_ACCELERATED,
                    by=by,
                    at=at,
                )
    record(case, Kind.DEFAULT_DECIDED, by=by, at=at, number=row.number)
    return row


@transaction.atomic
def void_payment(payment: Payment, *, reason: str, by: User, at: datetime) -> None:
    """A payment was recorded wrongly: it stays, marked void, and the plan is as before it.

    Raises: NeedsReason.
    """
    row = payment.instalment
    case = lock_case(row.agreement.case_id)
    if not reason.strip():
        raise NeedsReason(field="reason")
    payment.voided_at, payment.voided_why = at, reason
    payment.save(update_fields=["voided_at", "voided_why"])
    row.refresh_from_db()
    row.paid_yuan -= payment.amount_yuan
    if row.state == InstalmentState.PAID:
        row.paid_on, row.state = None, _state_on(row, clock.day(at))
        row.states = [*row.states, str(row.state)]
    row.save()
    record(
        case,
        Kind.PAYMENT_VOIDED,
        by=by,
        at=at,
        number=row.number,
        yuan=payment.amount_yuan,
        reason=reason,
    )


def _state_on(row: Instalment, on: date) -> InstalmentState:
    """Where an unpaid instalment stands on a day."""
    if row.accelerated_to:
        return InstalmentState.ACCELERATED
    if row.due_on > on:
        return InstalmentState.PENDING
    return InstalmentState.DUE if row.due_on == on else InstalmentState.LATE
