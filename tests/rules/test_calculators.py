"""Sums of claims: each worked figure of the law's commentary, each limit, each step."""

from datetime import date
from decimal import Decimal

import pytest

from casework.rules.calculators import calculate, names
from casework.rules.calculators.annual_leave_pay import lawful_days
from casework.rules.calculators.answer import DISCLAIMER, Basis, bare, definitions, shipped
from casework.rules.calculators.double_wage_gap import window
from casework.rules.calculators.severance_n import months_payable
from casework.rules.errors import (
    AbsurdSum,
    BadInput,
    EndBeforeStart,
    MissingInput,
    NegativeSum,
    NotANumber,
    UnknownCalculator,
    UnknownDistrict,
    UnknownInput,
    UnknownParameter,
)
from casework.rules.parameters import Value

SEVERANCE = {"hire": "2019-03-15", "last_day": "2026-04-10", "avg_month_wage": "8000.00"}
GAP = {"hire": "2024-05-06", "last_day": "2026-03-31", "month_wage": "5500.00"}


def worked(name, **inputs):
    return calculate(name, inputs)


def steps(name, **inputs):
    return " ".join(worked(name, **inputs)["steps"])


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


# -- 终局裁决: 劳动争议调解仲裁法 47; 法释〔2020〕26号 19, 20


@pytest.mark.parametrize(
    ("items", "final", "above"),
    [
        (["20000", "27960"], True, []),
        (["27960.01", "100"], False, ["27960.01"]),
        (["30000", "100", "40000"], False, ["30000.00", "40000.00"]),
    ],
)
def test_47_twelve_minimum_wages_for_each_item(items, final, above):
    found = worked("final_award", items=items, min_wage_month="2330")
    assert (found["threshold"], found["final"], found["above"]) == ("27960.00", final, above)


# -- 小额诉讼: 民事诉讼法 165


@pytest.mark.parametrize(
    ("sum_", "small", "agreed"),
    [
        ("58773", True, False),
        ("58773.01", False, True),
        ("235092", False, True),
        ("235092.01", False, False),
    ],
)
def test_165_half_a_years_wage_or_twice_of_it_by_agreement(sum_, small, agreed):
    found = worked("small_claims", **{"sum": sum_, "province_year_wage": "117546"})
    assert (found["threshold"], found["small"], found["by_agreement"]) == (
        "58773.00", small, agreed,
    )  # fmt: skip


# -- 调解方案: 劳动合同法 26; 法释〔2020〕26号 35


def offer(item, claimed, floor, offered):
    return {"item": item, "claimed": claimed, "floor": floor, "offered": offered}


def test_35_an_offer_under_the_floor_is_pointed_out_for_its_item_and_in_all():
    found = worked("settlement_view", claims=[
        offer("拖欠工资", "19500", "19500", "19000"), offer("经济补偿", "13000", "0", "11000"),
    ])  # fmt: skip
    assert [(row["ratio"], row["below_floor"]) for row in found["items"]] == [
        ("0.9744", True),
        ("0.8462", False),
    ]
    assert found["total"] == {
        "item": "total", "claimed": "32500.00", "floor": "19500.00", "offered": "30000.00",
        "ratio": "0.9231", "below_floor": True,
    }  # fmt: skip
    assert "低于法定底线" in " ".join(found["steps"])


def test_35_at_the_floor_it_is_lawful_and_nothing_claimed_has_no_ratio():
    found = worked("settlement_view", claims=[offer("道歉", "0", "0", "0")])
    assert (found["items"][0]["ratio"], found["total"]["below_floor"]) == (None, False)
    assert "低于法定底线" not in " ".join(found["steps"])


# -- what all have in common


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


def test_double_pay_from_the_31st_counts_its_months_from_the_day_of_hire():
    """Hired on 01-31: month two begins on 02-28, the next month on 03-31, not on 03-28."""
    inputs = {"hire": "2025-01-31", "last_day": "2025-03-30", "month_wage": "6000"}
    plain_ = worked("double_wage_gap", **inputs)
    claimed = worked("double_wage_gap", **inputs, claimed_on="2025-04-01")
    assert (plain_["full_months"], plain_["extra_working_days"]) == (1, 0)
    assert claimed["claimable_amount"] == plain_["amount"] == "6000.00"
