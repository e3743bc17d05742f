"""D28 送达地址确认书."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need


@dataclass(frozen=True, kw_only=True)
class DeliveryFacts:
    """Facts of D28: where a party takes papers; electronic service needs consent."""

    committee: str = need("调解组织")
    case_number: str = need("案号")
    party: str = need("当事人")
    role: str = need("当事人地位")
    address: str = need("送达地址")
    postcode: str = may("邮政编码")
    receiver: str = need("收件人")
    phone: str = need("联系电话")
    electronic: bool = may("同意电子送达", False)
    electronic_address: str = may("电子送达地址")
    confirmed_on: date = need("确认日期")

    def contradictions(self) -> list[str]:
        """Who agrees to electronic service says where."""
        lacks = self.electronic and not self.electronic_address
        return ["同意电子送达而未填写电子送达地址"] if lacks else []
