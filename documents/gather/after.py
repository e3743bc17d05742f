"""D16, D18, D19, D28: confirmation, payment order, enforcement, address for service."""

from decimal import Decimal
from typing import Any

from casework import clock
from casework.models import Agreement, Case
from documents.facts.d18_d19 import UnpaidLine
from documents.gather import common
from documents.gather.common import Source
from documents.models import Paper


def _court(case: Case) -> str:
    return common.place(case, "法院", "").name


def _agreement_number(row: Agreement) -> str:
    papers = Paper.objects.filter(code="D14", subject_id=row.pk, case=row.case, life="VALID")
    paper = papers.last()
    return paper.number if paper else ""


def confirmation(source: Source) -> dict[str, Any]:
    """D16 of an agreement (`subject_id`); the last day is that of the running period A-01."""
    case = source.case
    row: Agreement = case.agreements.get(pk=source.subject)
    both = [*common.workers(case), *common.employers(case)]
    period = case.deadlines.filter(rule="A-01", state="OPEN").first()
    return {
        "court": _court(case),
        "committee": common.issuer(source).body,
        "applicants": tuple(common.party_line(each, "申请人") for each in both),
        "agreement_number": _agreement_number(row),
        "cause": common.cause(case),
        "effective_on": row.effective_on,
        "last_day": period.due if period else None,
    }


def review(source: Source) -> dict[str, Any]:
    """D17 of an agreement (`subject_id`); the last day is that of the running period A-04."""
    case, found = source.case, confirmation(source)
    period = case.deadlines.filter(rule="A-04", state="OPEN").first()
    place = f"{common.city()}{case.district.name if case.district else ''}"
    del found["court"]
    commission = common.place(case, "仲裁", f"{place}劳动人事争议仲裁委员会").name
    return {**found, "commission": commission, "last_day": period.due if period else None}


def _default(source: Source) -> dict[str, Any]:
    """What is over due today, by its day or by acceleration, under an agreement (`subject_id`)."""
    case, today = source.case, clock.day(source.at)
    row: Agreement = case.agreements.get(pk=source.subject)
    one, other = common.workers(case), common.employers(case)
    unpaid = tuple(
        UnpaidLine(
            number=each.number,
            due=each.accelerated_to or each.due_on,
            yuan=each.amount_yuan,
            paid_yuan=each.paid_yuan,
        )
        for each in row.instalments.order_by("number")
        if (each.accelerated_to or each.due_on) < today and each.paid_yuan < each.amount_yuan
    )
    return {
        "court": _court(case),
        "committee": common.issuer(source).body,
        "creditors": tuple(common.party_line(each, "申请人") for each in one),
        "debtors": tuple(common.party_line(each, "被申请人") for each in other),
        "agreement_number": _agreement_number(row),
        "effective_on": row.effective_on,
        "cause": common.cause(case),
        "unpaid": unpaid,
        "open_yuan": sum((each.open_yuan for each in unpaid), Decimal(0)),
    }


def payment_order(source: Source) -> dict[str, Any]:
    """D18; `kind` of money (article 16) and `no_counter_duty` come with the act."""
    return {**_default(source), "kind": "", "no_counter_duty": None}


def enforcement(source: Source) -> dict[str, Any]:
    """D19; `title` (the ruling or mediation statement) comes with the act."""
    period = source.case.deadlines.filter(rule="A-07", state="OPEN").first()
    return {**_default(source), "title": "", "last_day": period.due if period else None}


def delivery(source: Source) -> dict[str, Any]:
    """D28 for `party`, or for the first applicant; consent to electronic service comes with the act."""
    one, other = common.sides(source.case)
    party = source.party or (one or other)[0]
    line = common.party_line(party, "申请人" if party in one else "被申请人")
    return {
        "committee": common.issuer(source).body,
        "case_number": common.number(source.case),
        "party": line.name,
        "role": line.role,
        "address": line.address,
        "receiver": party.contact.name if party.contact else line.name,
        "phone": line.phone,
        "confirmed_on": clock.day(source.at),
    }
