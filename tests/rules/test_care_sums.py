"""Sums and days of injury and of childbirth."""

import pytest

from casework.rules.errors import (
    BadInput,
)
from tests.rules.sums import worked

# -- 工伤: 工伤保险条例 35, 36, 37, 64


def injury(grade, own="6000", average="9795.50"):
    return worked("injury_lump_sum", grade=grade, own_month_wage=own,
                  regional_avg_month_wage=average)  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "months"),
    [(1, 27), (2, 25), (3, 23), (4, 21), (5, 18), (6, 16), (7, 13), (8, 11), (9, 9), (10, 7)],
)
def test_35_37_months_of_the_disability_subsidy(grade, months):
    assert injury(grade)["disability_subsidy"] == f"{6000 * months}.00"


@pytest.mark.parametrize(
    ("own", "base"),
    [
        ("5000", "5877.30"),
        ("5877.30", "5877.30"),
        ("29386.50", "29386.50"),
        ("50000", "29386.50"),
    ],
)
def test_64_own_wage_between_60_and_300_per_cent_of_the_average(own, base):
    assert injury(9, own)["wage_base"] == base


def test_37_local_subsidies_on_leaving():
    found = injury(9)
    assert (found["medical_subsidy"], found["employment_subsidy"]) == ("39182.00", "88159.50")


def test_35_grades_one_to_four_stay_employed_and_get_no_leaving_subsidies():
    found = injury(4)
    assert (found["medical_subsidy"], found["employment_subsidy"]) == ("0.00", "0.00")


def test_a_local_figure_that_is_not_recorded_is_said_to_be_missing():
    found = injury(5)
    assert (found["medical_subsidy"], found["employment_subsidy"]) == ("117546.00", None)
    assert "未录入" in " ".join(found["steps"])


@pytest.mark.parametrize("grade", [0, 11])
def test_there_are_ten_grades(grade):
    with pytest.raises(BadInput):
        injury(grade)


# -- 产假: 女职工劳动保护特别规定 7


@pytest.mark.parametrize(
    ("children", "difficult", "local", "days"),
    [(1, False, None, 98), (1, True, None, 113), (2, False, None, 113), (3, True, 80, 223)],
)
def test_7_ninety_eight_days_and_fifteen_more_for_each(children, difficult, local, days):
    more = {} if local is None else {"local_days": local}
    found = worked("maternity_leave", children=children, difficult_birth=difficult, **more)
    assert found["days"] == days


@pytest.mark.parametrize(
    "more", [{"children": 0}, {"children": 11}, {"children": 1, "local_days": 366}]
)
def test_7_numbers_that_cannot_be(more):
    with pytest.raises(BadInput):
        worked("maternity_leave", difficult_birth=False, **more)
