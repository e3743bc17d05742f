"""D31 结案报告."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.facts.base import may, need
from documents.facts.common import ClaimLine


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """One day of the case."""

    on: date = need("日期")
    what: str = need("事项")


@dataclass(frozen=True, kw_only=True)
class ClosingFacts:
    """Facts of D31. Sums in yuan."""

    office: str = need("办案单位")
    case_number: str = need("案号")
    ticket_no: str = may("工单号")
    applicant: str = need("申请人")
    respondents: tuple[str, ...] = may("被申请人", ())
    cause: str = may("案由")
    group_size: int = may("涉及人数", 1)
    opened_on: date = need("来电日期")
    accepted_on: date | None = may("受理日期", None)
    closed_on: date = need("结案日期")
    mediators: tuple[str, ...] = may("调解员", ())
    claims: tuple[ClaimLine, ...] = may("请求及结果", ())
    steps: tuple[StepLine, ...] = may("办理经过", ())
    agreed_yuan: Decimal | None = may("协议金额", None)
    paid_yuan: Decimal | None = may("已履行金额", None)
    outcome: str = need("结案方式")
    summary: str = may("案情与处理结果")
    papers: tuple[str, ...] = may("形成的文书", ())
    manager: str = may("承办人")
    approver: str = may("审批人")
