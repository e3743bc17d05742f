"""The papers we issue: code, Chinese title, facts, number series, look. One row a paper."""

from dataclasses import dataclass
from typing import Any

from documents.facts import (
    d01,
    d02,
    d03,
    d04,
    d05,
    d06,
    d07,
    d08,
    d09,
    d10,
    d11,
    d12,
    d13,
    d14,
    d15,
    d16,
    d17,
    d18_d19,
    d20,
    d21,
    d22_d24,
    d25,
    d26,
    d27,
    d28,
    d29_d30,
    d31,
    d32,
    d33,
    d34,
    d35,
    d36,
    d37,
    d38,
    d39,
    d40,
)

LETTER, FORM, DEED = "letter", "form", "deed"
# Papers that must reach a party: service is recorded for each receiver.
SERVED = frozenset({"D02", "D09", "D10", "D13", "D22", "D23", "D25", "D26", "D34"})


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
    Kind(code="D06", title="支持起诉申请书", facts=d06.SupportFacts, look=DEED),
    Kind(
        code="D07",
        title="跨省（区域）协作函",
        facts=d07.CooperationFacts,
        look=LETTER,
        series="协函",
        voice="name",
    ),
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
    Kind(code="D11", title="回避申请书、决定书", facts=d11.RecusalFacts, look=DEED),
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
    Kind(code="D17", title="仲裁审查申请书", facts=d17.ReviewFacts, look=DEED),
    Kind(code="D18", title="支付令申请书", facts=d18_d19.PaymentOrderFacts, look=DEED),
    Kind(code="D19", title="强制执行申请书", facts=d18_d19.EnforcementFacts, look=DEED),
    Kind(code="D20", title="仲裁申请书、民事起诉状", facts=d20.ActionFacts, look=DEED),
    Kind(code="D21", title="法律援助申请表与告知书", facts=d21.AidFacts, look=FORM),
    Kind(
        code="D22",
        title="工会劳动法律监督提示函",
        facts=d22_d24.ReminderFacts,
        look=LETTER,
        series="监提",
        voice="name",
    ),
    Kind(
        code="D23",
        title="工会劳动法律监督意见书",
        facts=d22_d24.OpinionFacts,
        look=LETTER,
        series="监意",
        voice="name",
    ),
    Kind(
        code="D24",
        title="工会劳动法律监督建议书",
        facts=d22_d24.ProposalFacts,
        look=LETTER,
        series="监建",
        voice="name",
    ),
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
    Kind(code="D27", title="授权委托书、推选代表书", facts=d27.AuthorityFacts, look=DEED),
    Kind(code="D28", title="送达地址确认书", facts=d28.DeliveryFacts, look=FORM),
    Kind(code="D29", title="送达回证", facts=d29_d30.ServiceFacts, look=FORM),
    Kind(code="D30", title="回访记录", facts=d29_d30.VisitFacts, look=FORM),
    Kind(code="D31", title="结案报告", facts=d31.ClosingFacts, look=FORM),
    Kind(code="D32", title="卷宗封面与目录", facts=d32.FileFacts, look=FORM),
    Kind(code="D33", title="劳动争议调解统计报表", facts=d33.ReportFacts, look=FORM),
    Kind(
        code="D34",
        title="履行催告函",
        facts=d34.DunningFacts,
        look=LETTER,
        series="催函",
        voice="name",
    ),
    Kind(code="D35", title="时效风险告知书", facts=d35.RiskFacts, look=DEED),
    Kind(
        code="D36", title="督办单", facts=d36.UrgeFacts, look=LETTER, series="督", voice="name"
    ),
    Kind(code="D37", title="隐患登记与整改通知", facts=d37.HazardFacts, look=FORM, series="隐"),
    Kind(code="D38", title="法律服务补贴申领表", facts=d38.SubsidyFacts, look=FORM),
    Kind(
        code="D39",
        title="集体协商要约书",
        facts=d39.OfferFacts,
        look=LETTER,
        series="协要",
        voice="name",
    ),
    Kind(code="D40", title="副卷材料汇录", facts=d40.SealedFacts, look=FORM),
)
KINDS: dict[str, Kind] = {row.code: row for row in _ROWS}


def kind_of(code: str) -> Kind:
    """The kind of paper by its code. Raises: UnknownPaper."""
    try:
        return KINDS[code]
    except KeyError:
        raise UnknownPaper(code) from None


def title_of(kind: Kind, facts: Any) -> str:
    """The title on the paper: facts may choose it (a request or a decision, 日报 or 年报).

    A fact that is called so (the title of enforcement in D19) is none.
    """
    chooses = isinstance(getattr(type(facts), "title", None), property)
    return str(facts.title) if chooses else kind.title
