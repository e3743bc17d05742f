"""D11, D27: who must not mediate, and who may speak for whom."""

from typing import Any

from casework import clock
from documents.facts.d27 import AgentLine
from documents.gather import common
from documents.gather.common import Source

AS_REPRESENTATIVE = (
    "提出请求、陈述事实、提供证据、发表意见",
    "签收调解文书，转告各推选人",
)


def recusal(source: Source) -> dict[str, Any]:
    """D11 of `party`, or of the first applicant; the reason and the decision come with the act."""
    case = source.case
    one, _other = common.sides(case)
    party = source.party or next(iter(one), None)
    return {
        "committee": common.issuer(source).body,
        "case_number": common.number(case),
        "cause": common.cause(case),
        "requester": party.name if party else "",
        "capacity": ("申请人" if party in one else "被申请人") if party else "",
        "mediator": case.mediator.display_name if case.mediator else "",
        "reason": "",
        "asked_on": clock.day(source.at),
    }


def authority(source: Source) -> dict[str, Any]:
    """D27: the elected representatives of a group; else the letter of `party` for an agent."""
    case = source.case
    chosen = [row for row in common.workers(case) if row.is_representative]
    found = {
        "committee": common.issuer(source).body,
        "case_number": common.number(case),
        "cause": common.cause(case),
        "made_on": clock.day(source.at),
    }
    return found | (_elected(source, chosen) if chosen and not source.party else _agent(source))


def _elected(source: Source, chosen: list[Any]) -> dict[str, Any]:
    other = common.names(common.employers(source.case))
    lines = [common.party_line(row, "申请人") for row in chosen]
    return {
        "elected": True,
        "principals": tuple(
            common.party_line(row, "申请人") for row in common.workers(source.case)
        ),
        "opponents": other,
        "agents": tuple(
            AgentLine(
                name=line.name,
                identity_number=line.identity_number,
                unit=next(iter(other), ""),
                phone=line.phone,
            )
            for line in lines
        ),
        "scope": AS_REPRESENTATIVE,
    }


def _agent(source: Source) -> dict[str, Any]:
    one, other = common.sides(source.case)
    party = source.party or next(iter(one), None)
    mine, theirs = (one, other) if party in one else (other, one)
    role = "申请人" if mine is one else "被申请人"
    return {
        "elected": False,
        "principals": (common.party_line(party, role),) if party else (),
        "opponents": common.names(theirs),
        "agents": (),
        "scope": (),
    }
