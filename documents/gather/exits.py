"""D06, D07, D20, D21, D35: other ways to the worker's right, and what the worker must know."""

from typing import Any

from casework import clock
from casework.models import CallRecord, Case, Party
from documents.facts.common import PartyLine, PlaceLine
from documents.facts.d20 import EvidenceLine
from documents.gather import common
from documents.gather.common import Source
from documents.gather.intake import WORKERS
from documents.gather.limitation import limitation_line
from documents.gather.referral import letter
from documents.models import Paper

RISK = (
    "超过仲裁时效申请仲裁，对方提出时效抗辩的，请求可能得不到支持。劳动关系存续期间因拖欠劳动报酬发生争议的，"
    "不受一年时效限制；劳动关系终止的，应当自终止之日起一年内提出。工会调解期间不等于可以一直等待，"
    "请在最后一日前申请仲裁。"
)


def _call(case: Case) -> CallRecord | None:
    return case.calls.order_by("started_at").first()


def _place(case: Case, word: str, kind: str) -> PlaceLine:
    where = f"{common.city()}{case.district.name if case.district else ''}"
    return common.place(case, word, f"{where}{kind}")


def _claimants(source: Source) -> tuple[tuple[PartyLine, ...], tuple[PartyLine, ...]]:
    """The one worker that the paper is for, or all; and the employers."""
    one = [source.party] if source.party else common.workers(source.case)
    other = common.employers(source.case)
    return (
        tuple(common.party_line(row, "申请人") for row in one),
        tuple(common.party_line(row, "被申请人") for row in other),
    )


def support(source: Source) -> dict[str, Any]:
    """D06, for `party` or all workers; why the worker cannot sue alone comes with the act."""
    case, row = source.case, _call(source.case)
    one, other = _claimants(source)
    return {
        "procuratorate": _place(case, "检察院", "人民检察院").name,
        "court": _place(case, "法院", "人民法院").name,
        "case_number": common.number(case),
        "applicants": one,
        "respondents": other,
        "cause": common.cause(case),
        "claims": common.claim_lines(case),
        "situation": row.facts if row else "",
        "tried": row.tried if row else "",
        "evidence": common.lines(row.evidence) if row else (),
        "weakness": "",
    }


def cooperation(source: Source) -> dict[str, Any]:
    """D07; addressee, the link with that place, what is asked and until when come with the act."""
    case, row = source.case, _call(source.case)
    one, other = common.workers(case), common.employers(case)
    first, firm = (one[0].person if one else None), (other[0].employer if other else None)
    given = case.consents.filter(purpose="share", withdrawn_at__isnull=True).last()
    return {
        "issuer": common.issuer(source),
        "addressee": "",
        "subject": f"{first.name if first else '职工'}{f'等{len(one)}人' if len(one) > 1 else ''}{common.cause(case)}事项",
        "case_number": common.number(case),
        "came_on": clock.day(case.opened_at),
        "worker": first.name if first else "",
        "worker_phone": first.phone if first else "",
        "group_size": max(len(one), 1),
        "employer": "、".join(common.names(other)),
        "employer_address": firm.address if firm else "",
        "link": "",
        "situation": row.facts if row else "",
        "claims": common.claim_lines(case),
        "asked": (),
        "clocks": common.clocks(case, "M-03", "M-04"),
        "reply_by": common.day_of("P-08", source),
        "consent": f"职工本人{common.day_words(clock.day(given.given_at))}的同意"
        if given
        else "",
        **_as_disclosed(source),
    }


def _as_disclosed(source: Source) -> dict[str, Any]:
    """With a referral (`subject_id`) the letter says of workers what the referral's letter says, no more."""
    if source.subject_id is None:
        return {}
    told = letter(source)
    return {
        name: told[name]
        for name in ("worker", "worker_phone", "employer", "employer_address", "situation", "claims",
                     "group_size", "subject", "consent")
    }  # fmt: skip


def action(source: Source) -> dict[str, Any]:
    """D20, for `party` or all workers; the source of each piece of evidence comes with the act."""
    case, row = source.case, _call(source.case)
    one, other = _claimants(source)
    return {
        "body": _place(case, "仲裁", "劳动人事争议仲裁委员会").name,
        "case_number": common.number(case),
        "applicants": one,
        "respondents": other,
        "cause": common.cause(case),
        "claims": common.claim_lines(case),
        "situation": row.facts if row else "",
        "mediation": _mediation(source),
        "evidence": tuple(
            EvidenceLine(name=line, source="")
            for line in (common.lines(row.evidence) if row else ())
        ),
        "made_on": clock.day(source.at),
    }


def _mediation(source: Source) -> str:
    """How mediation ended, with the number of the notice; nothing when it did not."""
    case = source.case
    if case.failed_on is None or case.received_on is None:
        return ""
    papers = Paper.objects.filter(case=case, code="D13", life="VALID")
    number = next((row.number for row in papers if row.number), "")
    return (
        f"申请人于{common.day_words(case.received_on)}向{common.issuer(source).body}申请调解，"
        f"调解于{common.day_words(case.failed_on)}终止{f'（{number}）' if number else ''}。"
    )


def aid(source: Source) -> dict[str, Any]:
    """D21, for `party` or the first worker; the form of aid and the means come with the act."""
    case, row = source.case, _call(source.case)
    party: Party | None = source.party or next(iter(common.workers(case)), None)
    centre = _place(case, "法律援助", "法律援助中心")
    kind = party.person.worker_kind if party and party.person else ""
    return {
        "centre": centre.name,
        "centre_phone": centre.phone or "12348",
        "case_number": common.number(case),
        "applicant": common.party_line(party, "申请人") if party else None,
        "worker_kind": WORKERS.get(kind, kind),
        "opponent": "、".join(common.names(common.employers(case))),
        "cause": common.cause(case),
        "form": "",
        "claims": common.claim_lines(case),
        "situation": row.facts if row else "",
        "told_by": source.by.display_name if source.by else "",
        "applied_on": clock.day(source.at),
    }


def risk(source: Source) -> dict[str, Any]:
    """D35, for `party` or the first worker: each running statutory day of the worker's."""
    case = source.case
    party = source.party or next(iter(common.workers(case)), None)
    rows = case.deadlines.filter(state="OPEN", nature="statutory").order_by("due")
    last = limitation_line(case, clock.day(source.at), party)
    return {
        "office": common.issuer(source).name,
        "case_number": common.number(case),
        "worker": party.name if party else "",
        "employer": "、".join(common.names(common.employers(case))),
        "cause": common.cause(case),
        "clocks": (*([last] if last else []), *(common.clock_line(row) for row in rows)),
        "risk": RISK,
        "places": (
            _place(case, "仲裁", "劳动人事争议仲裁委员会"),
            PlaceLine(name="法律援助机构", phone="12348"),
        ),
        "told_by": source.by.display_name if source.by else "",
        "told_on": clock.day(source.at),
    }
