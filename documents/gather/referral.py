"""D03, D04, D05: a matter goes out, an answer comes back, a worker agrees that data are shared."""

from typing import Any

from casework import clock
from casework.models import Consent, Referral
from documents.facts.common import ClockLine
from documents.gather import common
from documents.gather.common import Source

MATTERS = {
    "LABOUR_INSPECTION": "劳动保障监察",
    "ARBITRATION": "劳动争议仲裁",
    "LEGAL_AID_CONSULT": "法律援助咨询",
    "LEGAL_AID": "法律援助",
    "PAYMENT_ORDER": "申请支付令",
    "JUDICIAL_CONFIRMATION": "司法确认",
    "SUPPORT_PROSECUTION": "支持起诉",
    "ENFORCEMENT": "申请强制执行",
    "INJURY_RECOGNITION": "工伤认定",
    "PEOPLES_MEDIATION": "人民调解",
    "PRE_FILING_MEDIATION": "诉前调解",
}
ANSWERS = {
    "ACCEPTED": "受理",
    "RETURNED": "退回补充材料",
    "DECLINED": "不予受理",
    "REDIRECTED": "转送其他单位",
    "RESULT": "已办结",
    "ACCEPT": "受理",
    "RETURN": "退回补充材料",
    "DECLINE": "不予受理",
    "REDIRECT": "转送其他单位",
}
KINDS = {
    "identity": "身份信息",
    "name": "姓名",
    "phone": "联系电话",
    "employer": "用人单位信息",
    "claims": "诉求及金额",
    "facts": "争议事实",
    "evidence": "证据材料",
    "bank": "银行账户",
    "medical": "医疗健康信息",
    "application": "申请材料",
    "wages": "工资信息",
}
PURPOSES = {
    "share": "转办并办理本人反映的劳动权益事项",
    "contact_employer": "就本人反映的事项联系用人单位",
}
SENSITIVE = {"identity", "bank", "medical"}


def _referral(source: Source) -> Referral:
    rows = source.case.referrals.select_related("agency", "office", "consent", "signed_by")
    return rows.get(pk=source.subject)


def letter(source: Source) -> dict[str, Any]:
    """D03, from a referral (`subject_id`)."""
    case, row = source.case, _referral(source)
    one, other = common.workers(case), common.employers(case)
    call = case.calls.order_by("started_at").first()
    due = row.deadline_set.filter(rule="P-10", state="OPEN").first()
    matter = MATTERS.get(row.matter, row.matter)
    person, firm = (one[0].person if one else None), (other[0].employer if other else None)
    return {
        "issuer": common.issuer(source),
        "addressee": row.office.name,
        "subject": f"{person.name if person else '职工'}{'等人' if len(one) > 1 else ''}{matter}事项",
        "matter": matter,
        "case_number": common.number(case),
        "came_on": clock.day(case.opened_at),
        "worker": person.name if person else "",
        "worker_phone": person.phone if person else "",
        "group_size": max(len(one), 1),
        "employer": "、".join(common.names(other)),
        "employer_address": firm.address if firm else "",
        "situation": call.facts if call else "",
        "claims": common.claim_lines(case),
        "asked": common.lines(row.asked) or (f"请依法办理{matter}事项，并将结果告知我会。",),
        "clocks": _running(case),
        "reply_by": due.due if due else None,
        "reply_days": f"自签收之日起{due.length}个工作日" if due else "",
        "consent": _ground(row),
    }


def _running(case: Any) -> tuple[ClockLine, ...]:
    rows = case.deadlines.filter(state="OPEN", nature="statutory", rule__in=["M-03"])
    return tuple(common.clock_line(row) for row in rows)


def _ground(row: Referral) -> str:
    if row.consent:
        on = clock.day(row.consent.given_at)
        return f"职工本人{on.year}年{on.month}月{on.day}日的同意"
    return row.ground


def reply(source: Source) -> dict[str, Any]:
    """D04, from a referral that was answered."""
    row = _referral(source)
    return {
        "issuer_name": row.office.name,
        "addressee": common.issuer(source).name,
        "letter_number": row.number or common.number(source.case),
        "matter": MATTERS.get(row.matter, row.matter),
        "case_number": common.number(source.case),
        "signed_on": clock.day(row.signed_at) if row.signed_at else None,
        "signed_by": row.signed_by.display_name if row.signed_by else "",
        "answer": ANSWERS.get(row.answer or row.state, row.answer),
        "answered_on": clock.day(row.answered_at) if row.answered_at else None,
        "reason": row.reason,
        "missing": tuple(row.missing),
        "own_number": row.own_number,
        "handler": row.handler,
        "expected_on": row.expected_on,
        "result": row.result_text,
        "result_on": row.result_on,
    }


def consent(source: Source) -> dict[str, Any]:
    """D05, from a consent (`subject_id`)."""
    row: Consent = source.case.consents.select_related("party__person", "agency").get(
        pk=source.subject
    )
    person = row.party.person if row.party else None
    union = common.issuer(source)
    return {
        "worker": person.name if person else "",
        "phone": person.phone if person else "",
        "identity_number": person.identity_number if person else "",
        "case_number": common.number(source.case),
        "union": union.name,
        "union_contact": union.phone,
        "receiver": row.agency.name if row.agency else union.name,
        "purpose": PURPOSES.get(row.purpose, row.purpose),
        "kinds": tuple(KINDS.get(kind, kind) for kind in row.kinds)
        or ("姓名、联系电话、诉求和争议事实",),
        "sensitive": tuple(KINDS.get(kind, kind) for kind in row.kinds if kind in SENSITIVE),
        "how": row.how,
        "given_on": clock.day(row.given_at),
    }
