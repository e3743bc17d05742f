"""Lines that several papers share: issuing body, parties, claims, money, running clocks."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.facts.base import may, need


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """The union that issues a paper, and how it is reached."""

    name: str = need("发文单位")
    committee: str = may("调解组织")
    address: str = may("地址")
    phone: str = may("电话")
    contact: str = may("联系人")

    @property
    def body(self) -> str:
        """The mediation body when there is one, else the union."""
        return self.committee or self.name


@dataclass(frozen=True, kw_only=True)
class PartyLine:
    """A party as papers name it. Workers have sex, year of birth, identity number; firms a code."""

    role: str = need("当事人地位")
    name: str = need("姓名（名称）")
    is_person: bool = may("自然人", True)
    sex: str = may("性别")
    birth_year: int | None = may("出生年份", None)
    identity_number: str = may("身份号码")
    credit_code: str = may("统一社会信用代码")
    legal_person: str = may("法定代表人（负责人）")
    address: str = may("住址（住所）")
    phone: str = may("联系电话")
    unit: str = may("工作单位")
    capacity: str = may("身份")
    agent: str = may("委托代理人")
    agent_authority: str = may("代理权限")


@dataclass(frozen=True, kw_only=True)
class ClaimLine:
    """One claim: what, how much, for which time, and what became of it."""

    item: str = need("请求事项")
    yuan: Decimal | None = may("金额", None)
    period: str = may("期间")
    code: str = may("事由代码")
    result: str = may("结果")
    note: str = may("说明")


@dataclass(frozen=True, kw_only=True)
class ClockLine:
    """A running period: what it is for, its last day, how it was counted, and on which ground."""

    what: str = need("期限事项")
    due: date = need("届满日")
    start: date | None = may("起算日", None)
    how: str = may("计算方法")
    article: str = may("依据")


@dataclass(frozen=True, kw_only=True)
class PlaceLine:
    """An office a person may turn to."""

    name: str = need("单位")
    address: str = may("地址")
    phone: str = may("电话")
    what: str = may("可办事项")
