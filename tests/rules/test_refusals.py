"""A refusal says what it is about: the date, the length, the code, the input."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from casework.rules.acts import in_time
from casework.rules.calculators import calculate
from casework.rules.calendar import Calendar, Day, from_schedule, official
from casework.rules.deadlines import due
from casework.rules.double_pay import double_pay_claimable
from casework.rules.errors import RuleError
from casework.rules.limitation import Event, assess
from casework.rules.money import amount
from casework.rules.periods import (
    Pause,
    add_calendar_days,
    add_hours,
    add_minutes,
    add_working_days,
    before_working_days,
    corresponding_day,
    moved,
)
from casework.rules.units import check_length

CALENDAR = official()
DAY = date(2026, 3, 2)
END = date(2100, 12, 31)
OUTSIDE = "The date lies outside 1949-10-01 to 2100-12-31: "
BACKWARDS = "The end lies before the start: "
UNFIT = "The value does not fit this input: "
BROKEN = "The rule data is incomplete or contradicts itself: "
SCHEDULE = {
    2027: {
        "source": "x",
        "holidays": [
            {
                "name": "节",
                "en": "feast",
                "from": "05-01",
                "to": "05-03",
                "statutory": ["05-01"],
            }
        ],
        "makeup": ["05-03"],
    }
}


def ask(code, start=DAY, **more):
    return due(code, start, calendar=CALENDAR, **more)


def clock(*kinds, claim="OTHER"):
    events = [Event(date(2025, 4, 1 + n), kind) for n, kind in enumerate(kinds)]
    return assess(
        claim=claim, knew_on=date(2025, 3, 3), terminated_on=None, events=events,
        as_of=date(2025, 6, 2), calendar=CALENDAR,
    )  # fmt: skip


def sums(name, **inputs):
    return calculate(name, inputs)


def ban(**more):
    return sums("competition_ban_pay", **{
        "avg_month_wage": 1, "months": 12, "min_wage_month": 1, **more
    })  # fmt: skip


def birth(**more):
    return sums("maternity_leave", **{"children": 1, "difficult_birth": False, **more})


def overtime(**more):
    return sums("overtime", **{
        "month_wage": 1, "weekday_hours": 0, "restday_days": 0, "holiday_days": 0, **more
    })  # fmt: skip


def limit(**more):
    return sums("limitation", **{"claim": "OTHER", "events": [], "as_of": "2026-02-01", **more})


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: Pause(DAY, date(2026, 3, 1)), BACKWARDS + "2026-03-02, 2026-03-01."),
        (lambda: in_time(DAY, DAY, date(2026, 3, 3)), BACKWARDS + "2026-03-03, 2026-03-02."),
        (lambda: corresponding_day(DAY, 900), OUTSIDE + "2026-03-02, 900 months."),
        (lambda: moved(DAY, 10**10), OUTSIDE + "2026-03-02, 10000000000 days."),
        (lambda: moved(END, 1), OUTSIDE + "2101-01-01."),
        (lambda: moved(date(1949, 10, 1), -1), OUTSIDE + "1949-09-30."),
        (lambda: add_working_days(END, 3, CALENDAR), OUTSIDE + "2100-12-31, 3 working days."),
        (lambda: before_working_days(date(1949, 10, 4), 9, CALENDAR),
         OUTSIDE + "1949-10-04, -9 working days."),
        (lambda: add_hours(datetime(2100, 12, 31, 23, tzinfo=UTC), 1), OUTSIDE + "2101-01-01."),
        (lambda: add_minutes(datetime(2026, 3, 2, tzinfo=UTC), 10**12),
         OUTSIDE + "2026-03-02 00:00:00+00:00."),
        (lambda: add_calendar_days(date(2100, 12, 30), 1, CALENDAR.merged([Day(END, False, "假")], {})),
         OUTSIDE + "2100-12-31."),
        (lambda: check_length(0, "month"), "The length of the period is not a whole number between 1 and a hundred years: 0, month."),
        (lambda: check_length(1, "moon"), "The unit is none of calendar_day, working_day, month, year, hour, minute: moon."),
        (lambda: amount("x"), "A finite number is needed: x."),
        (lambda: amount([]), "A finite number is needed: []."),
        (lambda: amount("NaN"), "A finite number is needed: NaN."),
        (lambda: amount("-1"), "The value must not be negative: -1."),
        (lambda: amount("1e12"), "The value is too large to be meant: 1e12."),
        (lambda: Calendar({DAY: Day(DAY, True, "班")}, {}),
         BROKEN + "2026-03-02, a make-up working day must fall on a weekend."),
        (lambda: from_schedule(SCHEDULE), BROKEN + "2027-05-03, listed twice."),
        (lambda: from_schedule({2027: {"source": "x"}}), BROKEN + "'holidays'."),
        (lambda: from_schedule({2027: {**SCHEDULE[2027], "holidays": [
            {**SCHEDULE[2027]["holidays"][0], "to": "04-30"}]}}), BACKWARDS + "2027-05-01, 2027-04-30."),
        (lambda: ask("Z-9"), "No time limit has this code: Z-9."),
        (lambda: ask("C-01", date(2020, 1, 1)), "No version of this rule is recorded for that day: C-01, 2020-01-01."),
        (lambda: ask("B-12"), "This rule names a duty or a figure, not a period of time: B-12."),
        (lambda: ask("M-03", unit="month"), "The rule fixes another length or unit: M-03, month."),
        (lambda: ask("M-03", length=16), "The rule fixes another length or unit: M-03, 16."),
        (lambda: ask("B-08x", length=61), "The rule fixes another length or unit: B-08, 61."),
        (lambda: ask("M-03x"), "This time limit cannot be extended: M-03."),
        (lambda: ask("M-04x"), "The parties fix this extension: state the whole length, longer than the basic one: M-04."),
        (lambda: ask("GEN-a"), "A generic period needs a length and a unit: GEN-a."),
        (lambda: ask("P-02"), "A period in hours or minutes needs the time of day at which it starts: P-02."),
        (lambda: clock("SUSPEND_END"), "The events do not form a chain: each suspension has one start, then one end: 2025-04-01."),
        (lambda: clock("SUSPEND_START", "SUSPEND_START"), "The events do not form a chain: each suspension has one start, then one end: 2025-04-02."),
        (lambda: clock(claim="X"), UNFIT + "claim, X."),
        (lambda: clock("X"), UNFIT + "kind, X."),
        (lambda: double_pay_claimable((DAY, DAY), DAY, "never", CALENDAR), UNFIT + "double_wage_limitation, never."),
        (lambda: sums("wealth"), "No calculator has this name: wealth."),
        (lambda: calculate("notice_pay", []), UNFIT + "notice_pay."),
        (lambda: sums("notice_pay"), "The calculator needs this input: last_month_wage."),
        (lambda: sums("notice_pay", colour=1), "The calculator does not know this input: colour."),
        (lambda: sums("severance_n", hire="2026-03-03", last_day="2026-03-02", avg_month_wage=1), BACKWARDS + "2026-03-03, 2026-03-02."),
        (lambda: sums("double_wage_gap", hire="2026-03-03", last_day="2026-03-02", month_wage=1), BACKWARDS + "2026-03-03, 2026-03-02."),
        (lambda: sums("wages_since_dismissal", **{"month_wage": 1, "from": "2026-03-03", "to": "2026-03-02"}), BACKWARDS + "2026-03-03, 2026-03-02."),
        (lambda: ban(months=25), UNFIT + "months, 25."),
        (lambda: ban(months="1.5"), UNFIT + "months, 1.5."),
        (lambda: ban(months=1201), "The value is too large to be meant: months, 1201."),
        (lambda: ban(months=1200), UNFIT + "months, 1200."),
        (lambda: birth(children=11), UNFIT + "children, 11."),
        (lambda: birth(children=0), UNFIT + "children, 0."),
        (lambda: birth(local_days=366), UNFIT + "local_days, 366."),
        (lambda: birth(difficult_birth="no"), UNFIT + "difficult_birth, no."),
        (lambda: sums("injury_lump_sum", grade=11, own_month_wage=1, regional_avg_month_wage=1), UNFIT + "grade, 11."),
        (lambda: overtime(weekday_hours=8785), "The value is too large to be meant: weekday_hours, 8785."),
        (lambda: sums("minimum_wage_gap", comparable_month_pay=1, district=" ", on="2026-03-02"), UNFIT + "district, ."),
        (lambda: sums("minimum_wage_gap", comparable_month_pay=1, district=7, on="2026-03-02"), UNFIT + "district, 7."),
        (lambda: sums("minimum_wage_gap", comparable_month_pay=1, district="成都市", on="2026-03-02"), "No wage figure is recorded for this district: 成都市."),
        (lambda: sums("minimum_wage_gap", comparable_month_pay=1, district="渝中区", on="2020-01-01"), "No value of this parameter is recorded for that day: min_wage_month_1, 2020-01-01."),
        (lambda: limit(claim="X"), UNFIT + "claim, X."),
        (lambda: limit(events="x"), UNFIT + "events."),
        (lambda: limit(events=["x"]), UNFIT + "events."),
        (lambda: sums("final_award", items="x", min_wage_month=1), UNFIT + "items."),
        (lambda: sums("final_award", items=[], min_wage_month=1), UNFIT + "items."),
        (lambda: sums("settlement_view", claims="x"), UNFIT + "claims."),
        (lambda: sums("settlement_view", claims=[]), UNFIT + "claims, claimed, floor, item, offered."),
    ],
)  # fmt: skip
def test_what_it_is_about(act, words):
    with pytest.raises(RuleError) as refused:
        act()
    assert str(refused.value) == words


# -- the very edges are still inside


def test_the_edges_of_the_calendar_are_inside():
    assert moved(date(1949, 10, 2), -1) == date(1949, 10, 1)
    assert moved(date(2100, 12, 30), 1) == END
    assert corresponding_day(date(1949, 12, 1), -2) == date(1949, 10, 1)
    assert corresponding_day(date(2099, 12, 31), 12) == END
    assert add_hours(datetime(2100, 12, 31, 21, 30, tzinfo=UTC), 1).due.hour == 23
    assert add_calendar_days(date(2100, 12, 30), 1, CALENDAR).due == END


def test_the_edges_of_the_inputs_are_inside():
    assert birth(children=10, local_days=365)["days"] == 98 + 9 * 15 + 365
    assert ban(months=24)["amount"] == "24.00"
    assert overtime(weekday_hours=8784)["weekday"] == "75.72"
    assert in_time(DAY, DAY, DAY)
    assert amount(Decimal(10) ** 11) == 10**11
