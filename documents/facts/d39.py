"""D39 集体协商要约书: the staff side offers to bargain."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import Issuer


@dataclass(frozen=True, kw_only=True)
class OfferFacts:
    """Facts of D39 (重庆市集体合同条例 19; 工会法 21). The answer is in writing by its day."""

    issuer: Issuer = need("发文单位")
    addressee: str = need("主送")
    case_number: str = may("案件编号")
    subject: str = need("协商事项")
    people: int = need("涉及职工人数")
    proposals: tuple[str, ...] = need("协商内容")
    reply_by: date = need("答复期限")
    annexes: tuple[str, ...] = may("附件", ())
    copies: tuple[str, ...] = may("抄送", ())
