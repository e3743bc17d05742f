"""D37 隐患登记与整改通知: two inspectors find a danger and set the day by which it is gone."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import Issuer

INSPECTORS = 2


@dataclass(frozen=True, kw_only=True)
class HazardFacts:
    """Facts of D37 (工会法 25; 安全生产法 60; 职业病防治法 40)."""

    issuer: Issuer = need("发文单位")
    case_number: str = may("案件编号")
    source: str = may("线索来源")
    employer: str = need("用人单位")
    place: str = need("隐患地点")
    found_on: date = need("检查日期")
    grade: str = need("隐患等级")
    hazard: str = need("隐患情况")
    rule: str = need("违反的规定")
    people: int | None = may("受影响人数", None)
    photos: tuple[str, ...] = may("照片及附件", ())
    measures: tuple[str, ...] = need("整改要求")
    withdraw: bool = may("建议撤离危险场所", False)
    fix_by: date = need("整改期限")
    inspectors: tuple[str, ...] = need("检查人")
    recheck_on: date | None = may("复查日期", None)
    recheck: str = may("复查结果")

    def contradictions(self) -> list[str]:
        """Two inspectors; the day is not before the inspection."""
        found = []
        if self.inspectors and len(self.inspectors) < INSPECTORS:
            found.append("检查应当由两人以上进行")
        if self.fix_by and self.found_on and self.fix_by < self.found_on:
            found.append("整改期限早于检查日期")
        return found
