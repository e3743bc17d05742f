"""The extra half of double pay while no written contract was signed (二倍工资差额)."""

import datetime as dt
from decimal import Decimal

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.calendar import DAY
from casework.rules.double_pay import double_pay_claimable
from casework.rules.errors import EndBeforeStart
from casework.rules.money import figures, plain, rounded
from casework.rules.parameters import month_pay_days
from casework.rules.periods import corresponding_day

MORE_THAN_A_MONTH = (
    "余下天数按月计薪天数折算后超过一个月工资，请注意当地是否以一个月为限。",
    "The days left come to more than a month's pay: see whether local practice stops at one month.",
)


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


def extra(
    basis: Basis, month_wage: Decimal, anchor: dt.date, after: int, last: dt.date
) -> tuple[int, int, Decimal]:
    """Whole months from `after` months past the anchor day, the working days left, and the sum."""
    months = 0
    while corresponding_day(anchor, after + months + 1) <= last + DAY:
        months += 1
    rest_from = corresponding_day(anchor, after + months)
    days = basis.calendar.working_days_between(rest_from - DAY, last)
    per_month = month_pay_days(last, basis.parameters)
    return months, days, rounded(month_wage * months + month_wage * days / per_month)


def double_wage_gap(
    basis: Basis,
    hire: dt.date,
    last_day: dt.date,
    month_wage: Decimal,
    contract_signed: dt.date | None = None,
    claimed_on: dt.date | None = None,
) -> Answer:
    """Whole months at the month's pay, the rest by working days over 21.75.

    With `claimed_on` also the part that is still inside limitation on that day. Raises:
    EndBeforeStart, DateOutOfRange.
    """
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
    months, days, amount = extra(basis, month_wage, hire, 1, last)
    per_month = month_pay_days(last, basis.parameters)
    values = {
        "window_start": first.isoformat(),
        "window_end": last.isoformat(),
        "full_months": months,
        "extra_working_days": days,
        "amount": plain(amount),
        "provisional": bool(days) and not basis.calendar.officially(first, last),
    }
    steps = _steps(found, months, days, month_wage, per_month, amount)
    if claimed_on is None:
        return Answer(values, steps)
    setting = basis.parameters.on("double_wage_limitation", claimed_on)
    inside, said = _inside(basis, month_wage, hire, found, claimed_on, setting.value)
    return Answer({**values, **inside}, (*steps, said), (setting,))


def _steps(
    found: tuple[dt.date, dt.date],
    months: int,
    days: int,
    month_wage: Decimal,
    per_month: Decimal,
    amount: Decimal,
) -> tuple[tuple[str, str], ...]:
    first, last = found
    steps = [
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
    ]
    return (*steps, MORE_THAN_A_MONTH) if days > per_month else tuple(steps)


def _inside(
    basis: Basis,
    month_wage: Decimal,
    hire: dt.date,
    whole: tuple[dt.date, dt.date],
    claimed_on: dt.date,
    mode: str,
) -> tuple[dict[str, str | None], tuple[str, str]]:
    """What is left of the gap on the day of the claim, by the setting for its limitation."""
    left = double_pay_claimable(whole, claimed_on, mode, basis.calendar)
    if left is None:
        return {"claimable_from": None, "claimable_amount": "0.00"}, (
            f"按 {claimed_on} 主张，全部超过一年仲裁时效（各地算法不同，对方提出才适用）。",
            f"Claimed on {claimed_on}, all of it lies beyond limitation (practice differs).",
        )
    first, last = left
    anchor, after = (hire, 1) if first == whole[0] else (first, 0)
    amount = extra(basis, month_wage, anchor, after, last)[2]
    return {"claimable_from": first.isoformat(), "claimable_amount": plain(amount)}, (
        f"按 {claimed_on} 主张，{first} 以后的 {figures(amount)} 元在一年仲裁时效内（各地算法不同）。",
        f"Claimed on {claimed_on}, {figures(amount)} from {first} on lies inside limitation "
        "(practice differs).",
    )
