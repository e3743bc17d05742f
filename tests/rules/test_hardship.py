"""Signs of need: each fact raises its own, by the figures of the day."""

from datetime import date
from decimal import Decimal

import pytest

from casework.rules.errors import UnknownDistrict
from casework.rules.hardship import Need, signs

DAY = date(2026, 3, 10)


def codes(**facts: object) -> list[str]:
    return [sign.code for sign in signs(Need(**facts), district="涪陵区", on=DAY)]


def test_without_a_fact_there_is_no_sign():
    assert codes() == []


@pytest.mark.parametrize(("months", "seen"), [(2, []), (3, ["UNPAID"]), (11, ["UNPAID"])])
def test_three_months_unpaid(months, seen):
    assert codes(unpaid_months=months) == seen


def test_more_than_three_minimum_wages_owed_and_the_sum_is_shown():
    from casework.rules.parameters import minimum_wage

    limit = 3 * minimum_wage("涪陵区", DAY).number
    assert codes(arrears=limit) == []
    [sign] = signs(Need(arrears=limit + Decimal("0.01")), district="涪陵区", on=DAY)
    assert sign.code == "ARREARS"
    assert f"{limit:.2f}" in sign.zh


@pytest.mark.parametrize(("grade", "seen"), [(6, ["INJURY"]), (1, ["INJURY"]), (7, [])])
def test_a_grave_injury(grade, seen):
    assert codes(injury_grade=grade) == seen


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ("died", "DEATH"), ("serious_illness", "ILLNESS"), ("sole_earner_dismissed", "SOLE_EARNER"),
        ("pregnant_without_pay", "PREGNANT"), ("no_food_or_medicine", "NO_FOOD"),
    ],
)  # fmt: skip
def test_each_plain_fact(fact, code):
    assert codes(**{fact: True}) == [code]


def test_an_unknown_district_is_an_error():
    with pytest.raises(UnknownDistrict):
        signs(Need(), district="无此区", on=DAY)
