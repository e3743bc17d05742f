"""Invented facts for the papers after an agreement and for service: D16, D18, D19, D28."""

from datetime import date
from decimal import Decimal
from typing import Any

from documents.facts import d16, d18_d19, d28
from documents.facts.common import PartyLine

COURT = "重庆市两江新区人民法院"
COMMITTEE = "重庆市两江新区总工会劳动争议调解委员会"
NUMBER = "渝工两江调协〔2026〕21号"


def _worker(role: str) -> PartyLine:
    return PartyLine(
        role=role,
        name="王堃",
        sex="男",
        birth_year=1984,
        identity_number="500000198401010020",
        address="重庆市两江新区样例街12号",
        phone="13800000002",
    )


def _firm(role: str) -> PartyLine:
    return PartyLine(
        role=role,
        name="重庆砺锋机械制造有限公司",
        is_person=False,
        credit_code="91500000MA0000000X",
        address="重庆市两江新区样例路8号",
        legal_person="方砺",
        phone="13800001002",
    )


_DEFAULT: dict[str, Any] = {
    "court": COURT,
    "committee": COMMITTEE,
    "creditors": (_worker("申请人"),),
    "debtors": (_firm("被申请人"),),
    "agreement_number": NUMBER,
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
AFTER: dict[str, object] = {
    "D16": d16.ConfirmationFacts(
        court=COURT,
        committee=COMMITTEE,
        applicants=(_worker("申请人"), _firm("申请人")),
        agreement_number=NUMBER,
        cause="支付拖欠的工资争议",
        effective_on=date(2026, 7, 10),
        last_day=date(2026, 8, 10),
        delivery=("王堃：重庆市两江新区样例街12号，电话13800000002",),
    ),
    "D18": d18_d19.PaymentOrderFacts(**_DEFAULT, kind="拖欠的劳动报酬", no_counter_duty=True),
    "D19": d18_d19.EnforcementFacts(
        **_DEFAULT, title=f"{COURT}确认调解协议有效的裁定", last_day=date(2028, 8, 31)
    ),
    "D28": d28.DeliveryFacts(
        committee=COMMITTEE,
        case_number="渝工调〔2026〕140号",
        party="买买提·艾力",
        role="申请人",
        address="重庆市两江新区样例街12号工棚",
        receiver="买买提·艾力",
        phone="13800000003",
        confirmed_on=date(2026, 7, 1),
    ),
}
AFTER_DAYS = {
    "D16": date(2026, 7, 20),
    "D18": date(2026, 9, 5),
    "D19": date(2026, 9, 5),
    "D28": date(2026, 7, 1),
}
