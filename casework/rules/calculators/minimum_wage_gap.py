"""Gap between comparable pay and the local minimum wage (最低工资差额)."""

import datetime as dt
from decimal import Decimal

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.money import figures, plain
from casework.rules.parameters import minimum_wage


def minimum_wage_gap(
    basis: Basis, comparable_month_pay: Decimal, district: str, on: dt.date
) -> Answer:
    """max(0, floor - pay); overtime, night and heat allowances and legal benefits are left out.

    Raises: UnknownDistrict, UnknownParameter.
    """
    value = minimum_wage(district, on, basis.parameters)
    gap = max(Decimal(0), value.number - comparable_month_pay)
    steps = (
        (
            f"{district} {on} 的月最低工资为 {figures(value.number)} 元（按劳动合同履行地）。",
            f"The monthly minimum wage of {district} on {on} is {figures(value.number)}.",
        ),
        (
            f"可比工资 {figures(comparable_month_pay)} 元（不含加班费、夜班高温津贴和法定福利），差额 {figures(gap)} 元。",
            f"Comparable pay {figures(comparable_month_pay)}: the gap is {figures(gap)}.",
        ),
    )
    return Answer({"floor": plain(value.number), "gap": plain(gap)}, steps, (value,))
