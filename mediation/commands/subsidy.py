"""Legal-service subsidy: the tariff of the day, the quota of the year, the claim form (D38)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from casework.commands import subsidy as file
from casework.commands.base import CommandRefused
from casework.commands.subsidy import Price
from casework.models import (
    Case,
    District,
    Lawyer,
    LegalService,
    Subsidy,
    SubsidyState,
    SubsidyYear,
    User,
)
from casework.queries import rulebook
from documents.editions import supersede
from documents.facts.d38 import WorkLine
from documents.gather import gather
from documents.issue import issue
from documents.models import Paper

AGAIN = "申领内容更正后重新填写"
TARIFF, QUOTA = "subsidy_tariff_%s", "subsidy_quota_year"
STANDARD = "本市工会购买法律服务补贴标准（{versions}）"


class NoVoucher(CommandRefused):
    """There is no such voucher on this case."""


def price(service: str, on: date) -> Price:
    """The tariff of a service on a day. Raises: UnknownParameter."""
    found = rulebook.parameters().on(TARIFF % service.lower(), on)
    return Price(found.number, found.version)


def tariff(on: date) -> dict[str, Price]:
    """The tariff of every service on a day."""
    return {service.value: price(service.value, on) for service in LegalService}


def quota(on: date) -> Decimal:
    """How much a district may grant in the year of a day, in yuan."""
    return rulebook.parameters().on(QUOTA, on).number


def left(district: District, on: date) -> Decimal:
    """What the district may still grant in the year of a day, in yuan."""
    row = SubsidyYear.objects.filter(district=district, year=on.year).first()
    return quota(on) - (row.taken_yuan if row else Decimal(0))


def waiting(case: Case, state: SubsidyState) -> list[Subsidy]:
    """The vouchers of a case that stand there, oldest first."""
    rows = Subsidy.objects.filter(case=case, state=state).select_related("lawyer__firm")
    return list(rows.order_by("id"))


def voucher(case: Case, key: str, state: SubsidyState) -> Subsidy:
    """One of them. Raises: NoVoucher."""
    found = next((row for row in waiting(case, state) if str(row.pk) == key), None)
    if found is None:
        raise NoVoucher
    return found


def grant(
    case: Case,
    *,
    lawyer: Lawyer,
    services: Sequence[str],
    why: str,
    on: date,
    by: User,
    at: datetime,
) -> Subsidy:
    """Grant a voucher by the tariff and the quota of the day."""
    asked = [(service, price(service, on)) for service in services]
    return file.grant(
        case, lawyer=lawyer, asked=asked, limit=quota(on), why=why, on=on, by=by, at=at
    )


def claim(
    row: Subsidy,
    *,
    lines: Sequence[dict[str, Any]],
    result: str,
    on: date,
    by: User,
    at: datetime,
) -> None:
    """Confirm the work by the tariff of the day of the voucher, and print the claim form (D38)."""
    priced = [{**line, "yuan": price(line["service"], row.granted_on).yuan} for line in lines]
    made = file.claim(row, lines=priced, result=result, on=on, by=by, at=at)
    work = tuple(
        WorkLine(on=line["on"], what=line["what"], yuan=line["yuan"]) for line in priced
    )
    lawyer = made.lawyer
    facts = gather(
        "D38", case=made.case, subject_id=made.pk, at=at, by=by,
        outcome=result, lawyer=lawyer.name, firm=lawyer.firm.name, licence=lawyer.licence,
        phone=lawyer.phone, work=work, total_yuan=made.total_yuan, holder=lawyer.holder,
        bank=lawyer.bank, account=lawyer.account, manager=by.display_name,
        standard=STANDARD.format(versions="、".join(made.figures)), applied_on=on,
    )  # fmt: skip
    rows = Paper.objects.filter(case=made.case, code="D38", subject_id=made.pk, life="VALID")
    if (before := rows.last()) is not None:
        supersede(before, by=by, at=at, reason=AGAIN, facts=facts)
    else:
        issue("D38", case=made.case, subject_id=made.pk, by=by, at=at, facts=facts)
