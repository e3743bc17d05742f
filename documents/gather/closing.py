"""D29, D30, D31: service, return visit, closing report."""

from typing import Any

from casework import clock
from casework.events import Kind
from casework.models import Visit
from documents.facts.d31 import StepLine
from documents.gather import common
from documents.gather.common import Source
from documents.models import Paper

OUTCOMES = {
    "AGREED_PERFORMED": "达成协议并已履行",
    "AGREED_PERFORMING": "达成协议，履行中",
    "AGREED_DEFAULTED_RECOVERED": "达成协议，违约后已追回",
    "AGREED_UNRECOVERED": "达成协议，未追回",
    "PARTIAL": "部分达成协议",
    "SETTLED_PRIVATELY": "自行和解",
    "WITHDRAWN": "申请人撤回",
    "RESPONDENT_REFUSED": "被申请人不同意调解",
    "NO_CONTACT": "无法联系被申请人",
    "FAILED": "调解不成",
    "TO_ARBITRATION": "转仲裁",
    "TO_COURT": "转诉讼",
    "TO_INSPECTION": "转劳动监察",
    "TO_AID": "转法律援助",
    "ADVICE": "咨询答复",
    "CORRECTED": "已纠正",
    "HAZARD_FIXED": "隐患已消除",
    "OUT_OF_SCOPE": "不属受理范围",
    "DUPLICATE": "重复来电",
}
STEPS = {
    Kind.CALL_RECORDED: "来电登记",
    Kind.APPLICATION_RECEIVED: "收到调解申请",
    Kind.CASE_ACCEPTED: "受理",
    Kind.REFERRAL_SENT: "发出转办函",
    Kind.REFERRAL_RESULT: "转办单位反馈结果",
    Kind.SESSION_HELD: "召开调解会",
    Kind.AGREEMENT_IN_FORCE: "调解协议生效",
    Kind.MEDIATION_FAILED: "调解不成",
    Kind.INSTALMENT_PAID: "款项到账",
    Kind.INSTALMENT_DUNNED: "发出履行催告函",
    Kind.INSTALMENT_DEFAULTED: "确认违约",
    Kind.AGREEMENT_PERFORMED: "协议履行完毕",
    Kind.EMERGENCY_DISPATCHED: "紧急处置，通知救援",
    Kind.HAZARD_FOUND: "现场检查，发现隐患",
    Kind.HAZARD_RECHECKED: "复查隐患",
    Kind.LETTER_SENT: "发出监督文书",
    Kind.LETTER_ANSWERED: "监督文书得到答复",
}
WAYS = {
    "direct": "直接送达", "left": "留置送达", "post": "邮寄送达", "electronic": "电子送达",
    "through": "转交送达", "public": "公告送达", "phone": "电话告知（录音）",
}  # fmt: skip
TERNARY = {True: "是", False: "否", None: ""}


def report(source: Source) -> dict[str, Any]:
    """D31; `summary` and `approver` may come with the act."""
    case = source.case
    found = common.opponents(source)
    agreed = case.agreements.filter(effective_on__isnull=False).last()
    plan = list(agreed.instalments.all()) if agreed else []
    papers = Paper.objects.filter(case=case, life="VALID").values_list("title", flat=True)
    return {
        **found,
        # Who stays anonymous has no party: the report names nobody.
        "applicant": found["applicant"] or "匿名职工",
        "office": common.issuer(source).name,
        "case_number": common.number(case),
        "ticket_no": case.ticket_no,
        "opened_on": clock.day(case.opened_at),
        "accepted_on": case.accepted_on,
        "closed_on": case.closed_on or clock.day(source.at),
        "mediators": common.mediators(case),
        "claims": common.claim_lines(case),
        "steps": _steps(source),
        "agreed_yuan": agreed.total_yuan if agreed else None,
        "paid_yuan": common.added(row.paid_yuan for row in plan),
        "outcome": OUTCOMES.get(case.outcome, case.outcome),
        "papers": tuple(dict.fromkeys(papers)),
        "manager": source.by.display_name if source.by else "",
    }


def _steps(source: Source) -> tuple[StepLine, ...]:
    rows = source.case.events.filter(kind__in=list(STEPS)).order_by("seq")
    return tuple(StepLine(on=clock.day(row.at), what=STEPS[Kind(row.kind)]) for row in rows)


def visit(source: Source) -> dict[str, Any]:
    """D30, from a return visit (`subject_id`)."""
    row: Visit = source.case.visits.select_related("visitor").get(pk=source.subject)
    one, _ = common.sides(source.case)
    return {
        "case_number": common.number(source.case),
        "office": common.issuer(source).name,
        "person": one[0].name if one else "",
        "visitor": row.visitor.display_name,
        "on": row.on,
        "reached": row.reached,
        "told": TERNARY[row.told],
        "paid": TERNARY[row.paid],
        "satisfied": row.satisfied,
        "need_text": row.need,
    }


def service(source: Source) -> dict[str, Any]:
    """D29, from a record of service (`subject_id`)."""
    row = source.case.services.select_related("party").get(pk=source.subject)
    paper = Paper.objects.filter(pk=row.paper_id).first() if row.paper_id else None
    return {
        "case_number": common.number(source.case),
        "office": common.issuer(source).name,
        "document": paper.title if paper else row.document,
        "document_number": paper.number if paper else "",
        "receiver": row.party.name if row.party else "",
        "way": WAYS.get(row.way, row.way),
        "served_on": row.served_on,
        "place": row.place,
        "proof": row.proof,
        "witness": row.witness,
        "server": row.server or (source.by.display_name if source.by else ""),
    }
