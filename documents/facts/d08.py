"""D08 调解申请书（口头申请笔录）."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import ClaimLine, PartyLine


@dataclass(frozen=True, kw_only=True)
class ApplicationFacts:
    """Facts of D08 (劳动争议调解仲裁法 12: written, or oral and written down on the spot)."""

    committee: str = need("调解组织")
    case_number: str = need("案件编号")
    applicants: tuple[PartyLine, ...] = need("申请人")
    respondents: tuple[PartyLine, ...] = need("被申请人")
    representatives: tuple[str, ...] = may("推选代表", ())
    claims: tuple[ClaimLine, ...] = need("请求事项")
    reasons: str = need("事实与理由")
    evidence: tuple[str, ...] = may("证据", ())
    other_procedures: str = may("其他程序")
    wish_mediator: str = may("希望的调解员")
    wish_open: str = may("公开与否")
    oral: bool = may("口头申请", False)
    taken_by: str = may("记录人")
    applied_on: date = need("申请日期")
