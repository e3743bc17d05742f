"""D06 支持起诉申请书: a worker asks the procuratorate to support a suit of their own."""

from dataclasses import dataclass

from documents.facts.base import may, need
from documents.facts.common import ClaimLine, PartyLine


@dataclass(frozen=True, kw_only=True)
class SupportFacts:
    """Facts of D06 (民事诉讼法 15). The worker stays the plaintiff and says why help is needed."""

    procuratorate: str = need("受理检察院")
    court: str = need("拟起诉法院")
    case_number: str = may("案号")
    applicants: tuple[PartyLine, ...] = need("申请人")
    respondents: tuple[PartyLine, ...] = need("被申请人")
    cause: str = need("案由")
    claims: tuple[ClaimLine, ...] = need("诉讼请求")
    situation: str = need("事实与理由")
    weakness: str = need("诉讼能力不足的情形")
    tried: str = need("已寻求的救济")
    evidence: tuple[str, ...] = need("证据")
    filed: bool = may("是否已起诉", False)

    def contradictions(self) -> list[str]:
        """Support comes before the suit is filed."""
        return ["已经起诉的，不再申请支持起诉"] if self.filed else []
