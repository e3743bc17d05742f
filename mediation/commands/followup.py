"""Follow-up: clocks of payment, dunning, default, proceedings; until the last fen is paid."""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from casework import clock
from casework.commands import payments, waiver
from casework.commands import performance as file
from casework.commands import proceeding as proceedings
from casework.commands.deadlines import (
    lapse_deadline,
    lapse_rule,
    meet_rule,
    miss_deadline,
    set_deadline,
    void_rule,
)
from casework.commands.payments import Money
from casework.events import Kind, record
from casework.models import (
    Agreement,
    AgreementState,
    Case,
    Deadline,
    DeadlineState,
    Instalment,
    InstalmentState,
    Payment,
    Timer,
    User,
)
from casework.queries.of_case import open_deadlines_of, plan_of
from documents import storage, uploads
from documents.issue import issue
from mediation.commands import joint_review
from mediation.commands.pay_days import GRACE, set_clocks, set_grace
from mediation.engine.ring import rings

WINDOW_OVER = "window.over"
CONFIRMATION, REVIEW = "A-01", "A-04"
# What a step before the court starts, and what it ends.
STARTS = {
    ("PAYMENT_ORDER", "FILED"): "A-06a",
    ("PAYMENT_ORDER", "ACCEPTED"): "A-06b",
    ("PAYMENT_ORDER", "SERVED"): "A-06c",
}
ENDS = {
    ("PAYMENT_ORDER", "ACCEPTED"): "A-06a",
    ("PAYMENT_ORDER", "ISSUED"): "A-06b",
    ("PAYMENT_ORDER", "OBJECTED"): "A-06c",
}
EVENTS = {"A-06a": "payment_order_applied", "A-06b": "court_accepted", "A-06c": "order_served"}
WINDOWS = {"CONFIRMATION": CONFIRMATION, "REVIEW": REVIEW}


WAITED_FOR = (InstalmentState.PENDING, InstalmentState.DUE, InstalmentState.LATE)


def set_up(activation: Any) -> None:
    """At the moment of effect: the two joint windows, and a clock for every pay day."""
    case, at = activation.process.case, clock.now()
    agreement = Agreement.objects.get(case=case, state=AgreementState.IN_FORCE)
    for rule in (CONFIRMATION, REVIEW):
        set_deadline(
            case,
            rule,
            start=agreement.effective_on or clock.day(at),
            start_event="agreement_in_force",
            ring=WINDOW_OVER,
            by=None,
            at=at,
        )
    for row in agreement.instalments.all():
        set_clocks(case, row.due_on, at)


def next_day(process: Any) -> date | None:
    """The day on which somebody looks at the payments next: a pay day, or after dunning the end of the grace."""
    days = [row.due_on for row in plan_of(process.case) if row.state in WAITED_FOR]
    graces = [row.due for row in open_deadlines_of(process.case) if row.rule == GRACE]
    return min(days + graces, default=None)


@rings(WINDOW_OVER)
def window_over(timer: Timer, at: datetime) -> None:
    """Nobody asked for confirmation or review while they could: the window is closed.

    Source: 《人民调解法》第三十三条（三十日）、《劳动人事争议仲裁办案规则》第七十四条（十五日）.
    """
    if timer.deadline is not None:
        lapse_deadline(timer.deadline, by=None, at=at, ground=_("nobody applied"))


@rings("grace.over")
def grace_over(timer: Timer, at: datetime) -> None:
    """The days of grace are over: somebody must decide about the default."""
    if timer.deadline is not None and timer.deadline.state == DeadlineState.OPEN:
        miss_deadline(timer.deadline, by=None, at=at)
    record(timer.case, Kind.ESCALATED, by=None, at=at, rule=GRACE)


