"""How days are counted: 民法典 201 to 204, 民事诉讼法 85, and the day of a payment."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from casework.rules.acts import end_of_day, in_time, pay_day
from casework.rules.calendar import official
from casework.rules.errors import BadLength, DateOutOfRange, EndBeforeStart, UnknownUnit
from casework.rules.periods import (
    Pause,
    add_calendar_days,
    add_hours,
    add_minutes,
    add_months,
    add_working_days,
    add_years,
    before_calendar_days,
    before_working_days,
    corresponding_day,
    moved,
)
from casework.rules.units import LONGEST, check_length

CALENDAR = official()


def ends(counted):
    return counted.raw.isoformat(), counted.due.isoformat()


def test_201_the_day_of_the_event_is_not_counted():
    assert ends(add_calendar_days(date(2026, 3, 2), 1, CALENDAR)) == (
        "2026-03-03",
        "2026-03-03",
    )


def test_203_a_last_day_off_moves_to_the_day_after_it():
    found = add_calendar_days(date(2026, 1, 31), 15, CALENDAR)
    assert ends(found) == ("2026-02-15", "2026-02-24")
    assert [day.on.day for day in found.skipped] == list(range(15, 24))
    assert {day.name for day in found.skipped} == {"春节"}


def test_203_only_the_last_day_matters():
    """National Day lies inside, the end does not move: 09-20 + 20 = 10-10, a make-up Saturday."""
    found = add_calendar_days(date(2026, 9, 20), 20, CALENDAR)
    assert ends(found) == ("2026-10-10", "2026-10-10")
    assert found.skipped == ()


def test_202_months_end_on_the_corresponding_day_or_the_last_of_the_month():
    assert ends(add_months(date(2026, 1, 31), 1, CALENDAR)) == ("2026-02-28", "2026-02-28")
    assert ends(add_months(date(2024, 2, 29), 12, CALENDAR)) == ("2025-02-28", "2025-02-28")
    assert corresponding_day(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert corresponding_day(date(2026, 11, 30), 2) == date(2027, 1, 30)


def test_202_years_are_twelve_months_each():
    assert ends(add_years(date(2024, 2, 29), 2, CALENDAR)) == ("2026-02-28", "2026-02-28")


def test_working_days_pass_over_days_off_and_take_make_up_days():
    found = add_working_days(date(2026, 2, 12), 5, CALENDAR)
    assert ends(found) == ("2026-02-26", "2026-02-26")
    assert date(2026, 2, 14) in found.days
    assert len(found.skipped) == 9


def test_working_days_across_a_year_are_provisional_when_it_is_not_published():
    assert add_working_days(date(2026, 12, 30), 1, CALENDAR).provisional is False
    found = add_working_days(date(2026, 12, 30), 3, CALENDAR)
    assert (found.due, found.provisional) == (date(2027, 1, 4), True)
    assert [day.on for day in found.skipped] == [date(2027, 1, 2), date(2027, 1, 3)]


def test_calendar_days_ending_on_the_last_of_an_official_year_roll_into_the_next():
    found = add_calendar_days(date(2026, 12, 1), 30, CALENDAR)
    assert (found.due, found.provisional) == (date(2026, 12, 31), False)
    assert add_calendar_days(date(2026, 12, 1), 31, CALENDAR).provisional is True


def test_paused_days_do_not_count():
    pause = Pause(date(2026, 3, 10), date(2026, 3, 14), "鉴定")
    assert ends(add_calendar_days(date(2026, 3, 2), 15, CALENDAR, [pause])) == (
        "2026-03-22", "2026-03-23",
    )  # fmt: skip
    found = add_working_days(date(2026, 3, 6), 5, CALENDAR, [pause])
    assert found.due == date(2026, 3, 19)
    assert [day.on.day for day in found.skipped] == [7, 8, 15]


def test_a_day_that_two_pauses_name_is_left_out_once():
    one = Pause(date(2026, 3, 10), date(2026, 3, 14))
    other = Pause(date(2026, 3, 12), date(2026, 3, 16))
    inside = Pause(date(2026, 3, 11), date(2026, 3, 12))
    found = add_calendar_days(date(2026, 3, 2), 15, CALENDAR, [other, inside, one])
    assert found.raw == date(2026, 3, 24)
    with pytest.raises(EndBeforeStart):
        Pause(date(2026, 3, 10), date(2026, 3, 9))


def test_a_pause_counts_only_where_it_overlaps_the_period():
    early = Pause(date(2026, 2, 25), date(2026, 3, 4))
    late = Pause(date(2026, 4, 1), date(2026, 4, 9))
    over = Pause(date(2026, 2, 1), date(2026, 2, 20))
    assert add_calendar_days(date(2026, 3, 2), 15, CALENDAR, [late, early, over]).raw == date(
        2026, 3, 19
    )


def test_one_pause_may_push_the_end_into_the_next():
    first = Pause(date(2026, 3, 10), date(2026, 3, 12))
    second = Pause(date(2026, 3, 18), date(2026, 3, 19))
    found = add_calendar_days(date(2026, 3, 2), 15, CALENDAR, [second, first])
    assert found.raw == date(2026, 3, 22)


def test_35_days_before_a_hearing_are_counted_backwards():
    """劳动争议调解仲裁法 35: five working days before 2026-10-09 lie before National Day."""
    found = before_working_days(date(2026, 10, 9), 5, CALENDAR)
    assert (found.due, found.provisional) == (date(2026, 9, 24), False)
    assert len(found.skipped) == 10
    assert found.days[0] == date(2026, 10, 8)
    assert before_working_days(date(2027, 1, 5), 2, CALENDAR).provisional is True


def test_41_thirty_days_before_a_layoff_a_day_off_moves_earlier():
    """劳动合同法 41: 30 days before 2026-11-07 is 2026-10-08; before 2026-11-04, National Day."""
    assert before_calendar_days(date(2026, 11, 7), 30, CALENDAR).due == date(2026, 10, 8)
    found = before_calendar_days(date(2026, 11, 4), 30, CALENDAR)
    assert ends(found) == ("2026-10-05", "2026-09-30")
    assert found.provisional is False
    assert before_calendar_days(date(2027, 2, 2), 31, CALENDAR).provisional is True


def test_moving_back_into_an_unpublished_year_is_provisional():
    assert before_calendar_days(date(2024, 1, 31), 30, CALENDAR).provisional is True


def test_125_hours_run_from_the_next_hour_through_nights_and_weekends():
    """适用民事诉讼法的解释 125 and 民事诉讼法 104: 48 hours from a Friday afternoon."""
    found = add_hours(datetime(2026, 3, 6, 16, 20, 59, 5, tzinfo=UTC), 48)
    assert found.due == datetime(2026, 3, 8, 17, 0, tzinfo=UTC)
    assert found.raw == found.due


def test_minutes_run_from_the_moment():
    start = datetime(2026, 7, 20, 14, 5, 30, tzinfo=UTC)
    assert add_minutes(start, 30).due == start + timedelta(minutes=30)


def test_14_wages_due_on_a_day_off_are_paid_earlier_and_other_money_later():
    """保障农民工工资支付条例 14: 2026-05-03 lies in the Labour Day break."""
    wages = pay_day(date(2026, 5, 3), CALENDAR, wages=True)
    other = pay_day(date(2026, 5, 3), CALENDAR, wages=False)
    assert (wages.due, other.due) == (date(2026, 4, 30), date(2026, 5, 6))
    assert [day.on.day for day in wages.skipped] == [3, 2, 1]
    assert pay_day(date(2026, 5, 9), CALENDAR, wages=True).due == date(2026, 5, 9)


def test_203_the_last_day_ends_at_midnight_or_with_business():
    assert str(end_of_day(date(2026, 12, 31))) == "2027-01-01 00:00:00"
    assert str(end_of_day(date(2026, 3, 2), time(17, 30))) == "2026-03-02 17:30:00"


@pytest.mark.parametrize(
    ("acted", "posted", "kept"),
    [
        (date(2026, 3, 27), None, True),
        (date(2026, 3, 28), None, False),
        (date(2026, 3, 31), date(2026, 3, 27), True),
        (date(2026, 3, 31), date(2026, 3, 28), False),
    ],
)
def test_85_time_in_the_post_is_not_counted(acted, posted, kept):
    assert in_time(date(2026, 3, 27), acted, posted) is kept


def test_85_nothing_arrives_before_it_was_posted():
    with pytest.raises(EndBeforeStart):
        in_time(date(2026, 3, 27), date(2026, 3, 20), date(2026, 3, 21))


@pytest.mark.parametrize(
    "count",
    [
        lambda: add_calendar_days(date(2100, 12, 30), 2, CALENDAR),
        lambda: add_calendar_days(date(2026, 1, 1), 10**9, CALENDAR),
        lambda: (
            add_calendar_days(date(2100, 12, 24), 1, CALENDAR)
            and add_calendar_days(date(2100, 12, 31), 1, CALENDAR)
        ),
        lambda: add_working_days(date(2100, 12, 30), 9, CALENDAR),
        lambda: add_months(date(2100, 6, 1), 12, CALENDAR),
        lambda: corresponding_day(date(1949, 12, 1), -12),
        lambda: before_working_days(date(1949, 10, 3), 2, CALENDAR),
        lambda: before_working_days(date(1950, 1, 4), 200, CALENDAR),
        lambda: before_calendar_days(date(1949, 10, 2), 2, CALENDAR),
        lambda: (
            before_calendar_days(date(1949, 10, 3), 2, CALENDAR)
            and pay_day(date(1949, 10, 1), CALENDAR, wages=True)
            and moved(date(1949, 10, 1), -1)
        ),
        lambda: add_hours(datetime(2100, 12, 31, 23, tzinfo=UTC), 2),
        lambda: add_minutes(datetime(2026, 1, 1, tzinfo=UTC), 10**12),
    ],
)
def test_beyond_the_calendar_is_an_error_never_a_date(count):
    with pytest.raises(DateOutOfRange):
        count()


def test_a_roll_past_the_last_day_of_the_calendar_is_refused():
    """2100-12-31 is a Friday; a calendar on which it is off has no day left."""
    closed = CALENDAR.merged(
        [type(next(iter(CALENDAR.days.values())))(date(2100, 12, 31), False, "假")], {}
    )
    with pytest.raises(DateOutOfRange):
        add_calendar_days(date(2100, 12, 30), 1, closed)


@pytest.mark.parametrize("length", [0, -1, True, 1.5, "3", None, LONGEST["calendar_day"] + 1])
def test_a_length_is_a_whole_number_in_bounds(length):
    with pytest.raises(BadLength):
        check_length(length, "calendar_day")


def test_a_unit_is_one_of_six():
    with pytest.raises(UnknownUnit):
        check_length(3, "fortnight")
    assert check_length(LONGEST["year"], "year") == 100
