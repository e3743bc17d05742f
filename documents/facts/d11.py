"""D11 回避申请书 / 决定书: a party asks that the mediator withdraw; the head decides."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need


@dataclass(frozen=True, kw_only=True)
class RecusalFacts:
    """Facts of D11 (grounds: 特邀调解规定 15). Without a decision it is the request."""

    committee: str = need("调解组织")
    case_number: str = need("案号")
    cause: str = need("案由")
    requester: str = need("申请回避人")
    capacity: str = need("当事人地位")
    mediator: str = need("被申请回避人")
    post: str = may("被申请回避人身份", "调解员")
    reason: str = need("申请理由")
    asked_on: date = need("申请日期")
    granted: bool | None = may("是否准许", None)
    decided_on: date | None = may("决定日期", None)
    decider: str = may("决定人")
    ground: str = may("决定理由")
    replacement: str = may("更换后的调解员")

    @property
    def title(self) -> str:
        """A request until it is decided."""
        return "回避申请书" if self.granted is None else "回避决定书"

    def contradictions(self) -> list[str]:
        """A decision says when and by whom; a refusal says why; nobody decides about themselves."""
        if self.granted is None:
            return []
        lacks = [
            name
            for name, there in (
                ("决定日期", self.decided_on),
                ("决定人", self.decider),
                ("决定理由", self.ground or self.granted),
            )
            if not there
        ]
        found = [f"回避决定缺少{'、'.join(lacks)}"] if lacks else []
        if self.decider and self.decider == self.mediator:
            found.append("被申请回避人不得决定自己是否回避")
        return found
