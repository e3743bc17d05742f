"""D01, D02, D08, D25, D26: from the call to the decision about the application."""

from typing import Any

from casework.clock import SHANGHAI
from casework.models import CallRecord
from documents.facts.common import PlaceLine
from documents.gather import common
from documents.gather.common import Source

CHANNELS = {
    "phone": "电话",
    "app": "手机客户端",
    "web": "网站",
    "visit": "来访",
    "letter": "来信",
    "transfer": "转办",
}
CLASSES = {
    "ADVICE": "咨询",
    "DISPUTE": "劳动争议",
    "RIGHTS_COMPLAINT": "维权投诉",
    "EMERGENCY": "紧急",
    "HARDSHIP": "困难帮扶",
    "UNION_SERVICE": "工会服务",
    "SUGGESTION": "建议",
    "OUT_OF_SCOPE": "非受理范围",
}
PRIORITIES = {"CRITICAL": "特急", "HIGH": "加急", "NORMAL": "一般", "LOW": "一般"}
WORKERS = {
    "ordinary": "普通职工",
    "migrant": "农民工",
    "dispatched": "劳务派遣",
    "nef": "新就业形态",
    "over_age": "超龄劳动者",
    "minor": "未成年工",
}
WISHES = {"advice": "咨询", "mediation": "调解", "complaint": "投诉", "help": "帮扶"}
CONTRACTS = {
    "none": "未签订书面合同",
    "written": "书面合同",
    "fixed": "固定期限",
    "open": "无固定期限",
}
YES_NO = {"yes": "是", "no": "否", "unknown": "不详"}


def call(source: Source) -> dict[str, Any]:
    """D01, from a call record (`subject_id`, else the first of the case)."""
    case = source.case
    rows = case.calls.select_related("caller", "operator")
    row = (
        rows.get(pk=source.subject_id) if source.subject_id else rows.order_by("started_at")[0]
    )
    return {
        **_time_and_people(source, row),
        **_caller(row),
        **_employer(source),
        "work_place": row.work_place,
        "hired_on": row.hired_on,
        "left_on": row.left_on,
        "contract": CONTRACTS.get(row.contract_kind, row.contract_kind),
        "month_pay_yuan": row.month_pay_yuan,
        "claims": common.claim_lines(case),
        "facts": row.facts,
        "evidence": row.evidence,
        "tried": row.tried,
        "wish": WISHES.get(row.wish, row.wish),
        "danger": row.danger,
        "advice": row.advice,
        "advice_source": row.advice_source,
        "classes": "、".join(CLASSES.get(code, code) for code in row.classes or case.classes),
        "cause": case.main_cause,
        "priority": PRIORITIES.get(case.priority, ""),
        "group_size": case.group_size,
        "satisfaction": row.satisfaction,
    }


def _time_and_people(source: Source, row: CallRecord) -> dict[str, Any]:
    return {
        "ticket_no": source.case.ticket_no,
        "office": common.issuer(source).name,
        "began": row.started_at.astimezone(SHANGHAI),
        "ended": row.ended_at.astimezone(SHANGHAI) if row.ended_at else None,
        "channel": CHANNELS.get(row.channel, row.channel),
        "recording": "" if row.anonymous else row.recording_id,
        "operator": row.operator.display_name if row.operator else "",
    }


def _caller(row: CallRecord) -> dict[str, Any]:
    person = row.caller
    if person is None or row.anonymous:
        return {"anonymous": row.anonymous}
    return {
        "caller": person.name,
        "sex": common.SEXES.get(person.sex, person.sex),
        "birth_year": person.birth_year,
        "identity_number": person.identity_number,
        "phone": person.phone,
        "second_contact": person.second_contact,
        "home": person.home_province,
        "worker_kind": WORKERS.get(person.worker_kind, person.worker_kind),
        "union_member": YES_NO.get(person.union_member, person.union_member),
        "address": person.address,
    }


def _employer(source: Source) -> dict[str, Any]:
    firms = [row.employer for row in common.employers(source.case) if row.employer]
    if not firms:
        return {}
    first = firms[0]
    return {
        "employer": "、".join(firm.name for firm in firms),
        "credit_code": first.credit_code,
        "employer_address": first.address,
        "employer_contact": " ".join(part for part in (first.contact, first.phone) if part),
    }


def acceptance(source: Source) -> dict[str, Any]:
    """D02, for the party or for the first applicant."""
    case = source.case
    found = common.opponents(source)
    return {
        **found,
        "issuer": common.issuer(source),
        "case_number": case.number,
        "addressee": source.party.name if source.party else found["applicant"],
        "received_on": case.received_on,
        "accepted_on": case.accepted_on,
        "claims": common.claim_lines(case),
        "clocks": common.clocks(case, "M-03", "M-04"),
        "mediators": common.mediators(case),
    }


def application(source: Source) -> dict[str, Any]:
    """D08, from the parties, the claims and the first call."""
    case = source.case
    one, other = common.sides(case)
    row = case.calls.order_by("started_at").first()
    return {
        "committee": common.issuer(source).committee,
        "case_number": common.number(case),
        "applicants": tuple(common.party_line(each, "申请人") for each in one),
        "respondents": tuple(common.party_line(each, "被申请人") for each in other),
        "representatives": common.names(each for each in one if each.is_representative),
        "claims": common.claim_lines(case),
        "reasons": row.facts if row else "",
        "evidence": common.lines(row.evidence) if row else (),
        "other_procedures": row.tried if row else "",
        "oral": row is not None and row.channel == "phone",
        "taken_by": source.by.display_name if source.by else "",
        "applied_on": case.received_on,
    }


def refusal(source: Source) -> dict[str, Any]:
    """D25; `reason` comes with the decision."""
    case = source.case
    found = common.opponents(source)
    place = case.district.name if case.district else common.city()
    return {
        "issuer": common.issuer(source),
        "case_number": common.number(case),
        "addressee": source.party.name if source.party else found["applicant"],
        "respondents": found["respondents"],
        "subject": found["cause"],
        "received_on": case.received_on,
        "reason": str(case.triage.get("refused_why", "")),
        "places": (
            common.place(case, "仲裁", f"{place}劳动人事争议仲裁委员会"),
            common.place(case, "监察", f"{place}劳动保障监察机构"),
            PlaceLine(name="法律援助机构", phone="12348"),
        ),
    }


def completion(source: Source) -> dict[str, Any]:
    """D26; `missing` and `supply_by` come with the decision."""
    case = source.case
    found = common.opponents(source)
    return {
        "issuer": common.issuer(source),
        "case_number": common.number(case),
        "addressee": source.party.name if source.party else found["applicant"],
        "respondents": found["respondents"],
        "subject": found["cause"],
        "received_on": case.received_on,
        "missing": (),
        "supply_by": None,
    }
