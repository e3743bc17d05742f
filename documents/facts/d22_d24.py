"""D22 提示函, D23 意见书, D24 建议书: the union's supervision letters (一函两书)."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import Issuer

INSPECTORS = 2


@dataclass(frozen=True, kw_only=True)
class SupervisionFacts:
    """What the three letters share: to whom, about what, what was found, by which rule."""

    issuer: Issuer = need("发文单位")
    addressee: str = need("主送")
    case_number: str = may("案件编号")
    subject: str = need("事由")
    found: str = need("核查情况")
    rules: tuple[str, ...] = need("法律依据")
    reply_by: date = need("答复期限")
    annexes: tuple[str, ...] = may("附件", ())
    copies: tuple[str, ...] = may("抄送", ())


@dataclass(frozen=True, kw_only=True)
class ReminderFacts(SupervisionFacts):
    """Facts of D22: reminds before or at the first sign of a breach."""

    hints: tuple[str, ...] = need("提示内容")


@dataclass(frozen=True, kw_only=True)
class OpinionFacts(SupervisionFacts):
    """Facts of D23: asks the employer to put the breach right; two supervisors checked it."""

    breach: str = need("违反的规定")
    checked_on: date = need("核查日期")
    supervisors: tuple[str, ...] = need("劳动法律监督员")
    demands: tuple[str, ...] = need("整改要求")
    earlier: str = may("此前的提示函")
    signer: str = need("签发人")

    def contradictions(self) -> list[str]:
        """A check takes two supervisors."""
        few = self.supervisors and len(self.supervisors) < INSPECTORS
        return ["核查应当由两名以上劳动法律监督员进行"] if few else []


@dataclass(frozen=True, kw_only=True)
class ProposalFacts(SupervisionFacts):
    """Facts of D24: to the authority, when the employer did not put it right."""

    employer: str = need("用人单位")
    employer_address: str = may("单位地址")
    people: int = may("涉及人数", 1)
    breach: str = need("违反的规定")
    earlier: tuple[str, ...] = need("此前的监督文书")
    refusal: str = need("拒不改正的情况")
    proposals: tuple[str, ...] = need("处理建议")
