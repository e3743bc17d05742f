"""The extra half of double pay while no written contract was signed (二倍工资差额)."""

import datetime as dt
from decimal import Decimal

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.calendar import DAY
from casework.rules.errors import EndBeforeStart
from casework.rules.money import figures, plain, rounded
from casework.rules.parameters import month_pay_days
from casework.rules.periods import corresponding_day


def window(
    hire: dt.date, last_day: dt.date, contract_signed: dt.date | None
) -> tuple[dt.date, dt.date] | None:
    """First and last day of double pay: from month two to the day before a year, cut at the last
    day of work or the day before signing; None if empty. Raises: EndBeforeStart.
    """
    if last_day < hire:
        raise EndBeforeStart(hire, last_day)
    first = corresponding_day(hire, 1)
    last = min(last_day, corresponding_day(hire, 12) - DAY)
    if contract_signed is not None:
        last = min(last, contract_signed - DAY)
    return (first, last) if first <= last else None


def double_wage_gap(
    basis: Basis,
    hire: dt.date,
    last_day: dt.date,
    month_wage: Decimal,
    contract_signed: dt.date | None = None,
) -> Answer:
    """Whole months at the month's pay, the rest by working days over 21.75."""
    found = window(hire, last_day, contract_signed)
    if found is None:
        values = {
            "window_start": None,
            "window_end": None,
            "full_months": 0,
            "extra_working_days": 0,
            "amount": "0.00",
        }
        return Answer(
            values, (("没有应付二倍工资的期间。", "There is no period of double pay."),)
        )
    first, last = found
    months = 0
    while corresponding_day(hire, months + 2) <= last + DAY:
        months += 1
    rest_from = corresponding_day(hire, months + 1)
    days = basis.calendar.working_days_between(rest_from - DAY, last)
    per_month = month_pay_days(last, basis.parameters)
    amount = rounded(month_wage * months + month_wage * days / per_month)
    values = {
        "window_start": first.isoformat(),
        "window_end": last.isoformat(),
        "full_months": months,
        "extra_working_days": days,
        "amount": plain(amount),
        "provisional": bool(days) and not _official(basis, rest_from, last),
    }
    steps = (
        (
            f"自用工满一个月次日 {first} 起，至 {last} 止（最长十一个月）。",
            f"From {first}, one month after hire, to {last} (eleven months at most).",
        ),
        (
            f"整月 {months} 个，余下 {days} 个工作日。",
            f"{months} whole months and {days} working days.",
        ),
        (
            f"{figures(month_wage)} × {months} + {figures(month_wage)} ÷ {per_month} × {days} = {figures(amount)} 元（只算多付的一倍）。",
            f"{figures(month_wage)} x {months} + {figures(month_wage)} / {per_month} x {days} = "
            f"{figures(amount)} (the extra half only).",
        ),
    )
    return Answer(values, steps)


def _official(basis: Basis, first: dt.date, last: dt.date) -> bool:
    return all(year in basis.calendar.years for year in range(first.year, last.year + 1))
