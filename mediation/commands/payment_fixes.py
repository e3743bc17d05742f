"""Payments recorded wrongly: voided, or voided and recorded as they were; the plan and its watch follow."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from casework.commands.base import CommandRefused
from casework.commands.payments import Money
from casework.commands.performance import SETTLED, plan_of
from casework.models import Case, Payment, User
from mediation.commands import followup
from mediation.commands.closing import other_closings
from mediation.engine import run
from mediation.engine.clocks import mirror


class OpenAgainFirst(CommandRefused):
    """The case is closed: ask to open it again first."""


class SameAsBefore(CommandRefused):
    """This is what is recorded already."""


@transaction.atomic
def void(payment: Payment, *, reason: str, by: User, at: datetime) -> str:
    """No such payment came. Answers where the watch of the plan stands: see `_after`. Raises: NeedsReason."""
    case = payment.instalment.agreement.case
    was_settled = settled(case)
    followup.void_payment(payment, reason=reason, by=by, at=at)
    return _after(case, was_settled)


@transaction.atomic
def correct(payment: Payment, money: Money, *, reason: str, by: User, at: datetime) -> str:
    """The payment was another one: the wrong record stays, marked void, beside the right one.

    Answers where the watch of the plan stands. Raises: NeedsReason, SameAsBefore, PaidTooMuch.
    """
    kept = replace(
        money, by_enforcement=payment.by_enforcement, party=payment.party,
        file=(payment.proof_sha256, payment.proof_name),
    )  # fmt: skip
    if (kept.yuan, kept.on, kept.proof) == (
        payment.amount_yuan, payment.paid_on, payment.proof,
    ):  # fmt: skip
        raise SameAsBefore
    case = payment.instalment.agreement.case
    was_settled = settled(case)
    followup.void_payment(payment, reason=reason, by=by, at=at)
    followup.pay(case, kept, by=by, at=at)
    return _after(case, was_settled)


def settled(case: Case) -> bool:
    """Whether nothing of the plan is open."""
    return all(row.state in SETTLED for row in plan_of(case))


def _after(case: Case, was_settled: bool) -> str:
    """ALL_PAID: closing comes next; WATCH_AGAIN: money is open again; CORRECTED: as it was."""
    is_settled = settled(case)
    if is_settled and not was_settled:
        run.cancel_flows(case, "followup")
        return "ALL_PAID"
    if was_settled and not is_settled:
        for process in other_closings(case, None):
            run.cancel_process(process)
        return "WATCH_AGAIN"
    mirror(case.pk)
    return "CORRECTED"
