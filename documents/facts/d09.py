"""D09 调解通知书（含征询意见及回执）."""

from dataclasses import dataclass
from datetime import date, datetime

from documents.facts.base import may, need
from documents.facts.common import ClaimLine, Issuer


@dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """Facts of D09: to a party of the mediation; the respondent answers on the slip."""

    issuer: Issuer = need("发文单位")
    addressee: str = need("主送")
    is_respondent: bool = may("被申请人", True)
    case_number: str = need("案号")
    applicant: str = need("申请人")
    respondents: tuple[str, ...] = need("被申请人")
    cause: str = need("案由")
    claims: tuple[ClaimLine, ...] = may("请求事项", ())
    session_at: datetime = need("调解时间")
    place: str = need("调解地点")
    way: str = may("调解方式")
    mediators: tuple[str, ...] = need("调解员")
    recorder: str = may("记录人")
    answer_by: date | None = may("回执期限", None)
    bring: tuple[str, ...] = may("携带材料", ())
    annexes: tuple[str, ...] = may("附件", ())
    group_size: int = may("涉及人数", 1)
