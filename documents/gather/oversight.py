"""D22, D23, D24, D36, D37, D38: supervision letters, a late task, a hazard, a lawyer's subsidy."""

from typing import Any

from casework import clock
from casework.queries.calendar import current
from documents.facts.d36 import LateLine
from documents.gather import common
from documents.gather.closing import OUTCOMES
from documents.gather.common import Source
from documents.models import Paper


def _letter(source: Source, rule: str) -> dict[str, Any]:
    """What the three letters share; what was found and by which rule comes with the act."""
    return {
        "issuer": common.issuer(source),
        "addressee": "、".join(common.names(common.employers(source.case))),
        "case_number": common.number(source.case),
        "subject": "",
        "found": "",
        "rules": (),
        "reply_by": common.day_of(rule, source),
    }


def reminder(source: Source) -> dict[str, Any]:
    """D22, to the employer."""
    return {**_letter(source, "U-01"), "hints": ()}


def opinion(source: Source) -> dict[str, Any]:
    """D23, to the employer; names the reminder that went before."""
    before = _earlier(source, "D22")
    return {
        **_letter(source, "U-02"),
        "breach": "",
        "checked_on": None,
        "supervisors": (),
        "demands": (),
        "earlier": before[-1] if before else "",
        "signer": "",
    }


def proposal(source: Source) -> dict[str, Any]:
    """D24, to the authority; names the letters that went before."""
    firms = common.employers(source.case)
    firm = firms[0].employer if firms else None
    return {
        **_letter(source, "U-03"),
        "addressee": "",
        "employer": "、".join(common.names(firms)),
        "employer_address": firm.address if firm else "",
        "people": source.case.group_size,
        "breach": "",
        "earlier": _earlier(source, "D22", "D23", "D37"),
        "refusal": "",
        "proposals": (),
    }


def _earlier(source: Source, *codes: str) -> tuple[str, ...]:
    rows = Paper.objects.filter(case=source.case, code__in=codes, life="VALID")
    return tuple(
        f"{common.day_words(row.issued_on)}发出的《{row.title}》（{row.number}）"
        for row in rows
    )


def urge(source: Source) -> dict[str, Any]:
    """D36: every clock of the case that ran out; the level and the answer's day come with the act."""
    case, today = source.case, clock.day(source.at)
    rows = case.deadlines.filter(state="OPEN", due__lt=today).order_by("due")
    owner = case.mediator or case.manager
    return {
        "issuer": common.issuer(source),
        "addressee": owner.office.name if owner and owner.office else "",
        "case_number": common.number(case),
        "cause": common.cause(case),
        "level": "",
        "late": tuple(
            LateLine(
                what=common.clock_line(row).what,
                due=row.due,
                days_late=current().working_days_between(row.due, today),
                owner=owner.display_name if owner else "",
            )
            for row in rows
        ),
        "demands": (),
        "reply_by": None,
        "supervisor": source.by.display_name if source.by else "",
    }


def hazard(source: Source) -> dict[str, Any]:
    """D37; what the two inspectors found comes with the act."""
    case = source.case
    row = case.calls.order_by("started_at").first()
    return {
        "issuer": common.issuer(source),
        "case_number": common.number(case),
        "source": "12351职工服务热线来电" if row else "",
        "employer": "、".join(common.names(common.employers(case))),
        "place": row.work_place if row else "",
        "found_on": None,
        "grade": "",
        "hazard": "",
        "rule": "",
        "people": case.group_size,
        "measures": (),
        "fix_by": common.day_of("F-01", source),
        "inspectors": (),
    }


def subsidy(source: Source) -> dict[str, Any]:
    """D38: number, kind and result of the case; the lawyer's work comes with the act."""
    case = source.case
    return {
        "office": common.issuer(source).name,
        "case_number": common.number(case),
        "cause": common.cause(case),
        "outcome": OUTCOMES.get(case.outcome, case.outcome),
        "lawyer": "",
        "firm": "",
        "licence": "",
        "work": (),
        "total_yuan": None,
        "standard": "",
        "holder": "",
        "bank": "",
        "account": "",
        "manager": case.manager.display_name if case.manager else "",
        "applied_on": clock.day(source.at),
    }


def offer(source: Source) -> dict[str, Any]:
    """D39; what is proposed comes with the act, the last day from its clock."""
    return {
        "issuer": common.issuer(source),
        "addressee": "、".join(common.names(common.employers(source.case))),
        "subject": "",
        "people": source.case.group_size,
        "proposals": (),
        "reply_by": common.day_of("U-04", source),
    }
