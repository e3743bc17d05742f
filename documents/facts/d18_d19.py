"""D18 支付令申请书, D19 强制执行申请书."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.facts.base import may, need
from documents.facts.common import PartyLine


@dataclass(frozen=True, kw_only=True)
class UnpaidLine:
    """An instalment that is due and not fully paid. Sums in yuan."""

    number: int = need("期次")
    due: date = need("应付日期")
    yuan: Decimal = need("应付金额")
    paid_yuan: Decimal = may("已付金额", Decimal(0))

    @property
    def open_yuan(self) -> Decimal:
        """What is still to pay."""
        return self.yuan - self.paid_yuan


@dataclass(frozen=True, kw_only=True)
class DefaultFacts:
    """What D18 and D19 share: who owes whom how much under which agreement. Sums in yuan."""

    court: str = need("受理法院")
    committee: str = need("调解组织")
    creditors: tuple[PartyLine, ...] = need("申请人")
    debtors: tuple[PartyLine, ...] = need("被申请人")
    agreement_number: str = need("协议书字号")
    effective_on: date = need("协议生效日期")
    cause: str = need("案由")
    unpaid: tuple[UnpaidLine, ...] = need("到期未付款项")
    open_yuan: Decimal = need("未付金额")

    def contradictions(self) -> list[str]:
        """The sum asked for is that of the lines."""
        summed = sum((row.open_yuan for row in self.unpaid), Decimal(0))
        return [] if self.open_yuan == summed else [f"未付金额与各期合计{summed}元不符"]


@dataclass(frozen=True, kw_only=True)
class PaymentOrderFacts(DefaultFacts):
    """Facts of D18 (劳动争议调解仲裁法 16)."""

    kind: str = need("款项性质")
    no_counter_duty: bool = need("有无其他债务纠纷")


@dataclass(frozen=True, kw_only=True)
class EnforcementFacts(DefaultFacts):
    """Facts of D19 (民事诉讼法 250): the title that is enforced, and until when it may be."""

    title: str = need("执行依据")
    last_day: date = need("申请执行期限届满日")
