"""The agreed penalty: owed from the first late day, in words, and when it looks too high."""

from decimal import Decimal

import pytest

from casework.rules import penalty

D = Decimal


@pytest.mark.parametrize(
    ("kind", "value", "late", "days", "owed"),
    [
        ("DAILY", "5", "12000.00", 10, "60.00"),
        ("DAILY", "1.5", "127350.00", 1, "19.10"),
        ("FIXED", "3000", "12000.00", 1, "3000.00"),
        ("FIXED", "3000", "12000.00", 0, "0.00"),
        ("DAILY", "5", "0.00", 10, "0.00"),
        ("", "0", "12000.00", 10, "0.00"),
    ],
)
def test_what_is_owed(kind: str, value: str, late: str, days: int, owed: str):
    assert penalty.owed(kind, D(value), late_yuan=D(late), days=days) == D(owed)


@pytest.mark.parametrize(
    ("kind", "value", "high"),
    [("FIXED", "10800", False), ("FIXED", "10800.01", True), ("DAILY", "8", False), ("DAILY", "9", True), ("", "0", False)],
)  # fmt: skip
def test_a_court_may_find_it_too_high(kind: str, value: str, high: bool):
    assert penalty.is_high(kind, D(value), total_yuan=D("36000"), share=D("0.30")) is high


def test_the_clause_says_figures_and_capitals():
    assert "3,000.00元（大写：人民币叁仟元整）" in penalty.words("FIXED", D("3000.00"))
    assert "每日万分之5支付" in penalty.words("DAILY", D("5.00"))
    assert "每日万分之1.5支付" in penalty.words("DAILY", D("1.50"))
    assert "每日万分之10支付" in penalty.words("DAILY", D("10.00"))
    assert penalty.words("", D(0)) == ""
