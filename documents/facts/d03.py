"""D03 转办（移送）函: a matter goes to an office of another party, with a slip for its answer."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import ClaimLine, ClockLine, Issuer


@dataclass(frozen=True, kw_only=True)
class ReferralFacts:
    """Facts of D03: the minimum the receiving office needs, by the worker's consent."""

    issuer: Issuer = need("发文单位")
    addressee: str = need("主送")
    subject: str = need("事由")
    matter: str = need("转办事项")
    case_number: str = need("案件编号")
    came_on: date = need("来电日期")
    worker: str = need("职工")
    worker_phone: str = may("职工电话")
    employer: str = need("用人单位")
    employer_address: str = may("单位地址")
    situation: str = need("基本情况")
    claims: tuple[ClaimLine, ...] = may("诉求", ())
    done: str = may("工会已做工作")
    asked: tuple[str, ...] = need("请求办理事项")
    law: tuple[str, ...] = may("依据", ())
    clocks: tuple[ClockLine, ...] = may("正在计算的期限", ())
    reply_by: date = need("答复期限")
    reply_days: str = may("答复期限说明")
    consent: str = need("授权依据")
    annexes: tuple[str, ...] = may("附件", ())
    copies: tuple[str, ...] = may("抄送", ())
    urgency: str = may("紧急程度")
    group_size: int = may("涉及人数", 1)
