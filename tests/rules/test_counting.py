"""How days are counted: a second tiny implementation, properties, and errors in words."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.calendar import official
from casework.rules.deadlines import due
from casework.rules.errors import RuleError
from casework.rules.money import capitals

CALENDAR = official()
DAYS = st.dates(date(2024, 1, 1), date(2026, 11, 1))
LENGTHS = st.integers(1, 60)


def works(day):
    return CALENDAR.is_working(day)


def later(day):
    while not works(day):
        day += timedelta(days=1)
    return day


@settings(max_examples=400, deadline=None)
@given(DAYS, LENGTHS)
def test_calendar_days_by_hand(start, length):
    found = due("GEN-c", start, calendar=CALENDAR, length=length, unit="calendar_day")
    assert found.raw == start + timedelta(days=length)
    assert found.due == later(found.raw)


@settings(max_examples=400, deadline=None)
@given(DAYS, LENGTHS)
def test_working_days_by_hand(start, length):
    day, left = start, length
    while left:
        day += timedelta(days=1)
        left -= works(day)
    found = due("GEN-w", start, calendar=CALENDAR, length=length, unit="working_day")
    assert found.due == day


@settings(max_examples=200, deadline=None)
@given(DAYS, LENGTHS, LENGTHS)
def test_a_longer_period_never_ends_earlier(start, one, two):
    ends = [
        due("GEN-c", start, calendar=CALENDAR, length=n, unit="calendar_day").due
        for n in sorted((one, two))
    ]
    assert ends == sorted(ends)


def test_union_has_fifteen_days_from_receipt():
    assert due("M-03", date(2025, 3, 3), calendar=CALENDAR).due == date(2025, 3, 18)


def test_days_beyond_the_published_calendar_are_expected_only():
    assert due("M-03", date(2027, 1, 4), calendar=CALENDAR).provisional
    assert not due("M-03", date(2026, 3, 12), calendar=CALENDAR).provisional


@pytest.mark.parametrize(
    ("code", "start", "more"),
    [
        ("M-99", date(2026, 1, 1), {}),
        ("GEN-c", date(2026, 1, 1), {}),
        ("GEN-c", date(2026, 1, 1), {"length": -1, "unit": "calendar_day"}),
        ("GEN-c", date(2026, 1, 1), {"length": 10**9, "unit": "calendar_day"}),
        ("GEN-c", date(2026, 1, 1), {"length": 3, "unit": "fortnight"}),
    ],
)
def test_bad_input_is_a_typed_error_with_words(code, start, more):
    with pytest.raises(RuleError) as refused:
        due(code, start, calendar=CALENDAR, **more)
    assert str(refused.value)


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("127350.00", "壹拾贰万柒仟叁佰伍拾元整"),
        ("254700.00", "贰拾伍万肆仟柒佰元整"),
        ("0.50", "伍角"),
        ("1005.05", "壹仟零伍元零伍分"),
    ],
)
def test_sums_in_capitals(yuan, words):
    assert capitals(yuan) == words


def run(*words):
    return subprocess.run(
        [sys.executable, "-m", "casework.rules", *words],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_needs_neither_database_nor_server():
    done = run("due", "M-03", "2026-01-31", "--json")
    assert done.returncode == 0
    assert '"due": "2026-02-24"' in done.stdout


def test_an_error_of_the_command_is_one_sentence_and_exit_2():
    done = run("due", "M-99", "2026-01-31")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
