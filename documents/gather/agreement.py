"""D14: the agreement as it was drafted, with every worker's own sums."""

from datetime import date
from decimal import Decimal
from typing import Any

from casework import clock
from casework.models import Agreement, Case, Party
from casework.rules import penalty
from documents.facts.d14 import AccountLine, DutyLine, InstalmentLine, MemberLine, PaymentItem
from documents.gather import common
from documents.gather.common import Source


def agreement(source: Source) -> dict[str, Any]:
    """D14 of one version of the agreement (`subject_id`)."""
    case = source.case
    row: Agreement = case.agreements.get(pk=source.subject)
    one, other = common.workers(case), common.employers(case)
    plan = list(row.instalments.all())
    return {
        "issuer": common.issuer(source),
        "case_number": common.number(case),
        "workers": tuple(common.party_line(each, "申请人") for each in one),
        "employers": tuple(common.party_line(each, "被申请人") for each in other),
        "representatives": common.names(each for each in one if each.is_representative),
        "cause": common.cause(case),
        "agreed_facts": _agreed_facts(case),
        "clauses": common.words(row.clauses),
        "items": _items(case, row.total_yuan),
        "total_yuan": row.total_yuan,
        "payer": row.payer.name if row.payer else other[0].name if other else "",
        "instalments": tuple(
            InstalmentLine(number=each.number, due=each.due_on, yuan=each.amount_yuan)
            for each in plan
        ),
        "accounts": _accounts(one) if len(one) == 1 else (),
        "members": _members(one, row) if len(one) > 1 else (),
        "duties": _duties(row),
        "accelerates": row.accelerates,
        "default_clause": penalty.words(row.penalty_kind, row.penalty_value),
        "settled": _items_with(case, "AGREED") or _items_with(case, "OPEN"),
        "unsettled": _items_with(case, "FAILED"),
        "confirmation": row.confirmation,
        "judicial_by": _last_day(case, "A-01"),
        "review_by": _last_day(case, "A-04"),
        "originals": len(other) + 2,
        "mediators": common.mediators(case),
        "drafted_on": clock.day(row.drafted_at),
        "effective_on": row.effective_on,
    }


def _agreed_facts(case: Case) -> tuple[str, ...]:
    texts = case.sessions.filter(state="HELD").values_list("agreed_facts", flat=True)
    found = tuple(line for text in texts for line in common.lines(text))
    call = case.calls.order_by("started_at").first()
    return found or (common.lines(call.facts) if call else ())


def _items(case: Case, total: Decimal) -> tuple[PaymentItem, ...]:
    sums: dict[str, Decimal] = {}
    for row in case.claims.filter(outcome__in=["AGREED", "OPEN"], agreed_yuan__gt=0):
        sums[row.item] = sums.get(row.item, Decimal(0)) + (row.agreed_yuan or 0)
    found = tuple(PaymentItem(item=item, yuan=yuan) for item, yuan in sums.items())
    return found if sum(sums.values()) == total else ()


def _accounts(one: list[Party]) -> tuple[AccountLine, ...]:
    people = [row.person for row in one if row.person and row.person.bank_account]
    return tuple(
        AccountLine(
            holder=each.name, bank=each.bank_name or "本人指定银行", number=each.bank_account
        )
        for each in people
    )


def _members(one: list[Party], row: Agreement) -> tuple[MemberLine, ...]:
    plan = row.instalments.prefetch_related("shares")
    own = {(s.party_id, i.number): s.amount_yuan for i in plan for s in i.shares.all()}
    found = []
    for party in one:
        shares = tuple(own.get((party.pk, each.number), Decimal(0)) for each in plan)
        person = party.person
        found.append(
            MemberLine(
                ref=party.ref,
                name=party.name,
                yuan=sum(shares, Decimal(0)),
                shares=shares,
                identity_number=person.identity_number if person else "",
                account=person.bank_account if person else "",
                consented_on=party.settlement_consent_on,
            )
        )
    return tuple(found) if own else ()


def _duties(row: Agreement) -> tuple[DutyLine, ...]:
    """Who must do what by when; a duty may also be stored as its text alone."""
    found = []
    for each in row.duties:
        said = each if isinstance(each, dict) else {"what": str(each)}
        what = (said.get("what") or said.get("text") or "").rstrip("。")
        who, until = said.get("who") or "", said.get("due_on")
        if what:
            words = f"{who}：{what}" if who else what
            due = date.fromisoformat(until) if until else None
            found.append(DutyLine(what=words, due=due))
    return tuple(found)


def _items_with(case: Case, outcome: str) -> tuple[str, ...]:
    rows = case.claims.filter(outcome=outcome).values_list("item", flat=True)
    return tuple(dict.fromkeys(rows))


def _last_day(case: Case, rule: str) -> Any:
    row = case.deadlines.filter(rule=rule, state="OPEN").first()
    return row.due if row else None
