"""D15 延期调解同意书."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need


@dataclass(frozen=True, kw_only=True)
class ExtensionFacts:
    """Facts of D15: both sides agree to go on after the period; arbitration stays open."""

    committee: str = need("调解组织")
    case_number: str = need("案号")
    applicant: str = need("申请人")
    respondents: tuple[str, ...] = need("被申请人")
    cause: str = need("案由")
    accepted_on: date = need("受理日期")
    old_due: date = need("原调解期限")
    new_due: date = need("延长至")
    reason: str = need("延期原因")
    right_from: date | None = may("可申请仲裁之日", None)
    mediators: tuple[str, ...] = may("调解员", ())
