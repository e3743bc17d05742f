"""Money that arrived: counted towards the oldest instalment first, for all or for one worker; and voided."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.performance import SETTLED, move, plan_of
from casework.events import Kind, record
from casework.models import Case, Instalment, InstalmentState, Party, Payment, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A payment as it came. `party`: it was for this worker alone; `file`: hash and name of a kept proof."""

    yuan: Decimal
    on: date
    proof: str = ""
    by_enforcement: bool = False
    party: Party | None = None
    file: tuple[str, str] = ("", "")


class PaidTooMuch(CommandRefused):
    """This is more than what is still to be paid."""


class NoShare(CommandRefused):
    """This worker has no share in what is still to be paid."""


class NeedsReason(CommandRefused):
    """Say why this payment is void."""


@transaction.atomic
def record_payment(case: Case, money: Money, *, by: User, at: datetime) -> bool:
    """Money arrived: it goes to the oldest unpaid instalment first. True when all is paid.

    For one worker of a group it goes to that worker's own shares, oldest first. Raises: NoPlan,
    PaidTooMuch, NoShare.
    """
    lock_case(case.pk)
    rows = [row for row in plan_of(case) if row.state not in SETTLED]
    parts = _parts(rows, money)
    told: dict[str, Any] = {"party": money.party.ref} if money.party else {}
    record(
        case, Kind.PAYMENT_RECORDED, by=by, at=at, yuan=money.yuan, on=money.on,
        by_enforcement=money.by_enforcement, proof=money.proof, proof_sha256=money.file[0],
        **told,
    )  # fmt: skip
    for row, part in parts:
        _pay(row, part, money, by=by, at=at)
    return _finish(case, by, at)


def _parts(rows: list[Instalment], money: Money) -> list[tuple[Instalment, Decimal]]:
    """How the money is divided. Raises: PaidTooMuch, NoShare."""
    left = [(row, row.amount_yuan - row.paid_yuan) for row in rows]
    if money.party:
        left = [(row, min(most, _share_left(row, money.party))) for row, most in left]
        if not any(most for _row, most in left):
            raise NoShare(field="member")
    if money.yuan > sum((most for _row, most in left), Decimal()):
        raise PaidTooMuch(field="amount_yuan")
    rest, parts = money.yuan, []
    for row, most in left:
        part = min(rest, most)
        if part > 0:
            parts.append((row, part))
            rest -= part
    return parts


def _share_left(row: Instalment, party: Party) -> Decimal:
    share = row.shares.filter(party=party).first()
    if share is None:
        return Decimal()
    got = row.payments.filter(party=party, voided_at__isnull=True)
    paid: Decimal = got.aggregate(yuan=Sum("amount_yuan"))["yuan"] or Decimal()
    return share.amount_yuan - paid


def _pay(row: Instalment, part: Decimal, money: Money, *, by: User, at: datetime) -> None:
    Payment.objects.create(
        instalment=row, paid_on=money.on, amount_yuan=part, party=money.party,
        by_enforcement=money.by_enforcement, proof=money.proof, proof_sha256=money.file[0],
        proof_name=money.file[1][:80], recorded_by=by,
    )  # fmt: skip
    row.paid_yuan += part
    if row.paid_yuan == row.amount_yuan:
        row.paid_on = money.on
        move(row, InstalmentState.PAID, Kind.INSTALMENT_PAID, by=by, at=at, on=money.on)
    else:
        row.save()


def _finish(case: Case, by: User, at: datetime) -> bool:
    done = all(row.state in SETTLED for row in plan_of(case))
    if done:
        record(case, Kind.AGREEMENT_PERFORMED, by=by, at=at)
    return done


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
