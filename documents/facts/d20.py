"""D20 仲裁申请书 / 民事起诉状: the claim goes to arbitration, or to court."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import ClaimLine, PartyLine


@dataclass(frozen=True, kw_only=True)
class EvidenceLine:
    """A piece of evidence: what it is, where it comes from, what it is to prove."""

    name: str = need("证据名称")
    source: str = need("证据来源")
    proves: str = may("证明对象")


@dataclass(frozen=True, kw_only=True)
class WitnessLine:
    """A witness, with the place where the witness can be found."""

    name: str = need("证人姓名")
    address: str = need("证人住所")


@dataclass(frozen=True, kw_only=True)
class ActionFacts:
    """Facts of D20 (劳动争议调解仲裁法 28; for a suit 民事诉讼法 124)."""

    suit: bool = may("民事起诉状", False)
    body: str = need("受理机关")
    case_number: str = may("调解案号")
    applicants: tuple[PartyLine, ...] = need("申请人")
    respondents: tuple[PartyLine, ...] = need("被申请人")
    third_parties: tuple[PartyLine, ...] = may("第三人", ())
    cause: str = need("案由")
    claims: tuple[ClaimLine, ...] = need("请求事项")
    situation: str = need("事实与理由")
    mediation: str = may("调解经过")
    evidence: tuple[EvidenceLine, ...] = need("证据和证据来源")
    witnesses: tuple[WitnessLine, ...] = may("证人", ())
    last_day: date | None = may("时效届满日", None)
    made_on: date = need("申请日期")

    @property
    def title(self) -> str:
        """By the body that it is for."""
        return "民事起诉状" if self.suit else "劳动人事争议仲裁申请书"

    def contradictions(self) -> list[str]:
        """Nobody claims against themselves."""
        both = {row.name for row in self.applicants} & {row.name for row in self.respondents}
        return [f"{name}不能同时为申请人和被申请人" for name in sorted(both)]
