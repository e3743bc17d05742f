"""The command, and the sentences that a worker reads first."""

import subprocess
import sys
from datetime import date

import pytest

from casework.rules.calendar import official
from casework.rules.deadlines import due
from casework.rules.errors import RuleError

CALENDAR = official()


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
