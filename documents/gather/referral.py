"""D03, D04, D05: a matter goes out, an answer comes back, a worker agrees that data are shared."""

from decimal import Decimal
from typing import Any

from casework import clock
from casework.kept import known_row
from casework.models import Consent, PaperReply, Referral
from casework.queries.disclosure import fields_for, shown_to
from casework.queries.of_case import open_deadlines_of, standing_of
from documents.facts.common import ClaimLine, ClockLine
from documents.gather import common
from documents.gather.common import Source

MATTERS = {
    "MEDIATION": "调解", "LABOUR_INSPECTION": "劳动保障监察", "ARBITRATION": "劳动争议仲裁",
    "ARBITRATION_REVIEW": "仲裁审查", "WORK_INJURY": "工伤认定",
    "OCCUPATIONAL_INJURY_PROTECTION": "新就业形态职业伤害保障", "SOCIAL_INSURANCE": "社会保险",
    "JUDICIAL_CONFIRMATION": "司法确认", "PAYMENT_ORDER": "申请支付令", "FILING": "立案",
    "PRESERVATION": "财产保全", "ADVANCE_PAYMENT": "先予执行", "ENFORCEMENT": "申请强制执行",
    "LEGAL_AID": "法律援助", "LEGAL_AID_CONSULT": "法律援助咨询", "PEOPLES_MEDIATION": "人民调解",
    "NOTARY": "公证", "SUPPORT_FOR_PROSECUTION": "支持起诉",
    "PROCURATORIAL_SUGGESTION": "检察建议", "PUBLIC_INTEREST_CLUE": "公益诉讼线索",
    "CRIMINAL_CLUE": "拒不支付劳动报酬线索", "SAFETY_HAZARD": "安全隐患", "HARDSHIP": "困难帮扶",
    "CROSS_PROVINCE_COOPERATION": "跨省协作", "UNION_RIGHTS": "工会权利",
    "STREET_LEVEL": "镇街基层治理办理", "PUBLIC_SERVICE": "政务服务热线办理",
    "LEGAL_ADVICE": "公共法律服务",
}  # fmt: skip
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
    "names": "姓名",
    "address": "住址",
    "agreement": "调解协议",
    "deadlines": "正在计算的期限",
}
WAYS = {
    "FILE": "平台数据", "LETTER": "来函", "FAX": "传真", "MAIL": "电子邮件", "PHONE": "电话告知", "VISIT": "当面告知",
}  # fmt: skip
PURPOSES = {
    "share": "转办并办理本人反映的劳动权益事项",
    "contact_employer": "就本人反映的事项联系用人单位",
}
NAMELESS, ELSEWHERE = "（不具名）", "详见所附材料。"
SENSITIVE = {"identity", "bank", "medical"}
# How a worker agreed, as the consent says it.
HOW = {"call": "电话告知并录音", "paper": "书面", "code": "短信验证码确认"}


def _referral(source: Source) -> Referral:
    made: Referral | None = known_row(Referral, source.subject or 0)
    if made is not None and made.case_id == source.case.pk:
        return made
    rows = source.case.referrals.select_related("agency", "office", "consent", "signed_by")
    return rows.get(pk=source.subject)


def letter(source: Source) -> dict[str, Any]:
    """D03, from a referral (`subject_id`): nothing about workers that its pack would not hold."""
    case, row = source.case, _referral(source)
    shown = shown_to(row)
    told = fields_for(row, shown)
    running = (each for each in open_deadlines_of(case) if each.referral_id == row.pk)
    due = next((each for each in running if each.rule == "P-10"), None)
    matter = MATTERS.get(row.matter, row.matter)
    names = told.get("names", [])
    firms = told.get("employer", [])
    return {
        "issuer": common.issuer(source),
        "addressee": row.office.name,
        "subject": f"{names[0] if names else '职工'}{'等人' if case.group_size > 1 else ''}{matter}事项",
        "matter": matter,
        "case_number": common.number(case),
        "came_on": clock.day(case.opened_at),
        "worker": names[0] if names else NAMELESS,
        "worker_phone": told.get("phone", ""),
        "group_size": max(case.group_size, 1),
        "employer": "、".join(each["name"] for each in firms) or "／",
        "employer_address": firms[0]["address"] if firms else "",
        "situation": told.get("facts", "") or ELSEWHERE,
        "claims": _claim_lines(told.get("claims", [])),
        "asked": common.lines(row.asked) or (f"请依法办理{matter}事项，并将结果告知我会。",),
        "clocks": _running(case),
        "reply_by": due.due if due else None,
        "reply_days": f"自签收之日起{due.length}个工作日" if due else "",
        "consent": _ground(row),
    }


def _claim_lines(rows: list[dict[str, str]]) -> tuple[ClaimLine, ...]:
    """The claims of the pack, added up by item."""
    summed: dict[str, list[Decimal]] = {}
    for row in rows:
        summed.setdefault(row["item"], []).extend([Decimal(row["yuan"])] if row["yuan"] else [])
    return tuple(
        ClaimLine(item=item, yuan=sum(sums, Decimal(0)) if sums else None)
        for item, sums in summed.items()
    )


def _running(case: Any) -> tuple[ClockLine, ...]:
    return tuple(
        common.clock_line(row)
        for row in open_deadlines_of(case)
        if row.nature == "statutory" and row.rule == "M-03"
    )


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
        "signed_by": _signed_by(row),
        "answer": ANSWERS.get(row.answer or row.state, row.answer),
        "answered_on": clock.day(row.answered_at) if row.answered_at else None,
        "reason": row.reason,
        "missing": tuple(row.missing),
        "own_number": row.own_number,
        "handler": row.handler,
        "expected_on": row.expected_on,
        "result": _result(row),
        "result_on": row.result_on,
        **_receipt(row),
    }


def _result(row: Referral) -> str:
    """The result in the office's words, with the number of its document and the sum."""
    told = [row.result_text.rstrip("。；")]
    if row.result_number:
        told.append(f"文书编号：{row.result_number}")
    if row.result_yuan is not None:
        told.append(f"金额：{row.result_yuan}元")
    return "；".join(filter(None, told))


def _signed_by(row: Referral) -> str:
    """Who signed; for an office that answers on paper: who said so there, and who wrote it down."""
    told = PaperReply.objects.filter(referral=row).select_related("recorded_by").first()
    if told is not None:
        return f"{told.said_by}（{WAYS[told.way]}，{told.recorded_by.display_name}代录）"
    return row.signed_by.display_name if row.signed_by else ""


def _receipt(row: Referral) -> dict[str, Any]:
    """The newest pack that the office signed for, and its counter-signature."""
    pack = row.packs.exclude(receipt="").order_by("-number").first()
    if pack is None:
        return {}
    return {
        "pack_number": pack.number, "pack_sha256": pack.sha256,
        "ledger_head": pack.receipt_head, "receipt": pack.receipt,
    }  # fmt: skip


def _consent(source: Source) -> Consent:
    standing = (row for row in standing_of(source.case) if row.pk == source.subject)
    rows = source.case.consents.select_related("party__person", "agency")
    return next(standing, None) or rows.get(pk=source.subject)


def consent(source: Source) -> dict[str, Any]:
    """D05, from a consent (`subject_id`)."""
    row = _consent(source)
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
        "how": HOW.get(row.how, ""),
        "given_on": clock.day(row.given_at),
    }
