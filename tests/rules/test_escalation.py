"""The ladder for what is late: by date, four rungs above the owner, each with who is told and what goes out."""

import datetime as dt

import pytest

from casework.rules import escalation
from casework.rules.escalation import ladder, ladders

DAY = dt.date(2026, 3, 25)
NAMES = ["lead", "vice_chair", "rights_department", "joint_meeting"]


@pytest.mark.parametrize(("days", "rungs"), [(-1, 0), (0, 1), (1, 2), (2, 2), (3, 3), (4, 3), (5, 4), (60, 4)])  # fmt: skip
def test_the_rungs_that_are_reached(days: int, rungs: int):
    assert [rung.whom for rung in ladder(DAY).reached(days)] == NAMES[:rungs]


def test_every_rung_tells_somebody_in_both_languages():
    rungs = ladder(DAY).rungs
    assert all(rung.name["zh"] and rung.name["en"] for rung in rungs)
    assert [rung.whom for rung in rungs if rung.order] == ["lead", "joint_meeting"]
    assert all(rung.roles and rung.answer_days for rung in rungs if rung.trigger == "overdue")
    assert ladder(DAY).top.whom == "joint_meeting"


def test_what_is_nearly_due_is_told_to_its_owner_each_day():
    soon = ladder(DAY).soon
    assert (soon.whom, soon.days, soon.every_day, soon.order) == ("owner", 3, True, False)


def test_the_ladder_of_the_day_holds(monkeypatch):
    rows = [
        {"from": dt.date(2027, 1, 1), "mark": "P", "rungs": [
            {"trigger": "overdue", "days": 2, "whom": "lead", "roles": ["x"], "name": {}}]},
        {"from": dt.date(2024, 1, 1), "mark": "P", "rungs": [
            {"trigger": "overdue", "days": 0, "whom": "lead", "roles": ["x"], "name": {}}]},
    ]  # fmt: skip
    ladders.cache_clear()
    monkeypatch.setattr(escalation, "read", lambda name: rows)
    try:
        assert len(ladder(dt.date(2026, 12, 31)).reached(1)) == 1
        assert len(ladder(dt.date(2027, 1, 1)).reached(1)) == 0
        assert ladder(dt.date(2020, 1, 1)).since == dt.date(2024, 1, 1)
    finally:
        ladders.cache_clear()
