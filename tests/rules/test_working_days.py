"""The calendar of the State Council, its schedule and the days it makes."""

from datetime import date

import pytest

from casework.rules.calendar import Calendar, Day, from_schedule, official
from casework.rules.data import read
from casework.rules.errors import (
    BadData,
    DateOutOfRange,
    EndBeforeStart,
    ImpossibleDate,
)
from casework.rules.lights import light

CALENDAR = official()


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


@pytest.mark.parametrize(
    "content", [[], {2027: None}, {"x": {}}, {2027: {"source": "x"}}, {2027: {"holidays": 5}}]
)
def test_a_schedule_of_another_form_is_refused(content):
    with pytest.raises(BadData):
        from_schedule(content)


def test_lights_by_working_days_left():
    due = date(2026, 3, 27)
    kinds = [light(due, date(2026, 3, day), CALENDAR).kind for day in (23, 24, 27, 28)]
    assert kinds == ["normal", "soon", "soon", "overdue"]
    assert light(due, date(2026, 3, 24), CALENDAR).days == 3


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
