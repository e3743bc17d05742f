"""Sums of the labour contract law: leaving, notice, double pay, unlawful dismissal, competition."""

from datetime import date

import pytest

from casework.rules.calculators.answer import bare
from casework.rules.calculators.double_wage_gap import window
from casework.rules.calculators.severance_n import months_payable
from casework.rules.errors import (
    BadInput,
    EndBeforeStart,
)
from tests.rules.sums import GAP, SEVERANCE, steps, worked

# -- 经济补偿 and 赔偿金: 劳动合同法 46, 47, 48, 87; 实施条例 25, 27


@pytest.mark.parametrize(
    ("hire", "last", "months"),
    [
        ("2025-01-01", "2025-12-31", "1"),  # exactly a year
        ("2025-01-01", "2026-01-01", "1.5"),  # a year and a day
        ("2025-10-01", "2026-03-30", "0.5"),  # a day short of six months
        ("2025-10-01", "2026-03-31", "1"),  # six months or more count as a year
        ("2025-03-01", "2025-03-01", "0.5"),  # one day
        ("2024-02-29", "2025-02-27", "1"),  # leap day: the year is full on 02-27
    ],
)
def test_47_1_a_year_is_a_month_six_months_a_year_less_a_half(hire, last, months):
    found = months_payable(date.fromisoformat(hire), date.fromisoformat(last))
    assert bare(found) == months


def test_47_1_seven_and_a_half_months():
    found = worked("severance_n", **SEVERANCE)
    assert (found["months"], found["n"], found["two_n"]) == ("7.5", "60000.00", "120000.00")
    assert (found["capped"], found["cap_checked"], found["base"]) == (False, True, "8000.00")
    assert found["parameters"]["avg_wage_cap_3x"]["version"] == "avg_wage_cap_3x@2025-01-01"


def test_47_2_above_three_times_the_average_base_and_months_are_capped():
    """2012-01-09 to 2026-03-20 is 14.5 months; the cap is 3 x 9,795.50 and 12 months."""
    found = worked(
        "severance_n", hire="2012-01-09", last_day="2026-03-20", avg_month_wage="40000"
    )
    assert (found["months"], found["n"], found["base"]) == ("12", "352638.00", "29386.50")


def test_47_2_exactly_at_the_cap_nothing_is_capped():
    found = worked("severance_n", hire="2012-01-09", last_day="2026-03-20",
                   avg_month_wage="29386.50")  # fmt: skip
    assert (found["capped"], found["months"]) == (False, "14.5")


def test_97_service_before_2008_is_for_a_person_to_check():
    assert "2008 年以前" in steps("severance_n", **{**SEVERANCE, "hire": "2007-12-31"})
    assert "2008 年以前" not in steps("severance_n", **{**SEVERANCE, "hire": "2008-01-01"})


def test_without_a_recorded_average_the_cap_is_said_to_be_unchecked():
    found = worked(
        "severance_n", hire="2019-03-15", last_day="2024-12-31", avg_month_wage="90000"
    )
    assert (found["cap_checked"], found["capped"], found["parameters"]) == (False, False, {})
    assert "没有核对" in found["steps"][1]


def test_an_employment_that_ends_before_it_begins_is_refused():
    with pytest.raises(EndBeforeStart):
        worked("severance_n", **{**SEVERANCE, "hire": "2026-04-11"})


# -- 代通知金: 劳动合同法 40; 实施条例 20


def test_20_notice_pay_is_last_months_pay():
    found = worked("notice_pay", last_month_wage="7300.5")
    assert found["amount"] == "7300.50"
    assert "40" in found["steps"][0]


# -- 二倍工资: 劳动合同法 82; 实施条例 6, 7; 法释〔2025〕12号 6


@pytest.mark.parametrize(
    ("inputs", "amount"),
    [
        ({"hire": "2025-03-01", "last_day": "2025-12-31", "month_wage": "6000"}, "54000.00"),
        ({"hire": "2025-03-10", "last_day": "2025-09-25", "month_wage": "6000"}, "33310.34"),
        (GAP, "60500.00"),
        ({"hire": "2025-06-16", "last_day": "2026-04-30", "month_wage": "6960"}, "66160.00"),
    ],
)
def test_82_double_pay_from_month_two_eleven_months_at_most(inputs, amount):
    assert worked("double_wage_gap", **inputs)["amount"] == amount


def test_82_signing_ends_the_window_the_day_before():
    found = worked("double_wage_gap", **GAP, contract_signed="2024-08-06")
    assert (found["window_end"], found["full_months"], found["amount"]) == (
        "2024-08-05", 2, "11000.00",
    )  # fmt: skip
    assert found["provisional"] is False


