"""D14 调解协议书: what the parties agreed, so exact that a court can confirm it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.facts.base import may, need
from documents.facts.common import Issuer, PartyLine


@dataclass(frozen=True, kw_only=True)
class PaymentItem:
    """What a sum is for, and who bears tax and contributions."""

    item: str = need("款项")
    yuan: Decimal = need("金额")
    note: str = may("税费、社会保险处理")


@dataclass(frozen=True, kw_only=True)
class InstalmentLine:
    """One payment: number, last day, sum."""

    number: int = need("期次")
    due: date = need("付款期限")
    yuan: Decimal = need("金额")


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """Where the money goes."""

    holder: str = need("收款人")
    bank: str = need("开户银行")
    number: str = need("账号")


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    """A duty other than paying, with its last day."""

    what: str = need("义务")
    due: date | None = may("履行期限", None)


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """One worker of a collective case: own sums per instalment, own account, own consent."""

    ref: str = need("编号")
    name: str = need("姓名")
    identity_number: str = may("身份号码")
    yuan: Decimal = need("金额")
    shares: tuple[Decimal, ...] = may("各期金额", ())
    account: str = may("收款账号")
    consented_on: date | None = may("同意日期", None)


@dataclass(frozen=True, kw_only=True)
class AgreementFacts:
    """Facts of D14. The sum of instalments equals the total, the members' sums too."""

    issuer: Issuer = need("调解组织")
    case_number: str = need("案号")
    workers: tuple[PartyLine, ...] = need("职工方")
    employers: tuple[PartyLine, ...] = need("用人单位方")
    representatives: tuple[str, ...] = may("推选代表", ())
    cause: str = need("案由")
    agreed_facts: tuple[str, ...] = need("双方确认的事实")
    relation: str = may("劳动关系")
    clauses: tuple[str, ...] = may("协议条款", ())
    items: tuple[PaymentItem, ...] = may("付款项目", ())
    total_yuan: Decimal = need("总金额")
    payer: str = may("付款人")
    instalments: tuple[InstalmentLine, ...] = may("分期", ())
    accounts: tuple[AccountLine, ...] = may("收款账户", ())
    duties: tuple[DutyLine, ...] = may("其他义务", ())
    accelerates: bool = may("加速到期", True)
    default_clause: str = may("违约责任")
    settled: tuple[str, ...] = need("了结的请求")
    unsettled: tuple[str, ...] = may("未了结的请求", ())
    confirmation: str = may("司法确认或仲裁审查", "none")
    judicial_by: date | None = may("司法确认期限", None)
    review_by: date | None = may("仲裁审查期限", None)
    originals: int = may("份数", 3)
    members: tuple[MemberLine, ...] = may("集体案件人员名单", ())
    mediators: tuple[str, ...] = need("调解员")
    recorder: str = may("记录人")
    drafted_on: date = need("拟定日期")
    effective_on: date | None = may("生效日期", None)

    def contradictions(self) -> list[str]:
        """Sums that do not add up, in Chinese words."""
        found = []
        for what, lines in (
            ("款项", self.items),
            ("分期", self.instalments),
            ("各人", self.members),
        ):
            if lines and sum(line.yuan for line in lines) != self.total_yuan:
                found.append(f"{what}金额之和与总金额{self.total_yuan}元不一致")
        for member in self.members:
            if member.shares and sum(member.shares) != member.yuan:
                found.append(f"{member.name}的各期金额之和与其合计不一致")
        return found
