"""What must hold for every period: never earlier when longer, adding up, never on a day off."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from casework.rules.calculators import calculate
from casework.rules.calendar import official
from casework.rules.deadlines import due
from casework.rules.lights import light
from casework.rules.periods import Pause, corresponding_day
from tests.rules import second
from tests.rules.cases import cases

CALENDAR = official()
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
UNITS = st.sampled_from(("calendar_day", "working_day", "month", "year"))
LENGTHS = st.integers(1, 40)
WAGES = st.decimals(Decimal("0.01"), Decimal(100_000), places=2)
law = cases(120)


def ends(start, length, unit, pauses=()):
    return due("GEN-x", start, calendar=CALENDAR, length=length, unit=unit, pauses=pauses)


@law
@given(DAYS, LENGTHS, UNITS)
def test_the_last_day_is_a_working_day_and_not_before_the_raw_one(start, length, unit):
    found = ends(start, length, unit)
    assert not second.rests(found.due)
    assert start < found.raw <= found.due
    assert all(
        second.rests(found.raw + timedelta(days=n)) for n in range((found.due - found.raw).days)
    )


@law
@given(DAYS, LENGTHS, LENGTHS, UNITS)
def test_a_longer_period_never_ends_earlier(start, one, other, unit):
    short, long = sorted((one, other))
    assert ends(start, short, unit).due <= ends(start, long, unit).due


@law
@given(DAYS, DAYS, LENGTHS, UNITS)
def test_a_later_start_never_ends_earlier(one, other, length, unit):
    early, late = sorted((one, other))
    assert ends(early, length, unit).due <= ends(late, length, unit).due


@law
@given(DAYS, LENGTHS, LENGTHS)
def test_days_add_up(start, one, other):
    """Working days from where the first end; calendar days from the raw day."""
    middle = ends(start, one, "working_day").due
    assert ends(middle, other, "working_day").due == ends(start, one + other, "working_day").due
    raw = ends(start, one, "calendar_day").raw
    assert ends(raw, other, "calendar_day").due == ends(start, one + other, "calendar_day").due


@law
@given(DAYS.filter(lambda day: day.day <= 28), LENGTHS, LENGTHS)
def test_months_add_up_where_every_month_has_the_day(start, one, other):
    there = corresponding_day(corresponding_day(start, one), other)
    assert there == corresponding_day(start, one + other)
    assert corresponding_day(there, -one - other) == start


@law
@given(DAYS, LENGTHS, st.integers(0, 30), st.integers(0, 20))
def test_a_pause_inside_moves_the_raw_day_by_its_own_length(start, length, after, days):
    """One day of pause is one day more; outside the period it is nothing."""
    since = start + timedelta(days=1 + after)
    pause = Pause(since, since + timedelta(days=days))
    plain = ends(start, length, "calendar_day").raw
    found = ends(start, length, "calendar_day", [pause]).raw
    assert (found - plain).days == (days + 1 if since <= plain else 0)


@law
@given(DAYS, LENGTHS, UNITS)
def test_the_explanation_names_start_end_and_every_day_off_at_the_end(start, length, unit):
    found = ends(start, length, unit)
    for steps in (found.steps_zh, found.steps_en):
        words = " ".join(steps)
        assert start.isoformat() in words
        assert found.due.isoformat() in words
        if unit != "working_day" and found.skipped:
            assert found.skipped[0].on.isoformat() in words
            assert found.skipped[-1].on.isoformat() in words
    assert [day.on for day in found.skipped] == sorted(
        day.on for day in found.skipped if second.rests(day.on)
    )


@law
@given(DAYS, st.integers(-20, 20))
def test_a_light_never_gets_greener_as_time_passes(due_on, days):
    order = ("normal", "soon", "overdue")
    today = due_on + timedelta(days=days)
    now, then = (
        light(due_on, day, CALENDAR).kind for day in (today, today + timedelta(days=1))
    )
    assert order.index(now) <= order.index(then)


@law
@given(DAYS, st.integers(0, 6000), st.integers(0, 6000), WAGES)
def test_more_service_never_gives_less_severance(hire, one, other, wage):
    short, long = (
        Decimal(calculate("severance_n", {
            "hire": hire.isoformat(), "last_day": (hire + timedelta(days=days)).isoformat(),
            "avg_month_wage": wage, "cap_3x_avg_wage": "29386.50",
        })["n"])
        for days in sorted((one, other))
    )  # fmt: skip
    assert short <= long


@law
@given(WAGES, WAGES, st.tuples(st.integers(0, 36), st.integers(0, 8), st.integers(0, 3)))
def test_a_higher_wage_never_gives_less_overtime_and_the_parts_add_up(one, other, worked):
    low, high = (
        calculate("overtime", {
            "month_wage": wage, "weekday_hours": worked[0], "restday_days": worked[1],
            "holiday_days": worked[2],
        })
        for wage in sorted((one, other))
    )  # fmt: skip
    assert Decimal(low["total"]) <= Decimal(high["total"])
    parts = sum(Decimal(high[key]) for key in ("weekday", "restday", "holiday"))
    assert parts == Decimal(high["total"])


@law
@given(DAYS, st.integers(0, 900), st.integers(0, 900), WAGES)
def test_double_pay_is_eleven_months_at_most_and_falls_only_by_the_days_over_a_month(
    hire, one, other, wage
):
    """A rest of 22 or 23 working days is counted at 22 or 23 times a 21.75th: that is the law's own
    division, and the calculator says so when it happens."""
    short, long = (
        calculate("double_wage_gap", {
            "hire": hire.isoformat(), "last_day": (hire + timedelta(days=days)).isoformat(),
            "month_wage": wage,
        })
        for days in sorted((one, other))
    )  # fmt: skip
    over = wage * 23 / Decimal("21.75") - wage + Decimal("0.01")
    assert Decimal(long["amount"]) <= wage * 11 + over
    assert Decimal(short["amount"]) <= Decimal(long["amount"]) + over
    told = any("超过一个月工资" in step for step in long["steps"])
    assert told == (long["extra_working_days"] > Decimal("21.75"))
