"""D13 and D34: mediation ended; an instalment was missed."""

from typing import Any

from casework import clock
from casework.models import Instalment
from documents.facts.common import PlaceLine
from documents.gather import common
from documents.gather.common import Source
from documents.gather.limitation import limitation_line
from documents.models import Paper


def ending(source: Source) -> dict[str, Any]:
    """D13 for `party` or the first applicant; `reason` may come with the act."""
    case = source.case
    found = common.opponents(source)
    del found["group_size"]
    held = case.sessions.filter(state="HELD")
    place = f"{common.city()}{case.district.name if case.district else ''}"
    return {
        **found,
        "issuer": common.issuer(source),
        "case_number": common.number(case),
        "addressee": source.party.name if source.party else found["applicant"],
        "received_on": case.received_on,
        "accepted_on": case.accepted_on,
        "sessions": tuple(dict.fromkeys(clock.day(row.starts_at) for row in held)),
        "reason": "双方分歧较大，无法达成一致",
        "ended_on": case.failed_on or clock.day(source.at),
        "claims": common.claim_lines(case),
        "limitation": limitation_line(case, clock.day(source.at), source.party),
        "arbitration": common.place(case, "仲裁", f"{place}劳动人事争议仲裁委员会"),
        "inspection": common.place(case, "监察", f"{place}劳动保障监察机构"),
        "aid": PlaceLine(name=f"{place}法律援助中心", phone="12348"),
        "help": (
            "协助准备仲裁申请书和证据材料",
            "协助申请法律援助，必要时由工会律师提供法律服务",
        ),
    }


def dunning(source: Source) -> dict[str, Any]:
    """D34 for an instalment (`subject_id`); `pay_by` from the running grace period."""
    rows = Instalment.objects.filter(agreement__case=source.case).select_related("agreement")
    row = rows.get(pk=source.subject)
    one, other = common.workers(source.case), common.employers(source.case)
    grace = row.deadline_set.filter(rule="P-09", state="OPEN").first()
    later = [each for each in row.agreement.instalments.all() if each.number > row.number]
    paper = Paper.objects.filter(code="D14", subject_id=row.agreement_id, life="VALID").last()
    return {
        "issuer": common.issuer(source),
        "addressee": "、".join(common.names(other)),
        "case_number": common.number(source.case),
        "agreement_number": paper.number if paper else common.number(source.case),
        "agreed_on": row.agreement.effective_on,
        "worker": one[0].name if one else "",
        "group_size": max(len(one), 1),
        "number": row.number,
        "due": row.due_on,
        "yuan": row.amount_yuan,
        "paid_yuan": row.paid_yuan,
        "open_yuan": row.amount_yuan - row.paid_yuan,
        "pay_by": grace.due if grace else None,
        "accelerates": row.agreement.accelerates,
        "remaining_yuan": common.added(
            each.amount_yuan - each.paid_yuan for each in [row, *later]
        ),
    }
