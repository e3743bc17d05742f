"""D26 补正材料通知书."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import Issuer


@dataclass(frozen=True, kw_only=True)
class CompletionFacts:
    """Facts of D26: asked once, with everything that is missing."""

    issuer: Issuer = need("发文单位")
    case_number: str = need("编号")
    addressee: str = need("主送")
    respondents: tuple[str, ...] = may("被申请人", ())
    subject: str = need("申请事项")
    received_on: date = need("收到申请日期")
    missing: tuple[str, ...] = need("需补正的材料")
    supply_by: date | None = may("补正期限", None)
    way: str = may("补正方式")
