"""D35 时效风险告知书: the worker is told which day ends which right, and how it was counted."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import ClockLine, PlaceLine


@dataclass(frozen=True, kw_only=True)
class RiskFacts:
    """Facts of D35 (劳动争议调解仲裁法 27). Without a running day nothing may be promised."""

    office: str = need("告知单位")
    case_number: str = need("案件编号")
    worker: str = need("职工")
    employer: str = may("用人单位")
    cause: str = need("争议事项")
    clocks: tuple[ClockLine, ...] = need("期限")
    risk: str = need("风险提示")
    interrupts: tuple[str, ...] = may("时效中断的方式", ())
    places: tuple[PlaceLine, ...] = may("受理机关", ())
    phone: str = may("联系电话", "12351")
    told_by: str = need("告知人")
    told_on: date = need("告知日期")
