"""Lump sums of a work injury by grade (工伤一次性待遇)."""

from decimal import Decimal
from functools import cache
from typing import Any

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.data import read
from casework.rules.errors import BadInput
from casework.rules.money import figures, plain, rounded

GRADES = range(1, 11)
LEAST, MOST = Decimal("0.6"), Decimal(3)


@cache
def months() -> dict[str, Any]:
    """Months by grade, from values/injury.yaml."""
    content: dict[str, Any] = read("injury.yaml")
    return content


def injury_lump_sum(
    basis: Basis, grade: int, own_month_wage: Decimal, regional_avg_month_wage: Decimal
) -> Answer:
    """Disability subsidy on own wage (60 to 300 % of the regional average); on leaving, grades 5
    to 10, medical and employment subsidies on the regional average. Raises: BadInput.
    """
    del basis
    if grade not in GRADES:
        raise BadInput("grade", grade)
    base = min(
        max(own_month_wage, regional_avg_month_wage * LEAST), regional_avg_month_wage * MOST
    )
    disability = rounded(base * months()["disability"][grade])
    medical = _local("medical", grade, regional_avg_month_wage)
    employment = _local("employment", grade, regional_avg_month_wage)
    values = {
        "wage_base": plain(base),
        "disability_subsidy": plain(disability),
        "medical_subsidy": None if medical is None else plain(medical),
        "employment_subsidy": None if employment is None else plain(employment),
    }
    steps = (
        (
            f"本人工资 {figures(own_month_wage)} 元，按统筹地区平均工资的 60% 至 300% 修正为 {figures(base)} 元。",
            f"Own wage {figures(own_month_wage)}, held between 60 and 300 % of the average: {figures(base)}.",
        ),
        (
            f"{grade} 级一次性伤残补助金：{months()['disability'][grade]} 个月 × {figures(base)} = {figures(disability)} 元。",
            f"Grade {grade} disability subsidy: {months()['disability'][grade]} x {figures(base)} = {figures(disability)}.",
        ),
        _said("医疗", "Medical", medical),
        _said("就业", "Employment", employment),
        (
            "医疗和就业补助金的月数由各省规定，所用为重庆较早的标准，须核对现行规定。未参保的，全部由用人单位支付。",
            "The months of the last two are set by the province; an older Chongqing figure is used, "
            "confirm the present one. Uninsured: the employer pays all.",
        ),
    )
    return Answer(values, steps)


def _local(kind: str, grade: int, average: Decimal) -> Decimal | None:
    if grade < months()["leaves_from_grade"]:
        return Decimal(0)
    count = months()[kind].get(grade)
    return None if count is None else rounded(average * count)


def _said(zh: str, en: str, value: Decimal | None) -> tuple[str, str]:
    if value is None:
        return (
            f"一次性{zh}补助金：本级标准未录入，请人工核对。",
            f"{en} subsidy: no figure is recorded for this grade, check by hand.",
        )
    return (
        f"一次性{zh}补助金（离职时）：{figures(value)} 元。",
        f"{en} subsidy on leaving: {figures(value)}.",
    )
