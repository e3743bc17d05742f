"""The agreement and what follows from it: D14, D16, D18, D19, D34."""

from datetime import date
from decimal import Decimal
from typing import Any

from documents.facts import d14, d16, d18_d19, d34
from documents.facts.common import PartyLine
from documents.samples.people import (
    BODY,
    BUILDER,
    CASE,
    COURT,
    LABOUR,
    NAMES,
    UNION,
    Sample,
    debtor,
    firm,
    worker,
)

AGREEMENT = "渝工两江调协〔2026〕21号"


def _member(place: int, name: str) -> d14.MemberLine:
    share = (
        Decimal("10800") if place < 8 else Decimal("9450") if place < 11 else Decimal("12600")
    )
    return d14.MemberLine(
        ref=f"W{place + 1:02d}",
        name=name,
        identity_number=f"50000019{80 + place}0101{place:03d}0",
        yuan=share * 2,
        shares=(share, share),
        consented_on=date(2026, 3, 25),
    )


_DEFAULT: dict[str, Any] = {
    "court": COURT,
    "committee": BODY,
    "creditors": (worker("申请人"),),
    "debtors": (debtor("被申请人"),),
    "agreement_number": AGREEMENT,
    "effective_on": date(2026, 7, 10),
    "cause": "支付拖欠的工资争议",
    "unpaid": (
        d18_d19.UnpaidLine(
            number=1, due=date(2026, 7, 31), yuan=Decimal(12000), paid_yuan=Decimal(5000)
        ),
        d18_d19.UnpaidLine(number=2, due=date(2026, 8, 31), yuan=Decimal(12000)),
    ),
    "open_yuan": Decimal(19000),
}
SAMPLES: dict[str, Sample] = {
    "D14": Sample(
        day=date(2026, 3, 25),
        number="渝工两江调协〔2026〕9号",
        facts=d14.AgreementFacts(
            issuer=UNION,
            case_number=CASE,
            workers=tuple(PartyLine(role="申请人", name=name) for name in NAMES),
            representatives=("吕㛃", "王堃", "买买提·艾力"),
            employers=(
                firm(LABOUR, "91500000EXAMPLE001", "被申请人", "用人单位"),
                firm(BUILDER, "91500000EXAMPLE002", "被申请人", "施工总承包单位"),
            ),
            cause="追索劳动报酬争议",
            agreed_facts=(
                "2025年11月至2026年2月，吕㛃等12人经砚石劳务公司招用，在磐川建设公司总承包的两江新区某住宅项目从事木工作业。",
                "砚石劳务公司欠付12人工资合计254,700.00元，各人金额见附件一。",
            ),
            clauses=(
                "磐川建设公司作为施工总承包单位，依照《保障农民工工资支付条例》第三十条先行清偿全部欠付工资，砚石劳务公司对此承担连带责任。",
                "磐川建设公司清偿后，与砚石劳务公司之间的结算另行依法处理，不影响向职工付款。",
            ),
            items=(
                d14.PaymentItem(
                    item="拖欠的工资（12人）",
                    yuan=Decimal("254700.00"),
                    note="税前金额，个人所得税依法代扣代缴",
                ),
            ),
            total_yuan=Decimal("254700.00"),
            payer=BUILDER,
            instalments=(
                d14.InstalmentLine(number=1, due=date(2026, 4, 8), yuan=Decimal("127350.00")),
                d14.InstalmentLine(number=2, due=date(2026, 5, 6), yuan=Decimal("127350.00")),
            ),
            duties=(
                d14.DutyLine(
                    what="磐川建设公司向12名职工分别出具工资支付明细", due=date(2026, 5, 6)
                ),
            ),
            settled=("2025年11月至2026年2月的工资",),
            confirmation="judicial",
            judicial_by=date(2026, 4, 24),
            review_by=date(2026, 4, 9),
            originals=4,
            members=tuple(_member(place, name) for place, name in enumerate(NAMES)),
            mediators=("陈予安",),
            recorder="苏禾",
            drafted_on=date(2026, 3, 24),
            effective_on=date(2026, 3, 25),
        ),
    ),
    "D34": Sample(
        day=date(2026, 9, 1),
        number="渝工涪催函〔2026〕3号",
        facts=d34.DunningFacts(
            issuer=UNION,
            addressee="重庆砺锋机械制造有限公司",
            case_number="渝工调〔2026〕140号",
            agreement_number="渝工涪调协〔2026〕21号",
            agreed_on=date(2026, 7, 10),
            worker="程远帆",
            number=2,
            due=date(2026, 8, 31),
            yuan=Decimal("12000.00"),
            open_yuan=Decimal("12000.00"),
            pay_by=date(2026, 9, 3),
            remaining_yuan=Decimal("24000.00"),
        ),
    ),
    "D16": Sample(
        day=date(2026, 7, 20),
        facts=d16.ConfirmationFacts(
            court=COURT,
            committee=BODY,
            applicants=(worker("申请人"), debtor("申请人")),
            agreement_number=AGREEMENT,
            cause="支付拖欠的工资争议",
            effective_on=date(2026, 7, 10),
            last_day=date(2026, 8, 10),
            delivery=("王堃：重庆市两江新区样例街12号，电话13800000002",),
        ),
    ),
    "D18": Sample(
        day=date(2026, 9, 5),
        facts=d18_d19.PaymentOrderFacts(
            **_DEFAULT, kind="拖欠的劳动报酬", no_counter_duty=True
        ),
    ),
    "D19": Sample(
        day=date(2026, 9, 5),
        facts=d18_d19.EnforcementFacts(
            **_DEFAULT, title=f"{COURT}确认调解协议有效的裁定", last_day=date(2028, 8, 31)
        ),
    ),
}
