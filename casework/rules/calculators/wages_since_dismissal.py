"""Wages from an unlawful dismissal to reinstatement (违法解除期间工资)."""

import datetime as dt
from decimal import Decimal

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.calendar import DAY
from casework.rules.errors import EndBeforeStart
from casework.rules.money import figures, plain, rounded
from casework.rules.parameters import month_pay_days


def wages_since_dismissal(
    basis: Basis, month_wage: Decimal, from_: dt.date, to: dt.date
) -> Answer:
    """Working days from first to last day, both included, at a 21.75th of the monthly wage.

    Raises: EndBeforeStart.
    """
    if to < from_:
        raise EndBeforeStart(from_, to)
    days = basis.calendar.working_days_between(from_ - DAY, to)
    per_month = month_pay_days(to, basis.parameters)
    amount = rounded(month_wage * days / per_month)
    values = {
        "working_days": days,
        "day_wage": plain(month_wage / per_month),
        "amount": plain(amount),
        "provisional": not basis.calendar.officially(from_, to),
    }
    steps = (
        (
            f"{from_} 至 {to} 共 {days} 个工作日（含调休上班日）。",
            f"{from_} to {to} holds {days} working days (make-up days included).",
        ),
        (
            f"{figures(month_wage)} ÷ {per_month} × {days} = {figures(amount)} 元。",
            f"{figures(month_wage)} / {per_month} x {days} = {figures(amount)}.",
        ),
    )
    return Answer(values, steps)
