"""D38 法律服务补贴申领表: a lawyer's work in a case is confirmed and paid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.facts.base import may, need


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    """A piece of work: day, what, and the subsidy for it in yuan."""

    on: date = need("日期")
    what: str = need("服务内容")
    yuan: Decimal = need("补贴金额")


@dataclass(frozen=True, kw_only=True)
class SubsidyFacts:
    """Facts of D38. Sums in yuan; the total is that of the lines. No content of the case."""

    office: str = need("发放单位")
    case_number: str = need("案号")
    cause: str = need("案件类型")
    outcome: str = need("办理结果")
    lawyer: str = need("申领人")
    firm: str = need("执业机构")
    licence: str = need("执业证号")
    phone: str = may("联系电话")
    work: tuple[WorkLine, ...] = need("服务事项")
    total_yuan: Decimal = need("申领金额")
    standard: str = need("补贴标准依据")
    holder: str = need("收款人")
    bank: str = need("开户银行")
    account: str = need("账号")
    manager: str = need("案件承办人")
    applied_on: date = need("申领日期")

    def contradictions(self) -> list[str]:
        """The total is the sum of the lines."""
        summed = sum((row.yuan for row in self.work), Decimal(0))
        return [] if self.total_yuan == summed else [f"申领金额与各项合计{summed}元不符"]
