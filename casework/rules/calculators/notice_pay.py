"""Pay instead of thirty days' notice (代通知金)."""

from decimal import Decimal

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.money import figures, plain


def notice_pay(basis: Basis, last_month_wage: Decimal) -> Answer:
    """One month of the pay of the month before. Only for the three grounds of LCL art. 40."""
    del basis
    steps = (
        (
            f"代通知金按上一个月的工资计：{figures(last_month_wage)} 元。仅适用于劳动合同法第 40 条的三种情形。",
            f"One month at the previous month's pay: {figures(last_month_wage)}. "
            "Only for the three grounds of LCL art. 40.",
        ),
    )
    return Answer({"amount": plain(last_month_wage)}, steps)
