"""D21 法律援助申请表与告知: a worker asks for legal aid and is told how it goes on."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import ClaimLine, PartyLine


@dataclass(frozen=True, kw_only=True)
class AidFacts:
    """Facts of D21 (法律援助法 31, 41, 42, 43)."""

    centre: str = need("法律援助机构")
    centre_phone: str = may("法律援助机构电话", "12348")
    case_number: str = may("案号")
    applicant: PartyLine = need("申请人")
    worker_kind: str = may("职工类别")
    agent: str = may("代理申请人")
    opponent: str = need("对方当事人")
    cause: str = need("申请事项")
    form: str = need("援助形式")
    claims: tuple[ClaimLine, ...] = may("请求事项", ())
    situation: str = need("案情及申请理由")
    exempt: bool = may("免予核查经济困难状况", False)
    exempt_why: str = may("免予核查的情形")
    income: str = may("经济状况说明")
    last_day: date | None = may("时效届满日", None)
    told_by: str = need("告知人")
    applied_on: date = need("申请日期")

    def contradictions(self) -> list[str]:
        """Means are stated, or why they need not be looked at."""
        if self.exempt:
            return [] if self.exempt_why else ["免予核查的，应当写明情形"]
        return [] if self.income else ["应当说明经济状况，或者写明免予核查的情形"]
