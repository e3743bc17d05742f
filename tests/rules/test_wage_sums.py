"""Sums of wages: overtime, leave, the floor, what comes on top when an order is ignored."""

from decimal import Decimal

import pytest

from casework.rules.calculators.annual_leave_pay import lawful_days
from casework.rules.errors import (
    UnknownDistrict,
    UnknownParameter,
)
from tests.rules.sums import worked

# -- 加班费: 劳动法 41, 44; 人社部发〔2025〕2号


def test_44_overtime_150_200_300_per_cent():
    found = worked(
        "overtime", month_wage="5220", weekday_hours=10, restday_days=2, holiday_days=1
    )
    wanted = {"day_wage": "240.00", "hour_wage": "30.00", "weekday": "450.00",
              "restday": "960.00", "holiday": "720.00", "total": "2130.00"}  # fmt: skip
    assert {key: found[key] for key in wanted} == wanted
    assert found["over_36_hours"] is False


@pytest.mark.parametrize(("hours", "over"), [("36", False), ("36.5", True)])
def test_41_more_than_36_hours_a_month_is_a_breach_not_a_cap(hours, over):
    found = worked("overtime", month_wage="5220", weekday_hours=hours, restday_days=0,
                   holiday_days=0)  # fmt: skip
    assert found["over_36_hours"] is over
    assert found["weekday"] == str((Decimal("45") * Decimal(hours)).quantize(Decimal("0.01")))


# -- 年休假: 条例 3, 5; 实施办法 10, 11, 12


@pytest.mark.parametrize(
    ("years", "days"), [(0, 0), (1, 5), (9, 5), (10, 10), (19, 10), (20, 15), (40, 15)]
)
def test_3_days_of_leave_by_total_working_life(years, days):
    assert lawful_days(years) == days


def leave(**more):
    return worked("annual_leave_pay", **{
        "leave_date": "2026-06-30", "cumulative_years": 12, "entitlement_days": 10,
        "taken_days": 1, "avg_month_wage_ex_ot": "6525", **more,
    })  # fmt: skip


def test_12_on_leaving_by_the_days_passed_and_the_fraction_is_dropped():
    found = leave()
    assert (found["calendar_days_passed"], found["prorated"], found["payable_days"]) == (
        181, "3.9589", 3,
    )  # fmt: skip
    assert (found["day_wage"], found["amount"]) == ("300.00", "1800.00")


def test_12_more_taken_than_due_is_never_negative():
    assert leave(taken_days=9)["payable_days"] == 0
    assert leave(taken_days=9)["amount"] == "0.00"
    assert leave(taken_days=9)["prorated"] == "-4.0411"


def test_12_s03_two_months_of_five_days_are_no_whole_day():
    found = leave(leave_date="2026-02-26", cumulative_years=5, entitlement_days=5, taken_days=0,
                  avg_month_wage_ex_ot="7200")  # fmt: skip
    assert (found["payable_days"], found["amount"]) == (0, "0.00")


def test_3_fewer_days_than_the_law_gives_are_pointed_out():
    assert len(leave(entitlement_days=5)["steps"]) == len(leave()["steps"]) + 1
    assert leave()["lawful_days"] == 10


# -- 最低工资: 劳动法 48; 实施条例 14


@pytest.mark.parametrize(
    ("district", "pay", "floor", "gap"),
    [
        ("两江新区", "2000", "2330.00", "330.00"),
        ("石柱县", "2200", "2200.00", "0.00"),
        ("重庆市酉阳土家族苗族自治县", "2199.99", "2200.00", "0.01"),
        ("渝中区", "9000", "2330.00", "0.00"),
    ],
)
def test_14_the_floor_of_the_place_of_performance(district, pay, floor, gap):
    found = worked(
        "minimum_wage_gap", comparable_month_pay=pay, district=district, on="2026-03-02"
    )
    assert (found["floor"], found["gap"]) == (floor, gap)


def test_the_minimum_wage_of_the_day_counts():
    before = worked(
        "minimum_wage_gap", comparable_month_pay="1", district="渝中区", on="2024-12-31"
    )
    after = worked(
        "minimum_wage_gap", comparable_month_pay="1", district="渝中区", on="2025-01-01"
    )
    assert (before["floor"], after["floor"]) == ("2100.00", "2330.00")


def test_no_minimum_wage_is_made_up():
    with pytest.raises(UnknownDistrict):
        worked("minimum_wage_gap", comparable_month_pay="1", district="成都市", on="2026-03-02")
    with pytest.raises(UnknownParameter):
        worked("minimum_wage_gap", comparable_month_pay="1", district="渝中区", on="2020-01-01")


# -- 加付赔偿金: 劳动合同法 85; 监察条例 26


@pytest.mark.parametrize(
    ("ordered", "paid", "low", "high"),
    [
        (True, False, "21000.00", "42000.00"),
        (True, True, "0.00", "0.00"),
        (False, False, "0.00", "0.00"),
    ],
)
def test_85_half_to_the_whole_only_after_an_order_was_ignored(ordered, paid, low, high):
    found = worked("arrears_surcharge", arrears="42000", order_issued=ordered,
                   paid_by_order_date=paid)  # fmt: skip
    assert (found["min"], found["max"]) == (low, high)
