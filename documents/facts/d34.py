"""D34 履行催告函."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.facts.base import may, need
from documents.facts.common import Issuer


@dataclass(frozen=True, kw_only=True)
class DunningFacts:
    """Facts of D34. Sums in yuan."""

    issuer: Issuer = need("发文单位")
    addressee: str = need("主送")
    case_number: str = need("案号")
    agreement_number: str = need("协议书字号")
    agreed_on: date = need("协议生效日期")
    worker: str = need("权利人")
    number: int = need("期次")
    due: date = need("应付日期")
    yuan: Decimal = need("应付金额")
    paid_yuan: Decimal = may("已付金额", Decimal(0))
    open_yuan: Decimal = need("未付金额")
    pay_by: date = need("催告期限")
    accelerates: bool = may("加速到期", True)
    remaining_yuan: Decimal | None = may("剩余款项", None)
    group_size: int = may("涉及人数", 1)
