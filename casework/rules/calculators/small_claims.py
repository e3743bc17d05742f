"""Small-claims test (小额诉讼)."""

from decimal import Decimal

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.money import figures, plain

SHARE, BY_AGREEMENT = Decimal("0.5"), Decimal(2)


def small_claims(basis: Basis, sum_: Decimal, province_year_wage: Decimal) -> Answer:
    """Small up to half the province's average yearly wage; up to twice that wage by agreement."""
    del basis
    threshold, agreed = province_year_wage * SHARE, province_year_wage * BY_AGREEMENT
    small = sum_ <= threshold
    steps = (
        (
            f"上限：年平均工资 {figures(province_year_wage)} × 50% = {figures(threshold)} 元；双方约定可到 {figures(agreed)} 元。",
            f"Limit: {figures(province_year_wage)} x 50 % = {figures(threshold)}; by agreement {figures(agreed)}.",
        ),
        (
            f"标的 {figures(sum_)} 元，{'适用' if small else '不当然适用'}小额诉讼程序。",
            f"{figures(sum_)} is {'within' if small else 'above'} the limit.",
        ),
    )
    values = {
        "threshold": plain(threshold),
        "small": small,
        "by_agreement": not small and sum_ <= agreed,
    }
    return Answer(values, steps)
