"""What several papers read from the file: the issuing union, parties, claims, periods, offices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from casework import clock, home
from casework.models import Case, Claim, Deadline, Office, Party, User
from casework.queries import rulebook
from casework.queries.calendar import current
from casework.queries.of_case import parties_of
from casework.rules.deadlines import due
from documents.facts.common import ClaimLine, ClockLine, Issuer, PartyLine, PlaceLine

SEXES = {"male": "男", "female": "女", "m": "男", "f": "女"}
UNITS = {"calendar_day": "日", "working_day": "个工作日", "month": "个月", "year": "年"}
OUTCOMES = {
    "OPEN": "",
    "AGREED": "达成协议",
    "FAILED": "未达成协议",
    "WITHDRAWN": "申请人撤回",
    "DEFERRED": "另行处理",
}
PERIODS = {
    "M-01": "决定是否受理的期限",
    "M-03": "自收到申请之日起满此期限未达成调解协议的，当事人可以依法申请仲裁",
    "M-04": "调解期限，双方同意的可以延长",
    "A-01": "共同申请司法确认的期限",
    "A-04": "共同申请仲裁审查的期限",
    "P-10": "答复转办事项的期限",
}


class SubjectMissing(TypeError):
    """This paper is about one row of the case: give its id as subject_id."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a paper's facts come from."""

    case: Case
    subject_id: int | None
    at: datetime
    by: User | None
    party: Party | None = None

    @property
    def subject(self) -> int:
        """The id of what the paper is about. Raises: SubjectMissing."""
        if self.subject_id is None:
            raise SubjectMissing
        return self.subject_id


def city() -> str:
    """The city whose union this is."""
    return home.city()


def issuer(source: Source) -> Issuer:
    """The union of the case's district and its mediation committee."""
    case, by = source.case, source.by
    place = case.district.name if case.district else ""
    name = f"{city()}{place}总工会"
    office = by.office if by and by.office else None
    return Issuer(
        name=name,
        committee=f"{name}劳动争议调解委员会",
        address=office.address if office else "",
        phone=(by.phone if by else "") or "12351",
        contact=by.display_name if by else "",
    )


def workers(case: Case) -> list[Party]:
    """The worker side, in the order of their references."""
    return [row for row in parties_of(case) if row.side == "WORKER"]


def employers(case: Case) -> list[Party]:
    """The employer side."""
    return [row for row in parties_of(case) if row.side == "EMPLOYER"]


def sides(case: Case) -> tuple[list[Party], list[Party]]:
    """Applicants and respondents; the workers apply unless the employer did."""
    one, other = workers(case), employers(case)
    return (other, one) if any(row.is_applicant for row in other) else (one, other)


def names(rows: Iterable[Party]) -> tuple[str, ...]:
    """The names of parties."""
    return tuple(row.name for row in rows)


def opponents(source: Source) -> dict[str, Any]:
    """First applicant, all respondents, how many people, and what it is about."""
    one, other = sides(source.case)
    return {
        "applicant": one[0].name if one else "",
        "respondents": names(other),
        "group_size": max(len(one), 1),
        "cause": cause(source.case),
    }


def party_line(row: Party, role: str) -> PartyLine:
    """A party as papers name it."""
    person, firm = row.person, row.employer
    if person:
        return PartyLine(
            role=role,
            name=person.name,
            sex=SEXES.get(person.sex, person.sex),
            birth_year=person.birth_year,
            identity_number=person.identity_number,
            address=person.address,
            phone=person.phone,
            capacity=row.capacity,
        )
    assert firm
    return PartyLine(
        role=role,
        name=firm.name,
        is_person=False,
        credit_code=firm.credit_code,
        address=firm.address,
        legal_person=firm.legal_person,
        phone=firm.phone,
        capacity=row.capacity,
    )


def claim_lines(case: Case) -> tuple[ClaimLine, ...]:
    """The claims; those of the members of a collective case added up by item."""
    summed: dict[tuple[str, str], list[Claim]] = {}
    for row in case.claims.exclude(outcome="VOID"):
        summed.setdefault((row.code, row.item), []).append(row)
    return tuple(
        ClaimLine(
            code=code,
            item=item,
            yuan=added(row.amount_yuan for row in rows),
            period=rows[0].period,
            result=OUTCOMES.get(rows[0].outcome, ""),
            note=rows[0].reason,
        )
        for (code, item), rows in summed.items()
    )


def added(sums: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in sums if value is not None]
    return sum(known, Decimal(0)) if known else None


def cause(case: Case) -> str:
    """What the dispute is about, from the items claimed."""
    items = list(dict.fromkeys(case.claims.values_list("item", flat=True)))
    return (
        "、".join(items[:3]) + ("等" if len(items) > 3 else "") + "争议"
        if items
        else "劳动争议"
    )


def clock_line(row: Deadline) -> ClockLine:
    """A stored deadline in words."""
    how = f"自{day_words(row.start)}的次日起算，{row.length}{UNITS.get(row.unit, row.unit)}"
    return ClockLine(
        what=PERIODS.get(row.rule, row.rule),
        due=row.due,
        start=row.start,
        how=how,
        article=row.article,
    )


def clocks(case: Case, *rules: str) -> tuple[ClockLine, ...]:
    """The open deadlines of a case of these rules."""
    rows = case.deadlines.filter(state="OPEN", rule__in=rules)
    return tuple(clock_line(row) for row in rows)


def mediators(case: Case) -> tuple[str, ...]:
    """The mediator, when one is appointed."""
    return (case.mediator.display_name,) if case.mediator else ()


def place(case: Case, word: str, otherwise: str) -> PlaceLine:
    """The office of the case's district whose name holds a word; else the name one would expect."""
    rows = Office.objects.filter(name__contains=word, is_open=True)
    row = rows.filter(district=case.district).first() or rows.filter(district=None).first()
    if row is None:
        return PlaceLine(name=otherwise)
    return PlaceLine(name=row.name, address=row.address, phone=row.phone)


def number(case: Case) -> str:
    """The case number, or the ticket number before acceptance."""
    return case.number or case.ticket_no


def words(rows: Iterable[Any]) -> tuple[str, ...]:
    """Lines stored as text, or as {text: ...}."""
    found = (
        row if isinstance(row, str) else row.get("text") or row.get("what") or ""
        for row in rows
    )
    return tuple(line.rstrip("。") + "。" for line in found if line)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def day_words(on: date) -> str:
    """2026年3月5日."""
    return f"{on.year}年{on.month}月{on.day}日"


def day_of(rule: str, source: Source) -> date:
    """The last day of a period that starts with the paper."""
    book = rulebook.catalogue_of(source.case)
    return due(rule, clock.day(source.at), calendar=current(), catalogue=book).due
