"""The small values: dates that people type, lights, figures, taxonomy, errors in words."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from casework.rules.calendar import official
from casework.rules.data import as_date, as_moment
from casework.rules.errors import (
    BadInput,
    DateOutOfRange,
    ImpossibleDate,
    RuleError,
    UnknownParameter,
)
from casework.rules.escalation import days_over, standing
from casework.rules.lights import light
from casework.rules.parameters import Value, month_pay_days
from casework.rules.parameters import seed as figures_of_the_release
from casework.rules.taxonomy import Cause, cause_name, causes, choices

CALENDAR = official()


def test_days_and_moments():
    assert as_date(" 2026-03-02 ") == date(2026, 3, 2)
    assert as_date(datetime(2026, 3, 1, 16, 30, tzinfo=UTC)) == date(2026, 3, 2)
    naive = datetime.fromisoformat("2026-03-02T23:30")
    assert as_date(naive) == date(2026, 3, 2)
    assert as_moment(naive) == naive
    assert as_moment("2026-03-02") == date(2026, 3, 2)
    assert as_moment("2026-03-02 14:05") == datetime.fromisoformat("2026-03-02T14:05")
    assert as_moment(datetime(2026, 3, 1, 16, 30, tzinfo=UTC)).isoformat() == (
        "2026-03-02T00:30:00+08:00"
    )


@pytest.mark.parametrize(
    "on", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC), date.max]
)
def test_moments_outside_the_calendar_are_refused_before_they_are_moved_to_shanghai(on):
    with pytest.raises(DateOutOfRange):
        as_date(on)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "", "today", None, "2026-3-2"])
def test_impossible_dates_are_named(text):
    with pytest.raises(ImpossibleDate):
        as_date(text)


@pytest.mark.parametrize(
    ("as_of", "shown", "passed", "whom"),
    [
        ("2026-03-28", 0, 0, "lead"),
        ("2026-03-30", 1, 0, "lead"),
        ("2026-03-31", 2, 1, "vice_chair"),
        ("2026-04-01", 3, 2, "vice_chair"),
        ("2026-04-02", 4, 3, "rights_department"),
        ("2026-04-03", 5, 4, "rights_department"),
        ("2026-04-07", 6, 5, "joint_meeting"),
        ("2026-04-30", 23, 22, "joint_meeting"),
    ],
)
def test_a_red_light_counts_today_and_the_ladder_whole_days_that_have_passed(
    as_of, shown, passed, whom
):
    due, on = date(2026, 3, 27), date.fromisoformat(as_of)
    assert light(due, on, CALENDAR).days == shown
    assert days_over(due, on, CALENDAR) == passed
    assert standing(due, on, CALENDAR).whom == whom


def test_what_is_not_late_stands_on_no_rung():
    assert standing(date(2026, 3, 27), date(2026, 3, 27), CALENDAR) is None


def test_done_and_paused_clocks():
    due, now = date(2026, 3, 27), date(2026, 4, 30)
    on_time = light(due, now, CALENDAR, done_on=due)
    late = light(due, now, CALENDAR, done_on=date(2026, 3, 28))
    assert (on_time.kind, on_time.late, late.late) == ("done", False, True)
    paused = light(due, date(2026, 3, 23), CALENDAR, paused=True)
    assert (paused.kind, paused.days) == ("paused", 4)


def test_a_clock_in_minutes_is_red_after_its_minute():
    due = datetime(2026, 7, 20, 14, 35, tzinfo=UTC)
    assert light(due, due, CALENDAR).kind == "soon"
    assert light(due, due.replace(minute=36), CALENDAR).kind == "overdue"
    assert light(due, date(2026, 7, 20), CALENDAR).kind == "soon"


def test_a_figure_holds_from_its_day():
    release = figures_of_the_release()
    new = Value("min_wage_month_1", date(2027, 1, 1), "2500.00", "S", "公告")
    merged = release.merged([new])
    values = [merged.on(new.name, date(year, 6, 1)).number for year in (2024, 2026, 2027)]
    assert values == [Decimal(2100), Decimal(2330), Decimal(2500)]
    assert release.on(new.name, date(2027, 6, 1)).value == "2330.00"
    assert merged.on(new.name, date(2027, 1, 1)).version == "min_wage_month_1@2027-01-01"


def test_a_corrected_figure_replaces_that_of_the_same_day_and_a_new_name_may_come():
    release = figures_of_the_release()
    again = Value("min_wage_month_1", date(2025, 1, 1), "2331.00", "S", "更正")
    fresh = Value("heat_allowance", date(2026, 6, 1), "300.00", "U", "待确认")
    merged = release.merged([again, fresh])
    assert merged.on(again.name, date(2026, 1, 1)).value == "2331.00"
    assert len(merged.values[again.name]) == 2
    assert merged.on("heat_allowance", date(2026, 6, 1)).value == "300.00"
    with pytest.raises(UnknownParameter):
        merged.on("heat_allowance", date(2026, 5, 31))
    assert merged.known("heat_allowance", date(2026, 5, 31)) is None


def test_a_month_has_2175_pay_days():
    assert month_pay_days(date(2026, 1, 1)) == Decimal("21.75")


def test_figures_derived_from_one_another_agree():
    """最低工资 x 12 is the ceiling of a final award; 平均工资 / 12 x 3 caps severance."""
    on = date(2026, 3, 2)
    release = figures_of_the_release()
    assert release.on("min_wage_month_1", on).number * 12 == Decimal("27960.00")
    year = release.on("avg_wage_year", on).number
    assert release.on("avg_wage_month", on).number == year / 12
    assert release.on("avg_wage_cap_3x", on).number == year / 12 * 3


def test_every_cause_has_its_group_and_name():
    table = causes()
    assert len([code for code in table if "." not in code]) == 16
    assert len([code for code in table if "." in code]) == 71
    assert all(each.parent in table for each in table.values())
    assert (table["A02.01"].court, table["E01.01"].court) == ("205.5", "214.1")


def test_causes_for_a_form_and_in_words():
    groups = dict(choices())
    assert ("A02.01", "A02.01 拖欠、克扣工资") in groups["劳动报酬"]
    assert cause_name("E01") == "新就业形态"
    assert cause_name("Z99") == "Z99"
    assert Cause("K01.01", "政策咨询").parent == "K01"


def test_an_error_is_one_sentence_in_each_language():
    assert str(BadInput("months", 25)) == "The value does not fit this input: months, 25."
    assert BadInput("months", 25).message_zh == "输入值不符合要求：months，25。"
    assert str(BadInput()) == "The value does not fit this input."
    assert BadInput().message_zh == "输入值不符合要求。"


def test_an_error_about_something_long_stays_one_line():
    assert str(BadInput("a\nb", "x" * 99)) == (
        f"The value does not fit this input: a b, {'x' * 80}...."
    )
    assert str(BadInput(10**5000)).endswith(": int.")


def test_every_error_has_its_own_words_in_both_languages():
    kinds = RuleError.__subclasses__()
    assert (
        len({kind.zh for kind in kinds}) == len({kind.__doc__ for kind in kinds}) == len(kinds)
    )
    for kind in kinds:
        assert kind.__doc__.endswith(".")
        assert kind.zh.endswith("。")
