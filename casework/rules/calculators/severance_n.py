"""Severance N (经济补偿) and damages for unlawful dismissal, 2N (赔偿金)."""

import datetime as dt
from decimal import Decimal

from casework.rules.calculators.answer import Answer, Basis, bare
from casework.rules.calendar import DAY
from casework.rules.errors import EndBeforeStart
from casework.rules.money import figures, plain, rounded
from casework.rules.periods import corresponding_day

HALF = Decimal("0.5")
MONTHS_AT_MOST = Decimal(12)
LCL_IN_FORCE = dt.date(2008, 1, 1)


def months_payable(hire: dt.date, last_day: dt.date) -> Decimal:
    """Months of pay for a service from hire to last day, both included.

    A full year is 1; a rest of six months or more 1, a shorter one 0.5.
    Raises: EndBeforeStart. Source: 《劳动合同法》第四十七条.
    """
    if last_day < hire:
        raise EndBeforeStart(hire, last_day)
    end = last_day + DAY
    years = end.year - hire.year
    if corresponding_day(hire, 12 * years) > end:
        years -= 1
    if corresponding_day(hire, 12 * years) == end:
        return Decimal(years)
    rest = Decimal(1) if corresponding_day(hire, 12 * years + 6) <= end else HALF
    return years + rest


def severance_n(
    basis: Basis,
    hire: dt.date,
    last_day: dt.date,
    avg_month_wage: Decimal,
    cap_3x_avg_wage: Decimal | None = None,
) -> Answer:
    """N and 2N. Above three times the local average the base and the months (12) are capped."""
    months = months_payable(hire, last_day)
    known = (
        basis.parameters.known("avg_wage_cap_3x", last_day) if cap_3x_avg_wage is None else None
    )
    cap = known.number if known else cap_3x_avg_wage
    capped = cap is not None and avg_month_wage > cap
    base = cap if cap is not None and capped else avg_month_wage
    counted = min(months, MONTHS_AT_MOST) if capped else months
    n, two_n = rounded(base * counted), rounded(base * counted * 2)
    steps = [
        (
            f"工龄自 {hire} 至 {last_day}，折合 {bare(months)} 个月（满一年算一个月，六个月以上算一年，不满六个月算半个月）。",
            f"Service from {hire} to {last_day} is {bare(months)} months of pay.",
        ),
        _cap_step(avg_month_wage, cap, base, counted, capped=capped),
        (
            f"N = {figures(base)} × {bare(counted)} = {figures(n)} 元；违法解除为 2N = {figures(two_n)} 元，两者不并用。",
            f"N = {figures(base)} x {bare(counted)} = {figures(n)}; unlawful dismissal 2N = "
            f"{figures(two_n)}; never both.",
        ),
    ]
    if hire < LCL_IN_FORCE:
        steps.append(
            (
                "2008 年以前的工龄适用当时的规定（劳动合同法第 97 条），请人工核对。",
                "Service before 2008 follows the older rules (LCL art. 97): check by hand.",
            )
        )
    values = {
        "months": bare(counted),
        "n": plain(n),
        "two_n": plain(two_n),
        "base": plain(base),
        "capped": capped,
        "cap_checked": cap is not None,
    }
    return Answer(values, tuple(steps), (known,) if known else ())


def _cap_step(
    wage: Decimal, cap: Decimal | None, base: Decimal, counted: Decimal, *, capped: bool
) -> tuple[str, str]:
    if cap is None:
        return (
            "未录入该年度的三倍上限，没有核对封顶。",
            "No cap is recorded for that year: the cap was not checked.",
        )
    if capped:
        return (
            f"月工资 {figures(wage)} 元高于三倍上限 {figures(cap)} 元：按 {figures(base)} 元、最多 12 个月（{bare(counted)}）计。",
            f"{figures(wage)} is above the cap {figures(cap)}: base {figures(base)}, "
            f"at most 12 months ({bare(counted)}).",
        )
    return (
        f"月工资 {figures(wage)} 元未超过三倍上限 {figures(cap)} 元，不封顶。",
        f"{figures(wage)} is not above the cap {figures(cap)}.",
    )
