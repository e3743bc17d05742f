"""D10 权利义务及调解员告知书."""

from dataclasses import dataclass
from datetime import datetime

from documents.facts.base import may, need


@dataclass(frozen=True, kw_only=True)
class RightsFacts:
    """Facts of D10 (人民调解法 23, 24; 特邀调解规定 15, 27, 28)."""

    committee: str = need("调解组织")
    case_number: str = need("案号")
    addressee: str = need("被告知人")
    applicant: str = need("申请人")
    respondents: tuple[str, ...] = need("被申请人")
    mediators: tuple[str, ...] = need("调解员")
    recorder: str = may("记录人")
    session_at: datetime | None = may("调解时间", None)
    disclosures: tuple[str, ...] = may("调解员披露事项", ())
    phone: str = may("联系电话")
