"""What the worker hands in where mediation did not help: to arbitration or court (D20), for legal aid (D21)."""

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from casework import clock
from casework.commands.base import CommandRefused
from casework.commands.terms import PAY, agreed_claims
from casework.models import Case, Claim, ClaimOutcome, Party, User
from casework.queries.of_case import claims_of
from documents.facts.common import ClaimLine
from documents.facts.d20 import EvidenceLine
from documents.gather import gather
from documents.gather.limitation import limitation_line
from documents.issue import issue
from mediation.commands.application import unpaid

FROM_THE_WORKER = "申请人提交"
AID = {"ARBITRATION": "劳动争议仲裁代理", "SUIT": "民事诉讼代理", "PAPERS": "代拟法律文书"}
NOT_SETTLED = (ClaimOutcome.FAILED, ClaimOutcome.DEFERRED)


class NothingLeftOpen(CommandRefused):
    """Nothing is open: no claim failed, and nothing of an agreement is unpaid."""


class NotOnPayAlone(CommandRefused):
    """A direct suit needs an unpaid agreement on pay alone, or a payment order that lapsed; else arbitration comes first."""


def failed(case: Case, party: Party | None = None) -> list[Claim]:
    """The claims that were not settled: of one worker, or of all."""
    rows = [row for row in claims_of(case) if row.outcome in NOT_SETTLED]
    return [row for row in rows if party is None or row.party_id in (None, party.pk)]


def may_sue(case: Case, on: date) -> bool:
    """Whether court is open at once: an agreement on pay alone that is not kept, or a payment order on it that lapsed.

    Source: 最高人民法院关于审理劳动争议案件适用法律问题的解释（一）第十三条第三款、第五十一条第二款.
    """
    agreed = agreed_claims(case)
    pay_alone = bool(agreed) and all(row.code.startswith(PAY) for row in agreed)
    steps = {(row.kind, row.step) for row in case.proceedings.all()}
    lapsed = ("PAYMENT_ORDER", "OBJECTED") in steps
    return (pay_alone or lapsed) and bool(unpaid(case, on))


def known(case: Case, party: Party | None, *, by: User, at: datetime) -> Any:
    """What the file has for D20, to start from."""
    return gather("D20", case=case, subject_id=None, at=at, by=by, party=party)


def ask_arbitration(
    case: Case, *, party: Party, suit: bool, body: str, situation: str,
    evidence: Sequence[dict[str, str]], by: User, at: datetime,
) -> None:  # fmt: skip
    """Draw up the application to arbitration, or the statement of claim (D20), over all that is open.

    Source: 《劳动争议调解仲裁法》第十五条、第二十八条. Raises: NothingLeftOpen, NotOnPayAlone.
    """
    today = clock.day(at)
    claims = _claims(case, party, today)
    if not claims:
        raise NothingLeftOpen
    if suit and not may_sue(case, today):
        raise NotOnPayAlone(field="suit")
    facts = known(case, party, by=by, at=at)
    last = limitation_line(case, today, party)
    filled = dataclasses.replace(
        facts, suit=suit, body=body or ("" if suit else facts.body), claims=claims,
        situation=situation or facts.situation, last_day=last.due if last else None,
        evidence=tuple(
            EvidenceLine(name=row["name"], source=row["source"], proves=row.get("proves") or "")
            for row in evidence
        ),
    )  # fmt: skip
    issue("D20", case=case, subject_id=party.pk, by=by, at=at, facts=filled)


def _claims(case: Case, party: Party, on: date) -> tuple[ClaimLine, ...]:
    """Each failed claim; and what an agreement promised and did not bring, the worker's own share."""
    lines = [
        ClaimLine(code=row.code, item=row.item, yuan=row.amount_yuan, period=row.period)
        for row in failed(case, party)
    ]
    owed = sum((_own(row, party) for row in unpaid(case, on)), Decimal())
    if owed:
        agreed = agreed_claims(case)
        code = agreed[0].code if agreed else ""
        lines.append(ClaimLine(code=code, item="调解协议到期未付款项", yuan=owed))
    return tuple(lines)


def _own(row: Any, party: Party) -> Decimal:
    """The worker's share of what is unpaid of an instalment, in the proportion of the shares."""
    share = row.shares.filter(party=party).first()
    if share is None:
        return Decimal()
    left = row.amount_yuan - row.paid_yuan
    return Decimal(share.amount_yuan * left / row.amount_yuan).quantize(Decimal("0.01"))


def ask_aid(
    case: Case, *, party: Party, form: str, income: str, exempt_why: str, situation: str,
    by: User, at: datetime,
) -> None:  # fmt: skip
    """Draw up the application for legal aid (D21). Source: 《法律援助法》第三十一条、第四十一条、第四十二条."""
    facts = gather("D21", case=case, subject_id=None, at=at, by=by, party=party)
    last = limitation_line(case, clock.day(at), party)
    filled = dataclasses.replace(
        facts, form=AID[form], situation=situation or facts.situation, income=income, exempt=bool(exempt_why), exempt_why=exempt_why,
        last_day=last.due if last else None,
    )  # fmt: skip
    issue("D21", case=case, subject_id=party.pk, by=by, at=at, facts=filled)
