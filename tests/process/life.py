"""What people can do to one case, as data; and what must be true of it after every act (I1-I9, I17)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from casework import clock
from casework.commands.agreement_text import content_sha256
from casework.commands.signing import unsigned
from casework.events import verify
from casework.models import (
    Agreement,
    Case,
    Deadline,
    Event,
    Payment,
    Service,
    Session,
    Side,
    Timer,
)  # fmt: skip
from casework.queries import calendar
from casework.queries.status import headline
from mediation.commands.closing import untold
from mediation.models import Process, Task

CLOSING = {"ClosingFlow"}
ELSEWHERE = {"ClosingFlow", "AftercareFlow", "ReferralFlow", "FollowupFlow"}
AFTER_CLOSING = {"P-06", "P-07"}


def plan(now: Any, yuan: Decimal, parts: int) -> list[dict[str, Any]]:
    """Equal instalments on working days, the last one with the rest."""
    days, each = calendar.current(), (yuan / parts).quantize(Decimal("0.01"))
    sums = [each] * (parts - 1) + [yuan - each * (parts - 1)]
    first = clock.day(now)
    return [
        {"due_on": days.next_working(first + timedelta(days=20 * n)).isoformat(), "amount_yuan": str(s)}
        for n, s in enumerate(sums, 1)
    ]  # fmt: skip


def agreed(case: Case) -> Decimal:
    rows = case.claims.filter(outcome="AGREED")
    return sum((row.agreed_yuan or Decimal() for row in rows), Decimal())


def left_to_pay(case: Case) -> Decimal:
    rows = Agreement.objects.filter(case=case, state="IN_FORCE").values_list(
        "instalments__amount_yuan", "instalments__paid_yuan"
    )
    return sum((a - p for a, p in rows if a is not None), Decimal())


def answers(
    case: Case, node: str, now: Any, pick: Callable[[list[Any]], Any]
) -> dict[str, Any]:
    """A plausible answer to an open step; `pick` chooses among possibilities."""
    day = calendar.current().next_working(clock.day(now) + timedelta(days=1)).isoformat()
    record = {
        "rights_read": True,
        "record": "双方到场。",
        "agreed_facts": "欠付属实。",
        "issues": "付款日。",
    }
    choices: dict[str, list[dict[str, Any]]] = {
        "triage": [
            {"classes": ["DISPUTE"], "main_cause": "A02.01", "district": "两江新区",
             "priority": "NORMAL", "route": route} for route in ("MEDIATION", "MEDIATION", "ELSEWHERE")
        ],
        "see_through": [{"decision": d, "reason": "-"} for d in ("MEDIATION", "CLOSE")],
        "receive_application": [{"agreeing": ["R1"]}, {"agreeing": []}],
        "decide_acceptance": [
            {"decision": "ACCEPT"}, {"decision": "ACCEPT"}, {"decision": "ASK", "missing": "流水"},
            {"decision": "REFUSE", "ground": "OUT_OF_SCOPE", "reason": "不属于"},
        ],
        "supply_materials": [{"words": "流水"}, {"decision": "REFUSE", "words": "未补"}],
        "approve_refusal": [{"decision": "REFUSE"}, {"decision": "BACK"}],
        "appoint": [{"mediator": "heminzhi"}, {"mediator": "heminzhi", "recorder": "tangning"}],
        "notify": [{"on_day": day, "at_time": "09:30", "place": "调解室一"}],
        "hold_session": [
            {"result": r, "reason": "差距过大", "extend_days": 25, "worker_signed": True,
             "employer_signed": True, **record}
            for r in ("SETTLED", "SETTLED", "NOT_SETTLED", "ANOTHER", "NOT_HELD", "EXTENDED", "WITHDRAWN")
        ],
        "limit_reached": [
            {"decision": "END", "reason": "期满"},
            {"decision": "EXTENDED", "reason": "同意", "extend_days": 40, "worker_signed": True,
             "employer_signed": True},
        ],
        "draft": [
            {"instalments": plan(now, agreed(case), parts), "no_unlawful_waiver": True,
             "accelerates": True} for parts in (1, 2)
        ],
        "make_ready": [{"read_by_both": True}, {"decision": "CHANGE", "reason": "改日期"}],
        "collect_signatures": [
            {"signed_by": ["W01", "R1", "mediator"]}, {"signed_by": ["W01"]}, {"signed_by": ["R1"]},
            {"decision": "NOT_SIGNED", "reason": "反悔"}, {"decision": "CHANGE", "reason": "改数"},
        ],
        "seal": [{"decision": "SEAL"}, {"decision": "SEAL"}, {"decision": "CHANGE", "reason": "错字"}],
        "watch": [
            {"what": "PAYMENT", "amount_yuan": str(left_to_pay(case)), "proof": "流水"},
            {"what": "PAYMENT", "amount_yuan": "100.00", "proof": "流水"}, {"what": "DUNNED"},
            {"what": "DEFAULT"}, {"what": "PROCEEDING", "kind": "PAYMENT_ORDER", "step": "FILED"},
        ],
        "report": [
            {"outcome": o, "words": "报结。"} for o in ("FAILED", "AGREED_PERFORMED", "SETTLED_PRIVATELY")
        ],
        "decide_closing": [{"decision": "CLOSE"}, {"decision": "CLOSE", "aftercare": True}, {"decision": "BACK"}],
        "visit": [
            {"reached": True, "satisfied": "satisfied"}, {"reached": False},
            {"reached": True, "satisfied": "not_satisfied"},
        ],
        "reopen": [
            {"decision": d, "ground": "NEW_FACT", "words": "-", "to": to}
            for d, to in (("REOPEN", "REPORT"), ("REOPEN", "MEDIATION"), ("REOPEN", "FOLLOWUP"), ("KEEP", ""))
        ],
        "archive": [{"complete": True}],
        "ask": [{"decision": "MORE", "words": "-"}, {"decision": "OVER", "words": "-"}],
        "decide": [{"decision": "STAY", "reason": "-"}, {"decision": "REPLACE", "reason": "-"}],
        "replace": [{"mediator": "tangning"}, {"mediator": "heminzhi"}],
    }  # fmt: skip
    return dict(pick(choices[node]))


ACTS: list[tuple[str, str, dict[str, Any]]] = [
    ("dengchuan", "hearing.withdraw", {"reason": "撤回"}),
    ("heminzhi", "hearing.note", {"about": "worker", "text": "记"}),
    ("heminzhi", "hearing.extend", {"extend_days": 30, "worker_signed": True, "employer_signed": True,
                                    "reason": "同意"}),
    ("dengchuan", "hearing.deliver_end", {"way": "post", "reason": "未成"}),
    ("dengchuan", "closing.begin_closing", {"outcome": "FAILED", "words": "报结。"}),
    ("dengchuan", "closing.ask_reopening", {"ground": "NEW_FACT", "words": "新情况"}),
    ("dengchuan", "acceptance.contact", {"party": "R1", "way": "phone", "reached": True, "answer": "AGREES"}),
    ("dengchuan", "acceptance.contact", {"party": "R1", "way": "visit", "reached": True, "answer": "REFUSES"}),
    ("dengchuan", "recusal.ask", {"asked_by": "WORKER", "ground": "OTHER", "words": "同村"}),
    ("dengchuan", "aftercare.follow", {"kind": "ARBITRATION", "step": "FILED"}),
    ("dengchuan", "correction.receipt", {"received_on": "2026-03-02", "reason": "登记有误"}),
]  # fmt: skip


def broken(case: Case, now: Any, seen: dict[int, Any]) -> Iterator[str]:
    """Every invariant that does not hold, by its number."""
    tasks = Task.objects.filter(case=case, is_open=True).select_related("process")
    human = [task for task in tasks if task.flow_task_type == "HUMAN"]
    timers = Timer.objects.filter(case=case, state="PENDING")
    if case.closed_on is None:
        if case.district_id is None:
            yield "I1: nobody's case"
        if not human and not timers.exists():
            yield "I2: an open case that nothing and nobody moves"
    if any(task.owner_id is None and not task.role for task in human):
        yield "I1: a task without owner or role"
    yield from _closed(case, human, timers)
    yield from _clocks(case, now, seen, tasks, timers)
    yield from _ledger(case)
    for agreement in Agreement.objects.filter(case=case):
        yield from _agreement(agreement)
    if case.status != headline(case):
        yield f"the headline is {headline(case)}, stored {case.status}"


def _closed(case: Case, human: list[Any], timers: Any) -> Iterator[str]:
    if case.closed_on is None:
        return
    followed = ELSEWHERE if case.aftercare_on else CLOSING
    for task in human:
        if task.process.flow_class.__name__ not in followed:
            yield f"I4: {task.flow_task.name} is open on a closed case"
    for timer in timers.select_related("deadline"):
        if not case.aftercare_on and (
            not timer.deadline or timer.deadline.rule not in AFTER_CLOSING
        ):
            yield f"I4: a clock ({timer.kind}) waits on a closed case"
    if untold(case):
        yield "I17: closed, and the workers were not told the time left"
    late = Service.objects.filter(case=case, document="D13", voided_at__isnull=True,
                                  served_on__gt=case.closed_on)  # fmt: skip
    if case.failed_on and late.exists() and not case.reopen_count:
        yield "I17: told after the closing"


def _clocks(
    case: Case, now: Any, seen: dict[int, Any], tasks: Any, timers: Any
) -> Iterator[str]:
    for row in Deadline.objects.filter(case=case).select_related("supersedes"):
        if seen.setdefault(row.pk, row.due) != row.due:
            yield f"I5: {row.rule} was edited"
        if (
            row.supersedes
            and row.due < row.supersedes.due
            and row.start == row.supersedes.start
        ):
            yield f"I5: {row.rule} moved backward"
    for timer in timers:
        if timer.due_at <= now:
            yield f"I6: a clock ({timer.kind}) of {timer.due_at} has not rung"
    waiting = {task.pk: task.scheduled for task in tasks if task.status == "SCHEDULED"}
    mirrored = dict(timers.filter(task_id__isnull=False).values_list("task_id", "due_at"))
    if waiting != mirrored:
        yield "I6: tasks and clocks differ"


def _ledger(case: Case) -> Iterator[str]:
    if wrong := verify(case.pk):
        yield f"the chain: {wrong}"
    times = list(Event.objects.filter(case=case).order_by("seq").values_list("at", flat=True))
    if times != sorted(times):
        yield "I7: time runs backward in the ledger"


def _agreement(agreement: Agreement) -> Iterator[str]:
    rows = list(agreement.instalments.all())
    if sum((row.amount_yuan for row in rows), Decimal()) != agreement.total_yuan:
        yield "I8: the instalments do not add up"
    for row in rows:
        paid = Payment.objects.filter(instalment=row, voided_at__isnull=True)
        if sum((each.amount_yuan for each in paid), Decimal()) != row.paid_yuan:
            yield "I8: a payment belongs to no instalment"
    if agreement.state == "IN_FORCE":
        missing, mediator = unsigned(agreement)
        hashes = set(agreement.signatures.values_list("content_sha256", flat=True))
        if missing or mediator or agreement.sealed_at is None:
            yield "I9: in force without every signature and the seal"
        if (
            hashes != {agreement.content_sha256}
            or content_sha256(agreement) != agreement.content_sha256
        ):
            yield "I9: signed is another text than the one in force"


def one_session_at_most(case: Case) -> bool:
    """Planned sessions of a case, and running processes of a stage: one at most."""
    running = [
        row.flow_class.__name__
        for row in Process.objects.filter(case=case, finished__isnull=True)
    ]
    doubled = {name for name in running if running.count(name) > 1} - {
        "ReferralFlow",
        "ClosingFlow",
    }
    return not doubled and Session.objects.filter(case=case, state="PLANNED").count() <= 1


def both_sides(case: Case) -> bool:
    return {row.side for row in case.parties.all()} == {Side.WORKER, Side.EMPLOYER}
