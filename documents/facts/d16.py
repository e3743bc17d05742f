"""D16 司法确认申请书."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import PartyLine


@dataclass(frozen=True, kw_only=True)
class ConfirmationFacts:
    """Facts of D16 (人民调解法 33, 民事诉讼法 205): both sides ask jointly, by the last day."""

    court: str = need("受理法院")
    committee: str = need("调解组织")
    applicants: tuple[PartyLine, ...] = need("申请人")
    agreement_number: str = need("协议书字号")
    cause: str = need("案由")
    effective_on: date = need("协议生效日期")
    last_day: date = need("申请期限届满日")
    delivery: tuple[str, ...] = may("送达地址", ())

    def contradictions(self) -> list[str]:
        """The period must not end before it began."""
        early = self.last_day and self.effective_on and self.last_day < self.effective_on
        return ["申请期限届满日早于协议生效日期"] if early else []
