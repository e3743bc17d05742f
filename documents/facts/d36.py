"""D36 督办单: something is late; who answers for it, and by when it must be done."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import Issuer


@dataclass(frozen=True, kw_only=True)
class LateLine:
    """A clock that ran out."""

    what: str = need("事项")
    due: date = need("应办结日期")
    days_late: int = need("逾期工作日")
    owner: str = may("责任人")


@dataclass(frozen=True, kw_only=True)
class UrgeFacts:
    """Facts of D36. A pause or an excuse needs a reason; the answer is in writing."""

    issuer: Issuer = need("发文单位")
    addressee: str = need("主送")
    case_number: str = need("案号")
    cause: str = may("案由")
    level: str = need("督办级别")
    late: tuple[LateLine, ...] = need("逾期事项")
    found: str = may("督查情况")
    demands: tuple[str, ...] = need("督办要求")
    reply_by: date = need("反馈期限")
    supervisor: str = need("督办人")
    copies: tuple[str, ...] = may("抄送", ())
