"""D27 授权委托书 / 推选代表书: who may speak for whom, and how far."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import PartyLine


@dataclass(frozen=True, kw_only=True)
class AgentLine:
    """Somebody who acts for others."""

    name: str = need("姓名")
    identity_number: str = may("身份号码")
    unit: str = may("工作单位及职务")
    relation: str = may("与委托人的关系")
    phone: str = may("联系电话")


@dataclass(frozen=True, kw_only=True)
class AuthorityFacts:
    """Facts of D27 (劳动争议调解仲裁法 7, 24). Settling needs special authority, or each one's consent."""

    committee: str = need("调解组织")
    case_number: str = need("案号")
    cause: str = need("案由")
    elected: bool = may("推选代表", False)
    principals: tuple[PartyLine, ...] = need("委托人（推选人）")
    opponents: tuple[str, ...] = may("对方当事人", ())
    agents: tuple[AgentLine, ...] = need("受托人（代表人）")
    scope: tuple[str, ...] = need("权限")
    special: bool = may("特别授权", False)
    made_on: date = need("日期")

    @property
    def title(self) -> str:
        """An election, or an authority letter."""
        return "推选代表书" if self.elected else "授权委托书"

    def contradictions(self) -> list[str]:
        """Representatives are elected from among the workers themselves."""
        if not self.elected or not self.agents:
            return []
        known = {row.name for row in self.principals}
        strangers = [row.name for row in self.agents if row.name not in known]
        return [f"{'、'.join(strangers)}不是推选人"] if strangers else []
