"""D17 仲裁审查申请书: both sides ask the commission to review the agreement (仲裁审查、置换)."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import PartyLine


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """Facts of D17 (劳动人事争议仲裁办案规则 74): jointly, within 15 days of effect."""

    commission: str = need("受理仲裁委员会")
    committee: str = need("调解组织")
    applicants: tuple[PartyLine, ...] = need("申请人")
    agreement_number: str = need("协议书字号")
    cause: str = need("案由")
    effective_on: date = need("协议生效日期")
    last_day: date = need("申请期限届满日")
    delivery: tuple[str, ...] = may("送达地址", ())

    def contradictions(self) -> list[str]:
        """Both sides ask; the period must not end before it began."""
        found = ["双方当事人应当共同申请"] if len(self.applicants) == 1 else []
        if self.last_day and self.effective_on and self.last_day < self.effective_on:
            found.append("申请期限届满日早于协议生效日期")
        return found
