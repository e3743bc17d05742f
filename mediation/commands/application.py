"""Applications that the union draws up for the worker after an agreement: D16, D17, D18, D19."""

from datetime import date, datetime
from typing import Any, NamedTuple

from casework import clock
from casework.commands.base import CommandRefused
from casework.commands.deadlines import set_deadline
from casework.commands.terms import RELATION, agreed_claims
from casework.models import Agreement, AgreementState, Case, Instalment, User
from casework.queries.of_case import agreement_of, open_deadlines_of, plan_of
from documents.issue import issue

# 《劳动争议调解仲裁法》第十六条 names these kinds of money and no other.
MONEY = {
    "WAGES": "拖欠劳动报酬", "INJURY": "工伤医疗费", "SEVERANCE": "经济补偿", "DAMAGES": "赔偿金",
}  # fmt: skip
CONFIRMATION, REVIEW, OBJECTION, ENFORCEMENT = "A-01", "A-04", "A-06c", "A-07"


class NothingUnpaid(CommandRefused):
    """Nothing is due and unpaid today."""


class NoTitle(CommandRefused):
    """Nothing can be enforced yet: that takes a payment order that stands, or a confirmation or review that was granted."""


class WindowOver(CommandRefused):
    """The thirty days to ask for judicial confirmation do not run: not begun, or over."""


class ReviewNotOpen(CommandRefused):
    """Arbitration review is not open: its fifteen days do not run, the agreement confirms a labour relation, or a court confirmed it."""


class Title(NamedTuple):
    """What can be enforced, in the words of the application, and the last day of the performance it orders."""

    words: str
    performance_ends: date


def in_force(case: Case) -> Agreement | None:
    """The agreement that is being carried out."""
    return Agreement.objects.filter(case=case, state=AgreementState.IN_FORCE).first()


def unpaid(case: Case, on: date) -> list[Instalment]:
    """The instalments that are over due on a day, by their own day or by acceleration."""
    return [
        row
        for row in plan_of(case)
        if (row.accelerated_to or row.due_on) < on and row.paid_yuan < row.amount_yuan
    ]


def title_of(case: Case, on: date) -> Title | None:
    """The title to enforce on a day, the strongest first.

    Source: 《民事诉讼法》第二百零六条（司法确认）、第二百二十七条（支付令：十五日内不提出异议又不履行）、
    第二百五十条（执行期间）;《劳动人事争议仲裁办案规则》第七十五条（审查确认的调解书）.
    """
    agreement = in_force(case)
    last = agreement and agreement.instalments.order_by("-due_on").first()
    steps = {(row.kind, row.step): row for row in case.proceedings.order_by("on", "id")}
    for kind, words in (
        ("CONFIRMATION", "确认调解协议有效的民事裁定书"),
        ("REVIEW", "仲裁调解书"),
    ):
        granted = steps.get((kind, "ISSUED"))
        if granted and last:
            return Title(f"{granted.number}{words}", last.due_on)
    served, number = steps.get(("PAYMENT_ORDER", "SERVED")), ""
    clock_row = case.deadlines.filter(rule=OBJECTION).order_by("-id").first()
    if served is None or ("PAYMENT_ORDER", "OBJECTED") in steps or clock_row is None:
        return None
    if clock_row.due >= on:
        return None
    for row in case.proceedings.filter(kind="PAYMENT_ORDER").exclude(number=""):
        number = row.number
    return Title(f"{number}支付令", clock_row.due)


def _named(court: str) -> dict[str, Any]:
    return {"court": court} if court else {}


def ask_confirmation(case: Case, *, court: str = "", by: User, at: datetime) -> None:
    """Draw up the joint application for judicial confirmation (D16). Raises: WindowOver.

    Source: 《人民调解法》第三十三条（三十日内共同申请）.
    """
    agreement = in_force(case)
    runs = case.deadlines.filter(rule=CONFIRMATION, state="OPEN", due__gte=clock.day(at))
    if agreement is None or not runs.exists():
        raise WindowOver
    issue("D16", case=case, subject_id=agreement.pk, by=by, at=at, **_named(court))


def reviewable(case: Case, on: date) -> bool:
    """Whether both sides may ask the commission to review the agreement.

    Source: 《劳动人事争议仲裁办案规则》第七十四条（十五日内共同申请）、第七十五条（不予受理的情形）.
    """
    runs = any(row.rule == REVIEW and row.due >= on for row in open_deadlines_of(case))
    if not runs or agreement_of(case) is None:
        return False
    relation = any(claim.code.startswith(RELATION) for claim in agreed_claims(case))
    confirmed = any(
        row.kind == "CONFIRMATION" and row.step not in ("REFUSED", "WITHDRAWN")
        for row in case.proceedings.all()
    )
    return not relation and not confirmed


def ask_review(case: Case, *, commission: str = "", by: User, at: datetime) -> None:
    """Draw up the joint application for arbitration review (D17). Raises: ReviewNotOpen."""
    agreement = in_force(case)
    if agreement is None or not reviewable(case, clock.day(at)):
        raise ReviewNotOpen
    named: dict[str, Any] = {"commission": commission} if commission else {}
    issue("D17", case=case, subject_id=agreement.pk, by=by, at=at, **named)


def ask_payment_order(
    case: Case, *, money: list[str], court: str = "", by: User, at: datetime
) -> None:
    """Draw up the application for a payment order (D18) over all that is due and unpaid.

    Source: 《劳动争议调解仲裁法》第十六条. Raises: NothingUnpaid.
    """
    agreement = in_force(case)
    if agreement is None or not unpaid(case, clock.day(at)):
        raise NothingUnpaid
    issue(
        "D18", case=case, subject_id=agreement.pk, by=by, at=at,
        kind="、".join(MONEY[code] for code in money), no_counter_duty=True, **_named(court),
    )  # fmt: skip


def ask_enforcement(case: Case, *, court: str = "", by: User, at: datetime) -> None:
    """Draw up the application for enforcement (D19), and set the two years if they do not run.

    Source: 《民事诉讼法》第二百五十条. Raises: NothingUnpaid, NoTitle.
    """
    agreement, today = in_force(case), clock.day(at)
    if agreement is None or not unpaid(case, today):
        raise NothingUnpaid
    title = title_of(case, today)
    if title is None:
        raise NoTitle
    if not case.deadlines.filter(rule=ENFORCEMENT, state="OPEN").exists():
        set_deadline(
            case, ENFORCEMENT, start=title.performance_ends, start_event="performance_ended",
            by=by, at=at,
        )  # fmt: skip
    issue(
        "D19",
        case=case,
        subject_id=agreement.pk,
        by=by,
        at=at,
        title=title.words,
        **_named(court),
    )
