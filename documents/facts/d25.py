"""D25 不予受理告知书."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import ClockLine, Issuer, PlaceLine


@dataclass(frozen=True, kw_only=True)
class RefusalFacts:
    """Facts of D25: why not, and where to turn."""

    issuer: Issuer = need("发文单位")
    case_number: str = need("编号")
    addressee: str = need("主送")
    respondents: tuple[str, ...] = may("被申请人", ())
    subject: str = need("申请事项")
    received_on: date = need("收到申请日期")
    reason: str = need("不予受理的理由")
    law: str = may("依据")
    places: tuple[PlaceLine, ...] = need("其他途径")
    clocks: tuple[ClockLine, ...] = may("应注意的期限", ())
