"""Who and what the samples speak of: no person, firm, number or account here exists."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from casework.clock import SHANGHAI
from documents.facts.common import ClaimLine, ClockLine, Issuer, PartyLine


@dataclass(frozen=True, kw_only=True)
class Sample:
    """An invented paper: its facts, its day, its number when it has one."""

    facts: object
    day: date
    number: str = ""


CASE, TICKET = "渝工调〔2026〕86号", "CQ12351-20260310-0017"
UNION = Issuer(
    name="重庆市两江新区总工会",
    committee="重庆市两江新区总工会劳动争议调解委员会",
    address="重庆市两江新区示例大道100号",
    phone="023-12351",
    contact="陈予安",
)
WORKER, LABOUR, BUILDER = "吕㛃", "重庆砚石劳务有限公司", "磐川建设集团有限公司"
SITUATION = (
    "2025年11月至2026年2月，吕㛃等12人经重庆砚石劳务有限公司招用，在两江新区某住宅项目从事木工作业，"
    "未签订书面劳动合同，有考勤照片和班组记工单。砚石劳务公司称总包单位磐川建设集团有限公司未拨付进度款，"
    "欠付12人工资合计254,700.00元。工人推选吕㛃、王堃、买买提·艾力三人为代表。\n"
    "总包单位承认已开设农民工工资专用账户，但上月未足额拨付。"
)
CLAIM = ClaimLine(
    code="A02.01",
    item="支付拖欠的工资",
    yuan=Decimal("254700.00"),
    period="2025年11月至2026年2月",
)
M03 = ClockLine(
    what="自收到申请之日起满此期限未达成调解协议的，当事人可以依法申请仲裁",
    due=date(2026, 3, 27),
    start=date(2026, 3, 12),
    how="自2026年3月12日的次日起算，15日",
    article="《劳动争议调解仲裁法》第十四条",
)
M04 = ClockLine(
    what="调解期限，双方同意的可以延长",
    due=date(2026, 3, 30),
    start=date(2026, 3, 13),
    how="自2026年3月13日的次日起算，15日，末日为休息日，顺延至其后第一个工作日",
    article="《企业劳动争议协商调解规定》第二十九条",
)
NAMES = (
    "吕㛃",
    "王堃",
    "买买提·艾力",
    "𠅤𬱖",
    "周明远",
    "何小川",
    "罗长青",
    "谭石生",
    "冉启文",
    "向阳春",
    "田满仓",
    "覃有福",
)
NAME, BODY = UNION.name, UNION.body
COURT = "重庆市两江新区人民法院"
WAGES = ClaimLine(
    item="支付拖欠的工资",
    yuan=Decimal("254700.00"),
    period="2025年11月至2026年2月",
    result="达成协议",
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant by the wall clock of Shanghai."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def firm(name: str, code: str, role: str, capacity: str) -> PartyLine:
    """A firm as a party."""
    return PartyLine(
        role=role,
        name=name,
        is_person=False,
        credit_code=code,
        capacity=capacity,
        address="重庆市两江新区样例路8号",
        legal_person="方砚",
        phone="13800001001",
    )


def worker(role: str) -> PartyLine:
    """The worker of the case in default."""
    return PartyLine(
        role=role,
        name="王堃",
        sex="男",
        birth_year=1984,
        identity_number="500000198401010020",
        address="重庆市两江新区样例街12号",
        phone="13800000002",
    )


def debtor(role: str) -> PartyLine:
    """The firm that owes."""
    return PartyLine(
        role=role,
        name="重庆砺锋机械制造有限公司",
        is_person=False,
        credit_code="91500000MA0000000X",
        address="重庆市两江新区样例路8号",
        legal_person="方砺",
        phone="13800001002",
    )
