"""D02 受理通知书: the application was accepted, and what follows."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import ClaimLine, ClockLine, Issuer


@dataclass(frozen=True, kw_only=True)
class AcceptanceFacts:
    """Facts of D02."""

    issuer: Issuer = need("发文单位")
    case_number: str = need("案号")
    addressee: str = need("主送")
    applicant: str = need("申请人")
    respondents: tuple[str, ...] = need("被申请人")
    cause: str = need("案由")
    received_on: date = need("收到申请日期")
    accepted_on: date = need("受理日期")
    claims: tuple[ClaimLine, ...] = may("请求事项", ())
    clocks: tuple[ClockLine, ...] = may("办理期限", ())
    mediators: tuple[str, ...] = may("调解员", ())
    group_size: int = may("涉及人数", 1)