@pytest.mark.parametrize("last", ["2024-05-20", "2024-06-05"])
def test_10_a_month_of_grace_leaves_no_double_pay(last):
    found = worked("double_wage_gap", **{**GAP, "last_day": last})
    assert (found["window_start"], found["amount"]) == (None, "0.00")


def test_82_the_first_day_of_month_two_is_one_working_day():
    found = worked("double_wage_gap", **{**GAP, "last_day": "2024-06-06"})
    assert (found["full_months"], found["extra_working_days"], found["amount"]) == (
        0, 1, "252.87",
    )  # fmt: skip


def test_a_contract_signed_at_once_leaves_no_window():
    assert window(date(2024, 5, 6), date(2026, 3, 31), date(2024, 5, 6)) is None


def test_double_pay_days_in_an_unpublished_year_are_provisional():
    found = worked(
        "double_wage_gap", hire="2026-06-10", last_day="2027-01-20", month_wage="6000"
    )
    assert found["provisional"] is True
    whole = worked(
        "double_wage_gap", hire="2026-06-10", last_day="2027-01-09", month_wage="6000"
    )
    assert (whole["extra_working_days"], whole["provisional"]) == (0, False)


def test_double_pay_inside_limitation_on_the_day_of_the_claim():
    """Window 2024-06-06 to 2025-05-05; claimed on 2025-09-06 the last year begins 2024-09-06."""
    found = worked("double_wage_gap", **GAP, claimed_on="2025-09-06")
    assert (found["claimable_from"], found["claimable_amount"]) == ("2024-09-06", "44000.00")
    assert found["parameters"]["double_wage_limitation"]["mark"] == "U"
    soon = worked("double_wage_gap", **GAP, claimed_on="2025-05-10")
    assert (soon["claimable_from"], soon["claimable_amount"]) == ("2024-06-06", "60500.00")
    late = worked("double_wage_gap", **GAP, claimed_on="2026-06-01")
    assert (late["claimable_from"], late["claimable_amount"]) == (None, "0.00")
    assert "超过" in late["steps"][-2]


def test_double_pay_needs_its_days_in_order():
    with pytest.raises(EndBeforeStart):
        worked("double_wage_gap", **{**GAP, "last_day": "2024-05-05"})


def test_double_pay_from_the_31st_counts_its_months_from_the_day_of_hire():
    """Hired on 01-31: month two begins on 02-28, the next month on 03-31, not on 03-28."""
    inputs = {"hire": "2025-01-31", "last_day": "2025-03-30", "month_wage": "6000"}
    plain_ = worked("double_wage_gap", **inputs)
    claimed = worked("double_wage_gap", **inputs, claimed_on="2025-04-01")
    assert (plain_["full_months"], plain_["extra_working_days"]) == (1, 0)
    assert claimed["claimable_amount"] == plain_["amount"] == "6000.00"


# -- 违法解除期间工资: 法释〔2025〕12号 18


def test_18_s03_a_make_up_saturday_is_a_working_day():
    found = worked("wages_since_dismissal", **{
        "month_wage": "7200", "from": "2026-02-27", "to": "2026-03-16",
    })  # fmt: skip
    assert (found["working_days"], found["day_wage"], found["amount"], found["provisional"]) == (
        13, "331.03", "4303.45", False,
    )  # fmt: skip


def test_18_one_day_counts_and_an_unpublished_year_is_provisional():
    found = worked("wages_since_dismissal", **{
        "month_wage": "7200", "from": "2027-01-04", "to": "2027-01-04",
    })  # fmt: skip
    assert (found["working_days"], found["amount"], found["provisional"]) == (1, "331.03", True)
    with pytest.raises(EndBeforeStart):
        worked("wages_since_dismissal", **{
            "month_wage": "7200", "from": "2026-03-02", "to": "2026-03-01",
        })  # fmt: skip


# -- 竞业限制: 劳动合同法 24; 法释〔2020〕26号 36


def ban(**more):
    return worked("competition_ban_pay", **{
        "avg_month_wage": "10000", "months": 12, "min_wage_month": "2330", **more,
    })  # fmt: skip


def test_36_thirty_per_cent_of_the_average_if_none_is_agreed():
    found = ban()
    assert (found["month_amount"], found["amount"]) == ("3000.00", "36000.00")


def test_36_never_under_the_minimum_wage():
    assert ban(avg_month_wage="7000")["month_amount"] == "2330.00"


def test_36_what_is_agreed_counts():
    found = ban(agreed_month_pay="4500", months=24)
    assert (found["month_amount"], found["amount"]) == ("4500.00", "108000.00")


def test_24_two_years_at_most():
    with pytest.raises(BadInput):
        ban(months=25)
