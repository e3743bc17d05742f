"""D01 来电登记表: what a call said, and what was done with it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from documents.facts.base import may, need
from documents.facts.common import ClaimLine, ClockLine


@dataclass(frozen=True, kw_only=True)
class CallFacts:
    """Facts of D01. `ticket_no` is its number; sums in yuan."""

    ticket_no: str = need("工单号")
    office: str = need("登记单位")
    began: datetime = need("来电时间")
    ended: datetime | None = may("结束时间", None)
    channel: str = need("来源渠道")
    operator: str = need("坐席员")
    recording: str = may("录音编号")
    caller: str = may("来电人")
    anonymous: bool = may("匿名", False)
    sex: str = may("性别")
    birth_year: int | None = may("出生年份", None)
    identity_number: str = may("身份号码")
    phone: str = may("联系电话")
    second_contact: str = may("其他联系方式")
    home: str = may("户籍地")
    worker_kind: str = may("职工类别")
    union_member: str = may("是否工会会员")
    address: str = may("现住址")
    employer: str = may("用人单位")
    credit_code: str = may("统一社会信用代码")
    employer_address: str = may("单位地址")
    employer_contact: str = may("单位联系人及电话")
    work_place: str = may("工作地点")
    hired_on: date | None = may("入职时间", None)
    left_on: date | None = may("离职时间", None)
    contract: str = may("劳动合同")
    month_pay_yuan: Decimal | None = may("月工资", None)
    claims: tuple[ClaimLine, ...] = may("诉求", ())
    facts: str = need("反映情况")
    evidence: str = may("现有证据")
    tried: str = may("已采取途径")
    wish: str = may("诉求意愿")
    classes: str = may("工单分类")
    cause: str = may("事由")
    priority: str = may("紧急程度")
    group_size: int = may("涉及人数", 1)
    danger: bool = may("是否存在紧急危险", False)
    limitation: str = may("时效提示")
    advice: str = may("答复意见")
    advice_source: str = may("答复依据")
    consents: str = may("授权情况")
    dispatched_to: str = may("派办单位")
    clocks: tuple[ClockLine, ...] = may("办理期限", ())
    satisfaction: str = may("评价")
