"""How long a file is kept: by what it was about and how it ended, from the day it was put away."""

from datetime import date

import pytest

from casework.rules.retention import (
    RECORDING,
    NoSuchRetention,
    class_of,
    in_force,
    law_of_request,
    retention,
    table,
)

DAY = date(2026, 4, 3)


def made(outcome="FAILED", *, collective=False, causes=()):
    return class_of(outcome=outcome, collective=collective, causes=causes, on=DAY)


@pytest.mark.parametrize(
    ("outcome", "code", "last", "words"),
    [
        ("ADVICE", "ADVICE", date(2028, 4, 3), "2年"),
        ("AGREED_PERFORMED", "MEDIATED", date(2036, 4, 3), "10年"),
        ("PARTIAL", "MEDIATED", date(2036, 4, 3), "10年"),
        ("TO_ARBITRATION", "FAILED", date(2036, 4, 3), "10年"),
        ("", "FAILED", date(2036, 4, 3), "10年"),
    ],
)
def test_the_outcome_makes_the_class_and_the_class_the_last_day(outcome, code, last, words):
    found = made(outcome)
    assert (found.code, found.ends(DAY), found.words) == (code, last, words)


@pytest.mark.parametrize("about", [{"collective": True}, {"causes": ["A02.01", "B02.05"]}])
def test_a_collective_case_and_a_death_are_kept_for_ever(about):
    found = made("ADVICE", **about)
    assert (found.code, found.ends(DAY), found.words) == ("LASTING", None, "永久")


def test_the_corresponding_day_of_a_leap_day_is_the_last_of_february():
    assert retention("ADVICE", DAY).ends(date(2028, 2, 29)) == date(2030, 2, 28)


def test_no_term_lies_under_the_floor_of_the_law_and_each_has_ground_and_mark():
    rows = [row for terms in table().values() for row in terms]
    assert {row.mark for row in rows} <= set("VSKUP")
    assert all(row.ground["zh"] and row.ground["en"] for row in rows)
    with_floor = [row for row in rows if row.floor]
    assert {row.code for row in with_floor} == {"MEDIATED", "FAILED", "LASTING"}
    assert all(row.years is None or row.years >= row.floor.years for row in with_floor)


def test_a_recording_is_kept_a_year_from_its_call_by_policy():
    found = retention(RECORDING, DAY)
    assert (found.ends(date(2026, 3, 2)), found.mark) == (date(2027, 3, 2), "P")
    assert [row.code for row in in_force(DAY)] == list(table())
    assert in_force(date(2008, 4, 30)) == ()


@pytest.mark.parametrize(("code", "day"), [("NO", DAY), ("ADVICE", date(2008, 4, 30))])
def test_what_was_not_in_force_is_refused(code, day):
    with pytest.raises(NoSuchRetention):
        retention(code, day)


def test_each_request_of_a_person_has_its_article():
    found = [law_of_request(what)["zh"][-4:] for what in ("see", "correct", "delete", "refuse")]
    assert found == ["第45条", "第46条", "第47条", "第50条"]
