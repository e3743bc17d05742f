"""The small values: calendar, dates that people type, lights, money, figures, taxonomy, shares."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from casework.rules.calendar import Calendar, Day, from_schedule, official
from casework.rules.data import as_date, as_moment, read
from casework.rules.errors import (
    AbsurdSum,
    BadData,
    BadInput,
    DateOutOfRange,
    EndBeforeStart,
    ImpossibleDate,
    NegativeSum,
    NotANumber,
    RuleError,
    UnknownParameter,
)
from casework.rules.lights import light
from casework.rules.money import amount, capitals, fen, figures, plain, yuan
from casework.rules.parameters import Value, month_pay_days
from casework.rules.parameters import seed as figures_of_the_release
from casework.rules.shares import NothingToDivideBy, plan_shares, split
from casework.rules.taxonomy import Cause, cause_name, causes, choices

CALENDAR = official()


# -- the calendar of the State Council


def test_248_working_days_in_2025_and_2026():
    """人社部发〔2025〕2号 counts 365 - 104 - 13; the official schedules come to that."""
    for year, days in ((2024, 251), (2025, 248), (2026, 248)):
        assert CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_thirteen_statutory_holidays_since_2025():
    """全国年节及纪念日放假办法: 11 days before, 13 from 2025 on, paid at 300 per cent."""
    for year, days in ((2024, 11), (2025, 13), (2026, 13)):
        paid = [
            on for on in CALENDAR.days if on.year == year and CALENDAR.is_statutory_holiday(on)
        ]
        assert len(paid) == days
    assert not CALENDAR.is_statutory_holiday(date(2026, 2, 15))  # a day off, but a swapped one
    assert not CALENDAR.is_statutory_holiday(date(2026, 3, 2))


def test_days_are_called_by_their_names():
    names = [
        CALENDAR.day_name(on) for on in (date(2026, 2, 17), date(2026, 2, 14), date(2026, 3, 7))
    ]
    assert names == ["春节", "调休上班", "星期六"]
    assert CALENDAR.day_name(date(2026, 3, 7), "en") == "Saturday"
    assert CALENDAR.day_name(date(2026, 10, 1), "en") == "National Day"
    assert Calendar({date(2026, 3, 3): Day(date(2026, 3, 3), False, "停电")}, {}).day_name(
        date(2026, 3, 3), "en"
    ) == "停电"  # fmt: skip


def test_next_and_previous_working_day():
    assert CALENDAR.next_working(date(2026, 2, 15)) == date(2026, 2, 24)
    assert CALENDAR.next_working(date(2026, 2, 24)) == date(2026, 2, 24)
    assert CALENDAR.previous_working(date(2026, 2, 23)) == date(2026, 2, 14)


def test_no_working_day_lies_between_a_day_and_itself_or_an_earlier_one():
    assert CALENDAR.working_days_between(date(2026, 3, 2), date(2026, 3, 2)) == 0
    assert CALENDAR.working_days_between(date(2026, 3, 9), date(2026, 3, 2)) == 0
    assert CALENDAR.working_days_between(date(2026, 12, 30), date(2027, 1, 4)) == 3


def test_official_until_the_first_year_that_is_missing():
    assert CALENDAR.official_until == date(2026, 12, 31)
    assert Calendar({}, {}).official_until == date.min
    assert CALENDAR.merged([], {2028: "x"}).official_until == date(2026, 12, 31)
    assert CALENDAR.merged([], {2027: "x", 2028: "x"}).official_until == date(2028, 12, 31)


def test_a_year_laid_over_counts_at_once_and_leaves_the_release_alone():
    off = Day(date(2027, 1, 4), False, "元旦")
    fuller = CALENDAR.merged([off], {2027: "x"})
    assert (fuller.is_working(off.on), CALENDAR.is_working(off.on)) == (False, True)
    assert fuller.is_official(off.on)
    assert fuller.working_days_between(date(2027, 1, 1), date(2027, 1, 5)) == 1
    with pytest.raises(TypeError):
        fuller.days[off.on] = off


def test_a_make_up_day_lies_on_a_weekend():
    with pytest.raises(BadData):
        Calendar({date(2026, 3, 2): Day(date(2026, 3, 2), True, "调休上班")}, {})


def schedule(**changes):
    break_ = {
        "name": "节",
        "en": "feast",
        "from": "05-01",
        "to": "05-03",
        "statutory": ["05-01"],
    }
    return {2027: {"source": "x", "holidays": [{**break_, **changes}], "makeup": ["05-08"]}}


def test_a_schedule_is_read_with_full_dates_too():
    read = from_schedule(schedule(to=date(2027, 5, 2)))
    assert [on.day for on in read.days] == [1, 2, 8]
    assert read.years == {2027: "x"}
    assert from_schedule(schedule(to="2027-05-02")).days == read.days


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"to": "04-30"}, EndBeforeStart),
        ({"to": "05-08"}, BadData),
        ({"from": "02-30"}, ImpossibleDate),
        ({"from": 5}, ImpossibleDate),
    ],
)
def test_a_wrong_schedule_is_refused(changes, error):
    with pytest.raises(error):
        from_schedule(schedule(**changes))


# -- dates that people type


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


@pytest.mark.parametrize(
    "content", [[], {2027: None}, {"x": {}}, {2027: {"source": "x"}}, {2027: {"holidays": 5}}]
)
def test_a_schedule_of_another_form_is_refused(content):
    with pytest.raises(BadData):
        from_schedule(content)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "", "today", None, "2026-3-2"])
def test_impossible_dates_are_named(text):
    with pytest.raises(ImpossibleDate):
        as_date(text)


# -- lights


def test_lights_by_working_days_left():
    due = date(2026, 3, 27)
    kinds = [light(due, date(2026, 3, day), CALENDAR).kind for day in (23, 24, 27, 28)]
    assert kinds == ["normal", "soon", "soon", "overdue"]
    assert light(due, date(2026, 3, 24), CALENDAR).days == 3


@pytest.mark.parametrize(
    ("as_of", "days", "whom"),
    [
        ("2026-03-28", 0, "lead"),
        ("2026-03-30", 1, "vice_chair"),
        ("2026-04-01", 3, "rights_department"),
        ("2026-04-03", 5, "joint_meeting"),
        ("2026-04-30", 23, "joint_meeting"),
    ],
)
def test_who_is_told_of_a_red_light(as_of, days, whom):
    found = light(date(2026, 3, 27), date.fromisoformat(as_of), CALENDAR)
    assert (found.days, found.escalates_to) == (days, whom)


def test_done_and_paused_clocks():
    due, now = date(2026, 3, 27), date(2026, 4, 30)
    on_time = light(due, now, CALENDAR, done_on=due)
    late = light(due, now, CALENDAR, done_on=date(2026, 3, 28))
    assert (on_time.kind, on_time.late, late.late, late.escalates_to) == (
        "done",
        False,
        True,
        "",
    )
    paused = light(due, date(2026, 3, 23), CALENDAR, paused=True)
    assert (paused.kind, paused.days) == ("paused", 4)


def test_a_clock_in_minutes_is_red_after_its_minute():
    due = datetime(2026, 7, 20, 14, 35, tzinfo=UTC)
    assert light(due, due, CALENDAR).kind == "soon"
    assert light(due, due.replace(minute=36), CALENDAR).kind == "overdue"
    assert light(due, date(2026, 7, 20), CALENDAR).kind == "soon"


# -- money


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


# -- figures that change with time


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


# -- taxonomy


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


# -- shares


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


# -- errors in words


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


# -- the schedule as it is read


def test_the_schedule_of_the_release_is_read_whole():
    """Each day off with its name, its notice and whether it is paid at 300 per cent."""
    content = read("calendar.yaml")
    made = from_schedule(content)
    assert made == CALENDAR
    assert made.years == {year: entry["source"] for year, entry in content.items()}
    assert made.days[date(2026, 2, 17)] == Day(
        date(2026, 2, 17), False, "春节", "Spring Festival", True, content[2026]["source"]
    )
    assert made.days[date(2026, 2, 14)] == Day(
        date(2026, 2, 14),
        True,
        "调休上班",
        "make-up working day",
        False,
        content[2026]["source"],
    )
    assert made.days[date(2026, 2, 15)].statutory is False
    assert [made.is_working(date(2026, 2, day)) for day in (13, 14, 15, 24)] == [
        True, True, False, True,
    ]  # fmt: skip


def test_a_break_of_one_day():
    assert from_schedule(schedule(to="05-01")).days.keys() == {
        date(2027, 5, 1),
        date(2027, 5, 8),
    }


def test_days_off_between_two_days_of_different_years():
    off = CALENDAR.days_off_between(date(2025, 12, 26), date(2026, 1, 5))
    assert [(day.on.isoformat(), day.kind) for day in off] == [
        ("2025-12-27", "周末"), ("2025-12-28", "周末"),
        ("2026-01-01", "元旦"), ("2026-01-02", "元旦"), ("2026-01-03", "元旦"),
    ]  # fmt: skip
    assert CALENDAR.days_off_between(date(2026, 1, 1), date(2026, 1, 2)) == ()
    assert off[0].kind_en == "weekend"
    assert (off[-1].name_en, off[-1].kind_en) == ("New Year", "New Year")


def test_working_days_over_three_years_forwards_and_backwards():
    days = CALENDAR.working_days_after(date(2024, 12, 30), 500)
    assert (len(days), days[0], days[-1]) == (500, date(2024, 12, 31), date(2027, 1, 5))
    assert days == sorted(days)
    back = CALENDAR.working_days_before(date(2027, 1, 6), 500)
    assert back == days
    assert CALENDAR.working_days_after(date(2026, 3, 2), 2, {date(2026, 3, 3)}) == [
        date(2026, 3, 4),
        date(2026, 3, 5),
    ]


def test_officially_means_every_year_between():
    assert CALENDAR.officially(date(2024, 1, 1), date(2026, 12, 31))
    assert not CALENDAR.officially(date(2023, 12, 31), date(2024, 1, 1))
    assert not CALENDAR.officially(date(2026, 12, 31), date(2027, 1, 1))
    gap = Calendar({}, {2024: "x", 2026: "x"})
    assert not gap.officially(date(2024, 1, 1), date(2026, 1, 1))
    assert gap.official_until == date(2024, 12, 31)


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


def test_a_calendar_is_not_changed_through_what_it_was_made_from():
    days, years = {}, {2024: "x", 2025: "y", 2026: "z"}
    made = Calendar(days, years)
    days[date(2026, 3, 2)], years[2027] = Day(date(2026, 3, 2), False, "假"), "w"
    assert made.is_working(date(2026, 3, 2))
    assert (made.official_until, 2027 in made.years) == (date(2026, 12, 31), False)
    with pytest.raises(TypeError):
        made.years[2027] = "w"


def test_a_year_holds_every_day_once():
    year = CALENDAR.year(2026)
    assert len(year.working) + len(year.off) == 365
    assert year.off[0].on == date(2026, 1, 1)
    assert year.working[-1] == date(2026, 12, 31)
    assert [day.on for day in year.off] == list(year.off_on)
    assert CALENDAR.year(2026) is year
    assert CALENDAR.year(2027).working[0] == date(2027, 1, 1)


def test_backwards_to_the_first_day_of_the_calendar():
    """1949-10-01 was a Saturday: the first working day is Monday, 10-03."""
    assert CALENDAR.working_days_before(date(1949, 10, 5), 2) == [
        date(1949, 10, 3),
        date(1949, 10, 4),
    ]
    assert len(CALENDAR.working_days_before(date(1951, 6, 1), 300)) == 300
    with pytest.raises(DateOutOfRange):
        CALENDAR.working_days_before(date(1949, 10, 5), 3)
