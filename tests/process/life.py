"""What people can do to one case, as data."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from casework import clock
from casework.models import Agreement, Case
from casework.queries import calendar


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


CANARY = (
    "底线一万二，勿外传"  # what a caucus note says: nobody but mediators may read it anywhere
)


Pick = Callable[[Sequence[Any]], Any]
RECORD = {
    "rights_read": True,
    "record": "双方到场。",
    "agreed_facts": "欠付属实。",
    "issues": "付款日。",
}
SIGNED = {"worker_signed": True, "employer_signed": True}

ANSWERS: dict[str, list[dict[str, Any]]] = {
    "triage": [
        {"classes": ["DISPUTE"], "main_cause": "A02.01", "district": "两江新区",
         "priority": "NORMAL", "route": route} for route in ("MEDIATION", "ELSEWHERE")
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
    "hold_session": [
        {"result": r, "reason": "差距过大", "extend_days": 25, **SIGNED, **RECORD}
        for r in ("SETTLED", "SETTLED", "NOT_SETTLED", "ANOTHER", "NOT_HELD", "EXTENDED", "WITHDRAWN")
    ],
    "limit_reached": [
        {"decision": "END", "reason": "期满"},
        {"decision": "EXTENDED", "reason": "同意", "extend_days": 40, **SIGNED},
    ],
    "make_ready": [{"read_by_both": True}, {"decision": "CHANGE", "reason": "改日期"}],
    "collect_signatures": [
        {"signed_by": ["W01", "R1", "mediator"]}, {"signed_by": ["W01"]}, {"signed_by": ["R1"]},
        {"decision": "NOT_SIGNED", "reason": "反悔"}, {"decision": "CHANGE", "reason": "改数"},
    ],
    "seal": [{"decision": "SEAL"}, {"decision": "SEAL"}, {"decision": "CHANGE", "reason": "错字"}],
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
    "decide": [{"decision": d, "reason": "-"} for d in ("STAY", "REPLACE", "REPLACE")],
    "replace": [{"mediator": "tangning"}, {"mediator": "heminzhi"}],
}  # fmt: skip


def answers(case: Case, node: str, now: Any, pick: Pick) -> dict[str, Any]:
    """A plausible answer to an open step; `pick` chooses among possibilities."""
    if node in OF_THE_CASE:
        return dict(pick(OF_THE_CASE[node](case, now)))
    return dict(pick(ANSWERS[node]))


def _invitations(_case: Case, now: Any) -> list[dict[str, Any]]:
    day = calendar.current().next_working(clock.day(now) + timedelta(days=1))
    return [{"on_day": day.isoformat(), "at_time": "09:30", "place": "调解室一"}]


def _texts(case: Case, now: Any) -> list[dict[str, Any]]:
    yuan = agreed(case)
    return [
        {"instalments": plan(now, yuan, parts), "no_unlawful_waiver": True, "accelerates": True}
        for parts in (1, 2)
    ]


def _news(case: Case, _now: Any) -> list[dict[str, Any]]:
    return [
        {"what": "PAYMENT", "amount_yuan": str(left_to_pay(case)), "proof": "流水"},
        {"what": "PAYMENT", "amount_yuan": "100.00", "proof": "流水"}, {"what": "DUNNED"},
        {"what": "DEFAULT"}, {"what": "PROCEEDING", "kind": "PAYMENT_ORDER", "step": "FILED"},
    ]  # fmt: skip


OF_THE_CASE = {"notify": _invitations, "draft": _texts, "watch": _news}
ACTS: list[tuple[str, str, dict[str, Any]]] = [
    ("dengchuan", "hearing.withdraw", {"reason": "撤回"}),
    ("heminzhi", "hearing.note", {"about": "worker", "text": CANARY}),
    ("heminzhi", "hearing.extend", {"extend_days": 30, "worker_signed": True, "employer_signed": True,
                                    "reason": "同意"}),
    ("dengchuan", "hearing.deliver_end", {"way": "post", "reason": "未成"}),
    ("dengchuan", "closing.begin_closing", {"outcome": "FAILED", "words": "报结。"}),
    ("dengchuan", "closing.ask_reopening", {"ground": "NEW_FACT", "words": "新情况"}),
    ("dengchuan", "acceptance.contact", {"party": "R1", "way": "phone", "reached": True, "answer": "AGREES"}),
    ("dengchuan", "acceptance.contact", {"party": "R1", "way": "visit", "reached": True, "answer": "REFUSES"}),
    ("dengchuan", "recusal.ask", {"asked_by": "WORKER", "ground": "OTHER", "words": "同村"}),
    ("dengchuan", "recusal.ask", {"asked_by": "EMPLOYER", "ground": "OTHER", "words": "旧同事"}),
    ("dengchuan", "aftercare.follow", {"kind": "ARBITRATION", "step": "FILED"}),
    ("dengchuan", "correction.receipt", {"received_on": "2026-03-02", "reason": "登记有误"}),
]  # fmt: skip
DAYS = (1, 1, 2, 3, 5, 16, 31, 400)
STRANGERS = (
    "zhongping",
    "fanglin",
    "luhong",
    "shenmu",
    "taoyan",
    "jinyue",
    "songyu",
    "luoqiming",
    "wenlan",
)
TABLES = (
    "casework_party", "casework_claim", "casework_event", "casework_session", "casework_agreement",
    "casework_deadline", "casework_service", "casework_timer", "documents_paper", "mediation_task",
)  # fmt: skip
SECRETS = ("casework_note", "casework_sealedoffer")
