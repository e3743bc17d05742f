"""The papers we issue: code, Chinese title, facts, number series, look. One row a paper."""

from dataclasses import dataclass
from typing import Any

from documents.facts import (
    d01,
    d02,
    d03,
    d04,
    d05,
    d08,
    d09,
    d10,
    d12,
    d13,
    d14,
    d15,
    d16,
    d18_d19,
    d25,
    d26,
    d28,
    d29_d30,
    d31,
    d34,
)

LETTER, FORM, DEED = "letter", "form", "deed"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of paper.

    `series` is the mark between 渝工 and the year in its number; "" when it has none of its own.
    `voice` says who speaks in a letter: the union or its mediation committee.
    """

    code: str
    title: str
    facts: type[Any]
    look: str
    series: str = ""
    voice: str = ""

    @property
    def template(self) -> str:
        """Path of the template."""
        return f"documents/{self.code.lower()}.html"


class UnknownPaper(KeyError):
    """There is no paper of this code in the catalogue."""


_ROWS = (
    Kind(code="D01", title="12351职工服务热线来电登记表", facts=d01.CallFacts, look=FORM),
    Kind(
        code="D02",
        title="受理通知书",
        facts=d02.AcceptanceFacts,
        look=LETTER,
        series="调受",
        voice="body",
    ),
    Kind(
        code="D03",
        title="转办函",
        facts=d03.ReferralFacts,
        look=LETTER,
        series="转函",
        voice="name",
    ),
    Kind(code="D04", title="转办回执与答复函", facts=d04.ReplyFacts, look=FORM),
    Kind(code="D05", title="个人信息共享同意书", facts=d05.ConsentFacts, look=DEED),
    Kind(code="D08", title="调解申请书", facts=d08.ApplicationFacts, look=DEED),
    Kind(
        code="D09",
        title="调解通知书",
        facts=d09.NoticeFacts,
        look=LETTER,
        series="调通",
        voice="body",
    ),
    Kind(code="D10", title="权利义务及调解员告知书", facts=d10.RightsFacts, look=DEED),
    Kind(code="D12", title="调解笔录", facts=d12.RecordFacts, look=DEED),
    Kind(
        code="D13",
        title="调解终止告知书",
        facts=d13.EndFacts,
        look=LETTER,
        series="调终",
        voice="body",
    ),
    Kind(
        code="D14",
        title="调解协议书",
        facts=d14.AgreementFacts,
        look=DEED,
        series="调协",
        voice="body",
    ),
    Kind(code="D15", title="延期调解同意书", facts=d15.ExtensionFacts, look=DEED),
    Kind(code="D16", title="司法确认申请书", facts=d16.ConfirmationFacts, look=DEED),
    Kind(code="D18", title="支付令申请书", facts=d18_d19.PaymentOrderFacts, look=DEED),
    Kind(code="D19", title="强制执行申请书", facts=d18_d19.EnforcementFacts, look=DEED),
    Kind(
        code="D25",
        title="不予受理告知书",
        facts=d25.RefusalFacts,
        look=LETTER,
        series="调不受",
        voice="body",
    ),
    Kind(
        code="D26",
        title="补正材料通知书",
        facts=d26.CompletionFacts,
        look=LETTER,
        series="调补",
        voice="body",
    ),
    Kind(code="D28", title="送达地址确认书", facts=d28.DeliveryFacts, look=FORM),
    Kind(code="D29", title="送达回证", facts=d29_d30.ServiceFacts, look=FORM),
    Kind(code="D30", title="回访记录", facts=d29_d30.VisitFacts, look=FORM),
    Kind(code="D31", title="结案报告", facts=d31.ClosingFacts, look=FORM),
    Kind(
        code="D34",
        title="履行催告函",
        facts=d34.DunningFacts,
        look=LETTER,
        series="催函",
        voice="name",
    ),
)
KINDS: dict[str, Kind] = {row.code: row for row in _ROWS}


def kind_of(code: str) -> Kind:
    """The kind of paper by its code. Raises: UnknownPaper."""
    try:
        return KINDS[code]
    except KeyError:
        raise UnknownPaper(code) from None
