"""What all calculators have in common."""

from datetime import date
from decimal import Decimal

import pytest

from casework.rules.calculators import calculate, names
from casework.rules.calculators.answer import DISCLAIMER, Basis, bare, definitions, shipped
from casework.rules.errors import (
    AbsurdSum,
    BadInput,
    MissingInput,
    NegativeSum,
    NotANumber,
    UnknownCalculator,
    UnknownInput,
)
from casework.rules.parameters import Value
from tests.rules.sums import worked


def test_every_calculator_is_defined_and_says_it_is_an_estimate():
    assert set(names()) == set(definitions())
    found = worked("notice_pay", last_month_wage="1")
    assert found["steps"][-1] == f"{DISCLAIMER}。"
    assert (found["article"], found["rule_version"]) == (
        "劳动合同法 40；实施条例 20", "notice_pay@2008-09-18",
    )  # fmt: skip
    assert len(found["steps"]) == len(found["steps_en"])


def test_the_same_basis_gives_the_same_result():
    inputs = {"comparable_month_pay": "1", "district": "渝中区", "on": "2026-03-02"}
    assert calculate("minimum_wage_gap", inputs, shipped()) == calculate(
        "minimum_wage_gap", inputs
    )


@pytest.mark.parametrize(("number", "text"), [("7.50", "7.5"), ("12.00", "12"), ("100", "100")])
def test_numbers_without_trailing_zeros(number, text):
    assert bare(Decimal(number)) == text


OVERTIME = {"month_wage": "1", "weekday_hours": 0, "restday_days": 0, "holiday_days": 0}
LIMITATION = {"claim": "OTHER", "knew_on": "2026-01-01", "events": [], "as_of": "2026-02-01"}


@pytest.mark.parametrize(
    ("name", "inputs", "error"),
    [
        ("wealth", {}, UnknownCalculator),
        ("notice_pay", [], BadInput),
        ("notice_pay", {}, MissingInput),
        ("notice_pay", {"last_month_wage": None}, MissingInput),
        ("notice_pay", {"last_month_wage": "1", "colour": "red"}, UnknownInput),
        ("notice_pay", {"last_month_wage": "-0.01"}, NegativeSum),
        ("notice_pay", {"last_month_wage": "100000000000.01"}, AbsurdSum),
        ("notice_pay", {"last_month_wage": "much"}, NotANumber),
        ("notice_pay", {"last_month_wage": True}, NotANumber),
        ("notice_pay", {"last_month_wage": "NaN"}, NotANumber),
        ("overtime", {**OVERTIME, "weekday_hours": "8784.5"}, AbsurdSum),
        ("maternity_leave", {"children": "1.5", "difficult_birth": False}, BadInput),
        ("maternity_leave", {"children": 1201, "difficult_birth": False}, AbsurdSum),
        ("maternity_leave", {"children": 1, "difficult_birth": "no"}, BadInput),
        ("minimum_wage_gap", {"comparable_month_pay": 1, "district": " ", "on": "2026-01-01"}, BadInput),
        ("minimum_wage_gap", {"comparable_month_pay": 1, "district": 5, "on": "2026-01-01"}, BadInput),
        ("limitation", {**LIMITATION, "claim": "REVENGE"}, BadInput),
        ("limitation", {**LIMITATION, "events": "none"}, BadInput),
        ("limitation", {**LIMITATION, "events": [{"kind": "INTERRUPT"}]}, BadInput),
        ("limitation", {**LIMITATION, "events": ["2026-01-01"]}, BadInput),
        ("limitation", {**LIMITATION, "events": [{"date": "2026-01-02"}]}, BadInput),
        ("limitation", {**LIMITATION, "events": [{"date": "2026-01-02", "kind": "INTERRUPT"}] * 10_001}, BadInput),
        ("final_award", {"items": [], "min_wage_month": 1}, BadInput),
        ("settlement_view", {"claims": []}, BadInput),
        ("settlement_view", {"claims": [{"item": "x"}]}, BadInput),
        ("settlement_view", {"claims": ["x"]}, BadInput),
    ],
)  # fmt: skip
def test_inputs_that_do_not_fit_are_named(name, inputs, error):
    with pytest.raises(error) as refused:
        calculate(name, inputs)
    assert str(refused.value).endswith(".")
    assert refused.value.message_zh.endswith("。")


def test_a_calculator_works_with_the_figures_it_is_given():
    """An approved figure counts in every calculator that needs it, not the one of the release."""
    on = date(2026, 1, 1)
    given = shipped().parameters.merged(
        Value(name, on, value, "S", "公告")
        for name, value in (("month_pay_days", "20.00"), ("min_wage_month_1", "2500.00"))
    )
    basis = Basis(shipped().calendar, given)
    floor = calculate(
        "minimum_wage_gap",
        {"comparable_month_pay": "0", "district": "渝中区", "on": "2026-03-02"},
        basis,
    )
    wages = calculate(
        "wages_since_dismissal",
        {"month_wage": "2000", "from": "2026-03-02", "to": "2026-03-02"},
        basis,
    )
    pay = calculate("annual_leave_pay", {
        "leave_date": "2026-12-31", "cumulative_years": 1, "entitlement_days": 5, "taken_days": 0,
        "avg_month_wage_ex_ot": "2000",
    }, basis)  # fmt: skip
    assert (floor["floor"], wages["amount"], pay["day_wage"]) == ("2500.00", "100.00", "100.00")
