"""D29 送达回证 and D30 回访记录."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need


@dataclass(frozen=True, kw_only=True)
class VisitFacts:
    """Facts of D30: by somebody other than the handler."""

    case_number: str = need("案号")
    office: str = need("回访单位")
    person: str = need("回访对象")
    phone: str = may("联系电话")
    visitor: str = need("回访人")
    on: date = need("回访日期")
    way: str = may("回访方式")
    reached: bool = may("是否联系上", True)
    told: str = may("是否告知结果")
    paid: str = may("款项是否到账")
    satisfied: str = may("满意度")
    need_text: str = may("进一步需求")
    advice: str = may("处理意见")


@dataclass(frozen=True, kw_only=True)
class ServiceFacts:
    """Facts of D29: which paper reached whom, when and how."""

    case_number: str = need("案号")
    office: str = need("送达单位")
    document: str = need("送达文书")
    document_number: str = may("文书字号")
    receiver: str = need("受送达人")
    place: str = may("送达地点")
    way: str = need("送达方式")
    served_on: date | None = may("送达日期", None)
    proof: str = may("送达凭证")
    server: str = may("送达人")
    witness: str = may("见证人")
    note: str = may("备注")
