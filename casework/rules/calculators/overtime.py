"""Overtime pay (加班费)."""

import datetime as dt
from decimal import Decimal

from casework.rules.calculators.answer import Answer, Basis, bare
from casework.rules.money import figures, plain, rounded
from casework.rules.parameters import month_pay_days

HOURS_A_DAY = 8
WEEKDAY, RESTDAY, HOLIDAY = Decimal("1.5"), Decimal(2), Decimal(3)
HOURS_A_MONTH = 36


def overtime(
    basis: Basis,
    month_wage: Decimal,
    weekday_hours: Decimal,
    restday_days: Decimal,
    holiday_days: Decimal,
) -> Answer:
    """150 % for hours on working days, 200 % for rest days without time off, 300 % for holidays."""
    days = month_pay_days(dt.date(2025, 1, 1), basis.parameters)
    day = month_wage / days
    hour = day / HOURS_A_DAY
    weekday = rounded(hour * WEEKDAY * weekday_hours)
    restday = rounded(day * RESTDAY * restday_days)
    holiday = rounded(day * HOLIDAY * holiday_days)
    total = weekday + restday + holiday
    values = {
        "day_wage": plain(day),
        "hour_wage": plain(hour),
        "weekday": plain(weekday),
        "restday": plain(restday),
        "holiday": plain(holiday),
        "total": plain(total),
        "over_36_hours": weekday_hours > HOURS_A_MONTH,
    }
    steps = (
        (
            f"日工资 {figures(month_wage)} ÷ {days} = {figures(day)} 元，小时工资 ÷ 8 = {figures(hour)} 元。",
            f"Day wage {figures(month_wage)} / {days} = {figures(day)}, hour wage / 8 = {figures(hour)}.",
        ),
        (
            f"工作日延时：{figures(hour)} × 150% × {bare(weekday_hours)} 小时 = {figures(weekday)} 元。",
            f"Working days: {figures(hour)} x 150 % x {bare(weekday_hours)} h = {figures(weekday)}.",
        ),
        (
            f"休息日（未补休）：{figures(day)} × 200% × {bare(restday_days)} 天 = {figures(restday)} 元。",
            f"Rest days without time off: {figures(day)} x 200 % x {bare(restday_days)} = {figures(restday)}.",
        ),
        (
            f"法定节假日：{figures(day)} × 300% × {bare(holiday_days)} 天 = {figures(holiday)} 元。",
            f"Public holidays: {figures(day)} x 300 % x {bare(holiday_days)} = {figures(holiday)}.",
        ),
        (f"合计 {figures(total)} 元。", f"Total {figures(total)}."),
    )
    return Answer(values, steps)
