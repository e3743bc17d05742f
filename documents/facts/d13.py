"""D13 调解终止（不成）告知书: mediation ended, and every way that is open now."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need
from documents.facts.common import ClaimLine, ClockLine, Issuer, PlaceLine


@dataclass(frozen=True, kw_only=True)
class EndFacts:
    """Facts of D13."""

    issuer: Issuer = need("发文单位")
    case_number: str = need("案号")
    addressee: str = need("主送")
    applicant: str = need("申请人")
    respondents: tuple[str, ...] = need("被申请人")
    cause: str = need("案由")
    received_on: date = need("收到申请日期")
    accepted_on: date | None = may("受理日期", None)
    sessions: tuple[date, ...] = may("调解日期", ())
    reason: str = need("终止原因")
    ended_on: date = need("终止日期")
    claims: tuple[ClaimLine, ...] = may("各项结果", ())
    arbitration: PlaceLine = need("劳动人事争议仲裁委员会")
    limitation: ClockLine | None = may("仲裁时效", None)
    inspection: PlaceLine | None = may("劳动保障监察机构", None)
    aid: PlaceLine | None = may("法律援助机构", None)
    court: PlaceLine | None = may("人民法院", None)
    court_open: str = may("可直接起诉的情形")
    help: tuple[str, ...] = may("工会后续帮助", ())