def pay(
    case: Case,
    money: Money,
    *,
    slip: tuple[str, bytes] | None = None,
    by: User,
    at: datetime,
) -> str:
    """Money arrived. Answers ALL_PAID or PAYMENT. `slip`: name and bytes of a bank slip, kept cleaned."""
    if slip:
        money = replace(money, file=_kept(slip))
    done = payments.record_payment(case, money, by=by, at=at)
    for row in Deadline.objects.filter(
        case=case, rule=GRACE, state=DeadlineState.OPEN, instalment__state="PAID"
    ):
        meet_rule(case, GRACE, by=by, at=at, on=money.on, instalment=row.instalment)
    if done:
        _all_settled(case, by, at)
    return "ALL_PAID" if done else "PAYMENT"


def _kept(slip: tuple[str, bytes]) -> tuple[str, str]:
    name, data = slip
    made = uploads.cleaned(data).data
    digest = hashlib.sha256(made).hexdigest()
    storage.write(made, digest)
    return digest, name


def waive(
    case: Case, *, number: int | None, reason: str, in_writing: bool, by: User, at: datetime
) -> str:
    """The workers give up the rest of an instalment. Answers ALL_PAID or PAYMENT."""
    _left, done = waiver.waive(
        case, number=number, reason=reason, in_writing=in_writing, by=by, at=at
    )
    for row in Deadline.objects.filter(
        case=case, rule=GRACE, state=DeadlineState.OPEN, instalment__state="WAIVED"
    ):
        void_rule(case, GRACE, by=by, at=at, ground=reason, instalment=row.instalment)
    if done:
        _all_settled(case, by, at)
    return "ALL_PAID" if done else "PAYMENT"


def _all_settled(case: Case, by: User, at: datetime) -> None:
    for rule in (CONFIRMATION, REVIEW):
        lapse_rule(case, rule, by=by, at=at, ground=_("performed in full"))
    for rule in ("A-06a", "A-06b", "A-06c", "A-07"):
        void_rule(case, rule, by=by, at=at, ground="paid")


def dun(case: Case, *, by: User, at: datetime) -> None:
    """Send the dunning letter (D34)."""
    row: Instalment = file.dun(case, by=by, at=at)
    grace = Deadline.objects.filter(instalment=row, rule=GRACE).order_by("-id").first()
    keys: dict[str, Any] = {"pay_by": grace.due} if grace else {}
    issue("D34", case=case, subject_id=row.pk, by=by, at=at, **keys)


def default(case: Case, *, by: User, at: datetime) -> None:
    """Confirm the default; the grace must be over."""
    waiting = Deadline.objects.filter(case=case, rule=GRACE, state=DeadlineState.OPEN).exists()
    file.confirm_default(case, grace_over=not waiting, by=by, at=at)


def follow(
    case: Case, *, kind: str, step: str, on: date, by: User, at: datetime, **more: Any
) -> None:
    """A step before a court or commission, and the clocks that it starts and ends."""
    proceedings.follow(case, kind=kind, step=step, on=on, by=by, at=at, **more)
    if rule := ENDS.get((kind, step)):
        meet_rule(case, rule, by=by, at=at, on=on)
    if rule := STARTS.get((kind, step)):
        set_deadline(case, rule, start=on, start_event=EVENTS[rule], by=by, at=at)
    if kind == "ENFORCEMENT" and step == "FILED":
        for rule in ("A-06c", "A-07"):
            meet_rule(case, rule, by=by, at=at, on=on)
    if step == "FILED" and kind in WINDOWS:
        meet_rule(case, WINDOWS[kind], by=by, at=at, on=on)
    if kind == "REVIEW" and step == "ACCEPTED":
        joint_review.accepted(case, on=on, by=by, at=at)
    if kind == "REVIEW" and step in joint_review.ENDS:
        joint_review.ended(case, on=on, by=by, at=at)


def void_payment(payment: Payment, *, reason: str, by: User, at: datetime) -> None:
    """A payment was wrong: void it, and let its pay day ring again if it lies ahead."""
    row = payment.instalment
    payments.void_payment(payment, reason=reason, by=by, at=at)
    row.refresh_from_db()
    case = row.agreement.case
    if row.state == "PENDING":
        set_clocks(case, row.due_on, at)
    elif row.state == "LATE":
        set_grace(case, row, by=by, at=at)
