"""D40 副卷材料汇录: what only the house may read, put together when the sealed volume is bound."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from documents.facts.base import may, need


@dataclass(frozen=True, kw_only=True)
class TalkLine:
    """A mediator's own note: of a talk with one side alone, or of an offer told in confidence."""

    at: datetime = need("时间")
    about: str = need("对象")
    author: str = need("记录人")
    text: str = need("内容")


@dataclass(frozen=True, kw_only=True)
class OfferLine:
    """A sum that one side put in under seal."""

    on: date = need("提出日期")
    number: int = need("轮次")
    side: str = need("提出方")
    yuan: Decimal = need("金额")
    opened: bool = may("已启封", False)


@dataclass(frozen=True, kw_only=True)
class ViewLine:
    """What an office thought of a hard case; it binds nobody."""

    on: date | None = may("意见日期", None)
    office: str = need("提出单位")
    question: str = need("征询问题")
    text: str = need("意见")


@dataclass(frozen=True, kw_only=True)
class SealedFacts:
    """Facts of D40. Nobody is served with it, and it has no code: it never leaves the volume.

    Source: 《人民调解法》第二十三条; 《劳动人事争议仲裁办案规则》第二十二条（正卷、副卷）.
    """

    office: str = need("立卷单位")
    case_number: str = need("案号")
    cause: str = may("案由")
    caller: tuple[str, ...] = may("密封的来电人信息", ())
    talks: tuple[TalkLine, ...] = may("调解员记录", ())
    offers: tuple[OfferLine, ...] = may("密封报价", ())
    views: tuple[ViewLine, ...] = may("内部意见", ())

    def contradictions(self) -> list[str]:
        """An empty one is not bound."""
        return (
            [] if self.caller or self.talks or self.offers or self.views else ["没有副卷材料"]
        )
