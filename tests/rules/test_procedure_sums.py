"""Sums that decide the way: final award, small claim, an offer beside the lawful floor."""

import pytest

from tests.rules.sums import worked

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
