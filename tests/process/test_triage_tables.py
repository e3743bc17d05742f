"""Triage by the decision tables: the form proposes, the case keeps table, version and row."""

import pytest
from django.db import transaction

from casework.access.context import system
from casework.models import Event
from tests.process.journey import DISPUTE, TRIAGE, do, only, start

pytestmark = pytest.mark.django_db


def triaged(people, **call):
    done = start(
        people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:00", **{**DISPUTE, **call}
    )
    return do(people["dengchuan"], only(done, "triage"), "2026-03-02 10:00", **TRIAGE)


def test_the_case_keeps_which_row_of_which_version_proposed_what(people):
    case = triaged(people, worker_kind="pregnant").case
    kept = case.triage["decisions"]
    assert set(kept) == {
        "group", "scope", "relation", "province", "district", "level", "priority", "route",
    }  # fmt: skip
    assert (kept["priority"]["row"], kept["priority"]["outcome"]) == ("U3", "HIGH")
    assert kept["priority"]["version"] == "release"
    assert kept["priority"]["facts"]["protected"] is True
    with transaction.atomic(), system("test"):
        event = Event.objects.get(case=case, kind="case.triaged")
    assert "priority@release/U3" in event.payload["rows"]


def test_where_the_house_stands_decides_who_comes_from_outside(people, settings):
    facts = {"home_province": "重庆市"}
    assert not triaged(people, **facts).case.triage["decisions"]["province"]["facts"][
        "other_province"
    ]
    settings.WUFANG_CITY, settings.WUFANG_PROVINCE = "成都市", "四川省"
    assert triaged(people, **facts).case.triage["decisions"]["province"]["facts"][
        "other_province"
    ]
    here = {"home_province": "四川"}
    assert not triaged(people, **here).case.triage["decisions"]["province"]["facts"][
        "other_province"
    ]


def test_a_last_day_almost_a_year_ago_is_urgent(people):
    """劳动争议调解仲裁法 art. 27: one year from the end of employment, 16 days are left."""
    case = triaged(people, hired_on="2024-01-08", left_on="2025-03-18").case
    assert case.triage["decisions"]["priority"]["row"] == "U5"
