"""Pay for annual leave not taken when employment ends (未休年休假工资)."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.money import figures, plain, rounded
from casework.rules.parameters import month_pay_days

YEAR = 365
EXTRA = 2
FOUR = Decimal("0.0001")


def lawful_days(cumulative_years: int) -> int:
    """Days of leave by total working life: 0 under one year, then 5, 10 (from 10), 15 (from 20).

    Source: 《职工带薪年休假条例》第三条.
    """
    for years, days in ((20, 15), (10, 10), (1, 5)):
        if cumulative_years >= years:
            return days
    return 0


def annual_leave_pay(
    basis: Basis,
    leave_date: dt.date,
    cumulative_years: int,
    entitlement_days: int,
    taken_days: int,
    avg_month_wage_ex_ot: Decimal,
) -> Answer:
    """Passed days / 365 x entitlement - taken, fraction dropped, never negative; 200 % extra."""
    passed = (leave_date - dt.date(leave_date.year, 1, 1)).days + 1
    prorated = Decimal(passed * entitlement_days) / YEAR - taken_days
    payable = max(0, int(prorated))
    per_month = month_pay_days(leave_date, basis.parameters)
    day = avg_month_wage_ex_ot / per_month
    amount = rounded(avg_month_wage_ex_ot * payable * EXTRA / per_month)
    lawful = lawful_days(cumulative_years)
    values = {
        "calendar_days_passed": passed,
        "prorated": str(prorated.quantize(FOUR, ROUND_HALF_UP)),
        "payable_days": payable,
        "day_wage": plain(day),
        "amount": plain(amount),
        "lawful_days": lawful,
    }
    steps = [
        (
            f"{leave_date.year} 年 1 月 1 日至 {leave_date} 已过 {passed} 天。",
            f"{passed} days have passed from 1 January to {leave_date}.",
        ),
        (
            f"{passed} ÷ 365 × {entitlement_days} − {taken_days} = {values['prorated']}，不足一整天的不计：{payable} 天。",
            f"{passed} / 365 x {entitlement_days} - {taken_days} = {values['prorated']}; "
            f"the fraction is dropped: {payable} days.",
        ),
        (
            f"日工资 {figures(avg_month_wage_ex_ot)} ÷ {per_month} = {figures(day)} 元；另付 200%：{figures(day)} × {payable} × 2 = {figures(amount)} 元。",
            f"Day wage {figures(day)}; 200 % extra: {figures(day)} x {payable} x 2 = {figures(amount)}.",
        ),
    ]
    if entitlement_days < lawful:
        steps.append(
            (
                f"提示：累计工作 {cumulative_years} 年，法定年休假为 {lawful} 天，高于所填天数。",
                f"Note: with {cumulative_years} years of work the law gives {lawful} days.",
            )
        )
    return Answer(values, tuple(steps))
