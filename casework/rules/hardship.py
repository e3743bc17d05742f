"""Signs of need in a case (困难预警): which fact raised which warning. Policy, not law.

A warning is about what a person needs now; it is never a mark of the person.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.rules.money import rounded
from casework.rules.parameters import Parameters, minimum_wage, seed

GRAVE_GRADE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What the file knows. Months are whole months; `arrears` in yuan; grade 1 (worst) to 10."""

    unpaid_months: int = 0
    arrears: Decimal = Decimal(0)
    injury_grade: int | None = None
    died: bool = False
    serious_illness: bool = False
    sole_earner_dismissed: bool = False
    pregnant_without_pay: bool = False
    no_food_or_medicine: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason for a warning, with the fact in words."""

    code: str
    zh: str
    en: str


PLAIN = (
    ("died", Sign("DEATH", "因工死亡", "a death at work")),
    ("serious_illness", Sign("ILLNESS", "患重大疾病", "a serious illness")),
    (
        "sole_earner_dismissed",
        Sign("SOLE_EARNER", "家庭唯一收入来源被解除合同", "the sole earner was dismissed"),
    ),
    (
        "pregnant_without_pay",
        Sign("PREGNANT", "孕期、产期、哺乳期失去工资", "pregnant or nursing and without pay"),
    ),
    (
        "no_food_or_medicine",
        Sign(
            "NO_FOOD", "本人说没有钱吃饭或买药", "says there is no money for food or medicine"
        ),
    ),
)


def signs(
    need: Need, *, district: str, on: date, parameters: Parameters | None = None
) -> list[Sign]:
    """Every sign of need that the facts show, the sums by the figures of a day.

    Raises: UnknownDistrict, UnknownParameter.
    """
    book = parameters or seed()
    found = []
    months = book.on("hardship_unpaid_months", on).number
    if need.unpaid_months >= months:
        found.append(
            Sign(
                "UNPAID",
                f"欠薪{need.unpaid_months}个月",
                f"unpaid for {need.unpaid_months} months",
            )
        )
    limit = (
        book.on("hardship_arrears_wages", on).number * minimum_wage(district, on, book).number
    )
    if need.arrears > limit:
        sum_owed = rounded(need.arrears)
        found.append(
            Sign(
                "ARREARS",
                f"欠款{sum_owed}元，超过{rounded(limit)}元",
                f"{sum_owed} yuan owed, more than {rounded(limit)}",
            )
        )
    if need.injury_grade is not None and need.injury_grade <= GRAVE_GRADE:
        found.append(
            Sign(
                "INJURY",
                f"工伤{need.injury_grade}级",
                f"work injury of grade {need.injury_grade}",
            )
        )
    return found + [sign for name, sign in PLAIN if getattr(need, name)]
