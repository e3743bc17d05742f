"""D12 调解笔录: what was said and agreed in one session. Offers are sealed and not printed here."""

from dataclasses import dataclass
from datetime import datetime

from documents.facts.base import may, need
from documents.facts.common import ClaimLine


@dataclass(frozen=True, kw_only=True)
class PresentLine:
    """Somebody present, with capacity and authority."""

    name: str = need("姓名")
    capacity: str = need("身份")
    authority: str = may("代理权限")
    identity_checked: bool = may("身份已核对", True)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One turn of the talk."""

    who: str = need("发言人")
    said: str = need("发言")


@dataclass(frozen=True, kw_only=True)
class RecordFacts:
    """Facts of D12."""

    committee: str = need("调解组织")
    case_number: str = need("案号")
    number: int = need("次数")
    began: datetime = need("开始时间")
    ended: datetime | None = may("结束时间", None)
    place: str = need("地点")
    way: str = may("方式")
    mediators: tuple[str, ...] = need("调解员")
    recorder: str = may("记录人")
    present: tuple[PresentLine, ...] = need("到场人员")
    cause: str = need("案由")
    claims: tuple[ClaimLine, ...] = may("请求事项", ())
    turns: tuple[Turn, ...] = may("调解过程", ())
    record: str = may("记录")
    agreed_facts: tuple[str, ...] = may("无争议事实", ())
    issues: tuple[str, ...] = may("争议焦点", ())
    evidence: tuple[str, ...] = may("出示的证据及意见", ())
    results: tuple[ClaimLine, ...] = may("逐项结果", ())
    result: str = need("调解结果")
    next_at: datetime | None = may("下次调解时间", None)
    corrections: str = may("更正")
