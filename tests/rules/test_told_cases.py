"""The told cases: every date, light and sum of theirs comes out of the rules alone."""

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from casework.rules.acts import pay_day
from casework.rules.calculators import calculate
from casework.rules.calendar import official
from casework.rules.deadlines import due
from casework.rules.escalation import standing
from casework.rules.lights import light
from casework.rules.limitation import Event, assess
from casework.rules.periods import add_months, add_years

CALENDAR = official()
TOLD = yaml.safe_load((Path(__file__).parent / "stories.yaml").read_text(encoding="utf-8"))
LIGHTS = {"GREEN": "normal", "YELLOW": "soon", "RED": "overdue"}
CLAIMS = {"E01.02": "LABOUR_REMUNERATION", "A02.01": "LABOUR_REMUNERATION"}


def rows(kind):
    return [
        pytest.param(
            row, id=f"{story}-{row.get('rule') or row.get('name') or row['as_of']}-{i}"
        )
        for story, told in TOLD.items()
        for i, row in enumerate(told[kind])
    ]


@pytest.mark.parametrize("row", rows("deadlines"))
def test_deadline(row):
    found = due(row["rule"], row["start"], calendar=CALENDAR)
    assert (found.raw.isoformat(), found.due.isoformat()) == (row["raw"], row["due"])
    assert (found.length, found.unit) == (row["length"], row["unit"])
    assert found.provisional == row.get("provisional", False)


@pytest.mark.parametrize(
    "row", [each for each in rows("deadlines") if "claim" in each.values[0]]
)
def test_limitation_of_a_claim(row):
    """The end of employment starts the year (27 para 4), the application starts it anew (para 2)."""
    ended = {"E01.02": date(2026, 4, 30), "A02.01": date(2026, 3, 20)}[row["claim"]]
    start, as_of = date.fromisoformat(row["start"]), date.fromisoformat(row["as_of"])
    events = [] if start == ended else [Event(start, "INTERRUPT", "申请调解", "受理登记")]
    found = assess(
        claim=CLAIMS[row["claim"]], knew_on=None, terminated_on=ended, events=events,
        as_of=as_of, calendar=CALENDAR,
    )  # fmt: skip
    assert (found.status, found.expires_on.isoformat()) == ("RUNNING", row["due"])


@pytest.mark.parametrize("row", rows("lights"))
def test_light(row):
    found = light(date.fromisoformat(row["due"]), date.fromisoformat(row["as_of"]), CALENDAR)
    assert found.kind == LIGHTS[row["light"]]


@pytest.mark.parametrize("row", rows("sums"))
def test_sum(row):
    found = calculate(row["name"], row["inputs"])
    assert {key: found[key] for key in row["expected"]} == row["expected"]


def test_s02_the_double_pay_gap_is_a_penalty_with_a_year_of_its_own():
    """27 para 1, not para 4: known on 2025-07-16 it would be over a year later though he still worked."""
    found = assess(
        claim="DOUBLE_WAGE_GAP", knew_on=date(2025, 7, 16), terminated_on=None, events=[],
        as_of=date(2026, 7, 17), calendar=CALENDAR,
    )  # fmt: skip
    assert (found.status, found.days_past) == ("EXPIRED", 1)


def test_s02_twice_the_fifteen_days_is_the_cap_of_the_new_forms():
    assert due("M-05x", "2026-05-13", calendar=CALENDAR).due == date(2026, 6, 12)


def test_s05_wages_are_paid_before_the_days_off_other_money_after():
    entered = date(2026, 5, 3)
    assert not CALENDAR.is_working(entered)
    assert pay_day(entered, CALENDAR, wages=True).due == date(2026, 4, 30)
    assert pay_day(entered, CALENDAR, wages=False).due == date(2026, 5, 6)


def test_s11_the_emergency_was_told_within_its_half_hour():
    found = due("P-02", "2026-07-20T14:05", calendar=CALENDAR)
    told = datetime.fromisoformat("2026-07-20T14:12")
    assert light(found.due, told, CALENDAR, done_on=told).late is False
    late = datetime.fromisoformat("2026-07-20T14:36")
    assert light(found.due, late, CALENDAR, done_on=late).late is True


def test_s11_the_authority_answered_one_working_day_late():
    answer = due("U-03", "2026-07-28", calendar=CALENDAR)
    red = light(answer.due, date(2026, 8, 5), CALENDAR)
    assert (red.kind, red.days) == ("overdue", 1)
    rung = standing(answer.due, date(2026, 8, 5), CALENDAR)
    assert (rung.whom, rung.order) == ("lead", True)  # no whole working day has passed


def test_a_year_is_twelve_months():
    for day in (date(2024, 2, 29), date(2026, 3, 20)):
        assert add_years(day, 1, CALENDAR) == add_months(day, 12, CALENDAR)
