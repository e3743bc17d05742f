"""Pay during a competition ban (竞业限制补偿)."""

from decimal import Decimal

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.errors import BadInput
from casework.rules.money import figures, plain, rounded

SHARE = Decimal("0.3")
MONTHS_AT_MOST = 24


def competition_ban_pay(
    basis: Basis,
    avg_month_wage: Decimal,
    months: int,
    min_wage_month: Decimal,
    agreed_month_pay: Decimal | None = None,
) -> Answer:
    """The agreed pay; without one 30 % of the average, not under the minimum wage.

    Raises: BadInput above the 24 months of LCL art. 24.
    """
    del basis
    if months > MONTHS_AT_MOST:
        raise BadInput("months", months)
    if agreed_month_pay is None:
        monthly = max(avg_month_wage * SHARE, min_wage_month)
        step = (
            f"未约定补偿：平均工资的 30% 与最低工资取高，每月 {figures(monthly)} 元。",
            f"None agreed: the higher of 30 % of average pay and the minimum wage, {figures(monthly)}.",
        )
    else:
        monthly = agreed_month_pay
        step = (
            f"按约定每月 {figures(monthly)} 元。",
            f"As agreed, {figures(monthly)} a month.",
        )
    amount = rounded(monthly * months)
    total = (
        f"{figures(monthly)} × {months} 个月 = {figures(amount)} 元。",
        f"{figures(monthly)} x {months} months = {figures(amount)}.",
    )
    return Answer({"month_amount": plain(monthly), "amount": plain(amount)}, (step, total))
