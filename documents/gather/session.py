"""D09, D10, D12, D15: notice, rights, record and extension of a mediation."""

from typing import Any

from django.db.models import F, QuerySet

from casework.clock import SHANGHAI
from casework.models import EvidenceShown, Session, Side
from documents.facts.d12 import PresentLine
from documents.gather import common
from documents.gather.common import Source

WAYS = {
    "meeting": "当面调解",
    "online": "线上调解",
    "phone": "电话调解",
    "separate": "分别调解",
}
RESULTS = {
    "settled": "双方达成调解协议。",
    "partly": "双方就部分请求达成协议。",
    "continue": "未达成一致，双方同意继续调解。",
    "failed": "双方分歧较大，未达成协议。",
    "SETTLED": "双方达成调解协议。",
    "PARTLY": "双方就部分请求达成协议。",
    "NOT_SETTLED": "双方分歧较大，未达成协议。",
    "ANOTHER": "未达成一致，双方同意继续调解。",
    "EXTENDED": "双方同意延长调解期限，继续调解。",
    "WITHDRAWN": "申请人撤回调解申请。",
}


def _session(source: Source) -> Session:
    rows = source.case.sessions.select_related("mediator", "recorder")
    return rows.get(pk=source.subject_id) if source.subject_id else rows.order_by("-number")[0]


def _people(row: Session) -> dict[str, Any]:
    return {
        "mediators": (row.mediator.display_name,),
        "recorder": row.recorder.display_name if row.recorder else "",
    }


def notice(source: Source) -> dict[str, Any]:
    """D09 for a session (`subject_id`), to `party` or to the first respondent."""
    case, row = source.case, _session(source)
    _, other = common.sides(case)
    to = source.party or (other[0] if other else None)
    return {
        **common.opponents(source),
        **_people(row),
        "issuer": common.issuer(source),
        "addressee": to.name if to else "",
        "is_respondent": to is not None and to.pk in {each.pk for each in other},
        "case_number": common.number(case),
        "claims": common.claim_lines(case),
        "session_at": row.starts_at.astimezone(SHANGHAI),
        "place": row.place,
        "way": WAYS.get(row.way, row.way),
    }


def rights(source: Source) -> dict[str, Any]:
    """D10 for a party; the session may be planned or not."""
    case = source.case
    found = common.opponents(source)
    rows = (
        case.sessions.filter(pk=source.subject_id) if source.subject_id else case.sessions.all()
    )
    row = rows.order_by("-number").first()
    people = _people(row) if row else {"mediators": common.mediators(case)}
    return {
        **people,
        "committee": common.issuer(source).body,
        "case_number": common.number(case),
        "addressee": source.party.name if source.party else found["applicant"],
        "applicant": found["applicant"],
        "respondents": found["respondents"],
        "session_at": row.starts_at.astimezone(SHANGHAI) if row else None,
        "phone": common.issuer(source).phone,
    }


def record(source: Source) -> dict[str, Any]:
    """D12 of a session that was held."""
    case, row = source.case, _session(source)
    return {
        **_people(row),
        "committee": common.issuer(source).body,
        "case_number": common.number(case),
        "number": row.number,
        "began": row.starts_at.astimezone(SHANGHAI),
        "ended": row.ended_at.astimezone(SHANGHAI) if row.ended_at else None,
        "place": row.place,
        "way": WAYS.get(row.way, row.way),
        "cause": common.cause(case),
        "present": _present(source, row),
        "claims": common.claim_lines(case),
        "record": row.record,
        "agreed_facts": common.lines(row.agreed_facts),
        "issues": common.lines(row.issues),
        "evidence": tuple(_shown(each) for each in _evidence(row)),
        "results": common.claim_lines(case),
        "result": RESULTS.get(row.result, row.result),
    }


def _evidence(row: Session) -> QuerySet[EvidenceShown]:
    """What one side handed in and the other was shown in this session, in that order."""
    rows = EvidenceShown.objects.filter(session=row, evidence__taken_back_at=None)
    rows = rows.exclude(side=F("evidence__party__side"))
    names = ("evidence__party__person", "evidence__party__employer")
    return rows.select_related(*names).order_by("at", "id")


def _shown(each: EvidenceShown) -> str:
    item = each.evidence
    pages = f"{item.pages}页，" if item.pages else ""
    seen = "已核对原件" if item.is_original else "复制件"
    to = "职工方" if each.side == Side.WORKER else "用人单位方"
    return f"{item.title or '证据材料'}（{item.party.name}提交，{pages}{seen}，向{to}出示）"


def _present(source: Source, row: Session) -> tuple[PresentLine, ...]:
    told = [each for each in row.attendance if each.get("present", True) and each.get("name")]
    roles = _roles(source)
    if told:
        return tuple(
            PresentLine(
                name=each.get("name", ""),
                capacity=each.get("capacity") or roles.get(each.get("ref"), "到场人员"),
                authority=each.get("authority", ""),
            )
            for each in told
        )
    one, other = common.sides(source.case)
    return tuple(
        PresentLine(name=each.name, capacity=role)
        for role, rows in (("申请人", one), ("被申请人", other))
        for each in rows
    )


def _roles(source: Source) -> dict[str, str]:
    one, other = common.sides(source.case)
    roles = {each.ref: "申请人" for each in one} | {each.ref: "被申请人" for each in other}
    shown = {each.ref: "、推选代表" for each in one if each.is_representative}
    return {ref: role + shown.get(ref, "") for ref, role in roles.items()}


def extension(source: Source) -> dict[str, Any]:
    """D15; `new_due` and `reason` come with the act."""
    case = source.case
    found = common.opponents(source)
    del found["group_size"]
    old = case.deadlines.filter(rule="M-04").order_by("due").first()
    right = case.deadlines.filter(rule="M-03").first()
    return {
        **found,
        "committee": common.issuer(source).body,
        "case_number": common.number(case),
        "accepted_on": case.accepted_on,
        "old_due": old.due if old else None,
        "right_from": right.due if right else None,
        "mediators": common.mediators(case),
        "new_due": None,
        "reason": "",
    }
