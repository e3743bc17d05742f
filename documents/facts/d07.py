"""D07 跨省（区域）协作函: a union elsewhere is asked to help, or takes the matter over."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import ClaimLine, ClockLine, Issuer


@dataclass(frozen=True, kw_only=True)
class CooperationFacts:
    """Facts of D07. `handed_over`: the other union leads, we follow to the end (首问负责)."""

    issuer: Issuer = need("发文单位")
    addressee: str = need("主送")
    subject: str = need("事由")
    case_number: str = need("案件编号")
    came_on: date = need("来电日期")
    worker: str = need("职工")
    worker_phone: str = may("职工电话")
    group_size: int = may("涉及人数", 1)
    employer: str = need("用人单位")
    employer_address: str = may("单位地址")
    link: str = need("与对方地区的联系")
    situation: str = need("基本情况")
    claims: tuple[ClaimLine, ...] = may("诉求", ())
    done: str = may("工会已做工作")
    handed_over: bool = may("移交办理", False)
    asked: tuple[str, ...] = need("请求协作事项")
    clocks: tuple[ClockLine, ...] = may("正在计算的期限", ())
    reply_by: date = need("答复期限")
    consent: str = need("授权依据")
    annexes: tuple[str, ...] = may("附件", ())
    copies: tuple[str, ...] = may("抄送", ())
