"""D04 转办回执与答复函: what the receiving office answered."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need


@dataclass(frozen=True, kw_only=True)
class ReplyFacts:
    """Facts of D04. `issuer_name` is the answering office: its own paper on our form."""

    issuer_name: str = need("答复单位")
    addressee: str = need("主送")
    letter_number: str = need("来函字号")
    matter: str = need("转办事项")
    case_number: str = need("案件编号")
    signed_on: date | None = may("签收日期", None)
    signed_by: str = may("签收人")
    answer: str = need("答复意见")
    answered_on: date = need("答复日期")
    reason: str = may("理由")
    law: str = may("依据")
    missing: tuple[str, ...] = may("需补材料", ())
    own_number: str = may("本单位编号")
    handler: str = may("承办人")
    handler_phone: str = may("联系电话")
    expected_on: date | None = may("预计办结日期", None)
    result: str = may("办理结果")
    result_on: date | None = may("办结日期", None)
    pack_number: int | None = may("转办材料包序号", None)
    pack_sha256: str = may("转办材料包指纹")
    ledger_head: str = may("签收时台账指纹")
    receipt: str = may("签收凭证")
