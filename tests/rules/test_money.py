"""Sums to the fen, in capitals, and divided so that not one is lost."""

from decimal import Decimal

import pytest

from casework.rules.errors import (
    AbsurdSum,
    NegativeSum,
    NotANumber,
)
from casework.rules.money import amount, capitals, fen, figures, plain, yuan
from casework.rules.shares import NothingToDivideBy, plan_shares, split


def test_money_is_exact_and_rounded_half_up_once():
    assert amount("1,234.005") == Decimal("1234.005")
    assert amount(0.1) == Decimal("0.1")
    assert (plain(Decimal("1234.005")), figures("1234.005")) == ("1234.01", "1,234.01")
    assert (fen("0.005"), yuan(127350), fen(3)) == (1, Decimal("1273.50"), 300)
    assert amount(-5, negative=True) == -5


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("x", NotANumber), (None, NotANumber), (True, NotANumber), ("inf", NotANumber),
        (-1, NegativeSum), ("100000000000.01", AbsurdSum), ("-100000000001", NegativeSum),
        ("1e999999999", AbsurdSum), ("9" * 5000, AbsurdSum),
    ],
)  # fmt: skip
def test_sums_that_cannot_be_meant(value, error):
    with pytest.raises(error):
        amount(value)
    with pytest.raises(AbsurdSum):
        amount("-100000000001", negative=True)
    with pytest.raises(NotANumber):
        amount(10**5000)
    assert amount("100000000000") == 10**11


@pytest.mark.parametrize(
    ("sum_", "words"),
    [
        ("127350.00", "壹拾贰万柒仟叁佰伍拾元整"), ("254700.00", "贰拾伍万肆仟柒佰元整"),
        ("0.50", "伍角"), ("1005.05", "壹仟零伍元零伍分"), ("0.005", "壹分"),
    ],
)  # fmt: skip
def test_sums_in_capitals(sum_, words):
    assert capitals(sum_) == words


def test_not_one_fen_is_lost():
    assert split(Decimal("100"), [Decimal(1)] * 3) == [
        Decimal("33.34"), Decimal("33.33"), Decimal("33.33"),
    ]  # fmt: skip
    with pytest.raises(NothingToDivideBy):
        split(Decimal(1), [Decimal(0)])


def test_s01_two_instalments_of_twelve_workers():
    totals = [Decimal(21600)] * 8 + [Decimal(18900)] * 3 + [Decimal(25200)]
    rows = plan_shares([Decimal("127350")] * 2, totals)
    assert [row[0] for row in rows] == [Decimal("10800.00")] * 2
    assert [sum(column) for column in zip(*rows, strict=True)] == totals


def test_instalments_that_do_not_divide_still_add_up_for_everybody():
    totals = [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    rows = plan_shares([Decimal("10.00")] * 10, totals)
    assert [sum(row) for row in rows] == [Decimal("10.00")] * 10
    assert [sum(column) for column in zip(*rows, strict=True)] == totals


def test_a_plan_over_less_than_the_totals_divides_each_instalment():
    rows = plan_shares([Decimal("10.00")], [Decimal(100), Decimal(200)])
    assert rows == [[Decimal("3.33"), Decimal("6.67")]]


def test_many_ways_to_write_a_sum():
    assert fen("1,234.565") == 123457
    assert yuan(5) == Decimal("0.05")
    assert str(yuan(100)) == "1.00"
    assert figures(Decimal("1234567.8")) == "1,234,567.80"
    assert plain(Decimal("0.005")) == "0.01"


def test_a_fen_is_given_to_those_who_lost_most_and_first_to_the_first():
    assert split(Decimal("0.05"), [Decimal(1), Decimal(2), Decimal(2)]) == [
        Decimal("0.01"), Decimal("0.02"), Decimal("0.02"),
    ]  # fmt: skip
    assert split(Decimal("0.01"), [Decimal(1), Decimal(1)]) == [
        Decimal("0.01"),
        Decimal("0.00"),
    ]
    assert split(Decimal("0.005"), [Decimal(1)]) == [Decimal("0.01")]
    assert split(Decimal("1.00"), [Decimal("0.5")]) == [Decimal("1.00")]


def test_a_plan_for_people_and_totals_of_another_number_is_refused():
    with pytest.raises(NothingToDivideBy):
        plan_shares([Decimal(1)], [])


def test_moving_fen_takes_them_from_the_richest_row():
    """Three people, three instalments whose halves all round the same way."""
    totals = [Decimal("0.10"), Decimal("0.10"), Decimal("0.01")]
    rows = plan_shares([Decimal("0.07")] * 3, totals)
    assert [sum(row) for row in rows] == [Decimal("0.07")] * 3
    assert [sum(column) for column in zip(*rows, strict=True)] == totals
    assert all(part >= 0 for row in rows for part in row)
