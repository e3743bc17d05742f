"""D05 个人信息共享同意书（转办授权）: one receiver, one purpose, named kinds of data."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need


@dataclass(frozen=True, kw_only=True)
class ConsentFacts:
    """Facts of D05 (个人信息保护法 13, 14, 23, 29)."""

    worker: str = need("同意人")
    identity_number: str = may("身份号码")
    phone: str = may("联系电话")
    case_number: str = need("案件编号")
    union: str = need("信息处理者")
    union_contact: str = may("处理者联系方式")
    receiver: str = need("接收单位")
    receiver_contact: str = may("接收单位联系方式")
    purpose: str = need("处理目的")
    kinds: tuple[str, ...] = need("信息种类")
    sensitive: tuple[str, ...] = may("敏感个人信息", ())
    until: date | None = may("有效期至", None)
    how: str = may("同意方式")
    given_on: date = need("同意日期")
