"""Whose days were spent: each day once, waiting taken away, late counted in working days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules import taxonomy
from casework.rules.calendar import official
from casework.rules.catalogue import seed
from casework.rules.deadlines import due
from casework.rules.errors import DateOutOfRange, EndBeforeStart, ExtensionNeedsLength
from casework.rules.spent import Stretch, holder_of, spent, working_days_of

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def march(first, last):
    return date(2026, 3, first), date(2026, 3, last)


def test_overlapping_stretches_count_a_day_once_and_the_first_day_not():
    rows = [Stretch("HRSS", *march(2, 6)), Stretch("HRSS", *march(4, 10))]
    (found,) = spent(rows, official())
    assert (found.calendar_days, found.working_days, found.late_working_days) == (8, 6, 0)
    assert working_days_of(rows[0], official()) == 4


def test_late_days_are_the_working_days_after_the_due_day():
    rows = [Stretch("HRSS", *march(2, 17), "P-10", due=date(2026, 3, 9))]
    (found,) = spent(rows, official())
    assert found.late_working_days == 6
    assert (
        spent([Stretch("HRSS", *march(2, 9), due=date(2026, 3, 9))], official())[
            0
        ].late_working_days
        == 0
    )


def test_waiting_for_somebody_else_is_not_that_partys_time():
    office = Stretch("HRSS", *march(2, 20), due=date(2026, 3, 13))
    wait = Stretch("HRSS", *march(5, 17))
    union = Stretch("UNION", *march(5, 17))
    first, second = spent([office, union], official(), [wait])
    assert (first.who, first.working_days, first.late_working_days) == ("HRSS", 6, 3)
    assert (second.who, second.working_days) == ("UNION", 8)


def test_a_stretch_that_ends_before_it_begins_is_refused():
    with pytest.raises(EndBeforeStart):
        spent([Stretch("UNION", date(2026, 3, 2), date(2026, 3, 1))], official())
    with pytest.raises(DateOutOfRange):
        spent([Stretch("UNION", date(1, 1, 1), date(2026, 3, 1))], official())


def test_every_limit_of_the_catalogue_has_a_holder_or_is_nobodys():
    assert holder_of("P-10") == "UNION"
    assert holder_of("A-06c") == "EMPLOYER"
    assert holder_of("A-02b") == "COURT"
    assert holder_of("M-03") is holder_of("A-01") is holder_of("nothing") is None
    known = {"UNION", "COURT", "PROCURATORATE", "HRSS", "JUSTICE", "EMPLOYER", None}
    assert {holder_of(code) for code in seed().codes()} <= known


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=6))
def test_never_more_working_days_than_days_and_never_more_than_one_by_one(pairs):
    rows = [Stretch("X", min(pair), max(pair)) for pair in pairs]
    (found,) = spent(rows, official())
    assert found.working_days <= found.calendar_days
    assert found.working_days <= sum(working_days_of(each, official()) for each in rows)
    assert found.calendar_days >= max((each.until - each.since).days for each in rows)


def test_a_shorter_variant_of_a_policy_can_be_extended_too():
    asked = {"calendar": official(), "extended": True}
    assert due("P-10", date(2026, 3, 3), length=2, **asked).due == date(2026, 3, 5)
    with pytest.raises(ExtensionNeedsLength):
        due("P-10", date(2026, 3, 3), length=1, **asked)
    with pytest.raises(ExtensionNeedsLength):
        due("P-03", date(2026, 3, 3), length=1, **asked)


def test_the_causes_say_which_version_they_are():
    assert date.fromisoformat(taxonomy.version()) == date(2026, 1, 1)
