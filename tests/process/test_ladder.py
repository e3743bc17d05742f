"""What is late climbs by itself: the owner, the lead, the vice-chair, the rights department, the joint meeting."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.access.context import acting
from casework.commands.deadlines import set_deadline
from casework.models import Escalation, Event, Message
from casework.queries.ladder import by_rung, standings
from documents import issue
from documents.models import Paper
from mediation.commands.escalation import climb, tell_owners
from tests.process.agreements import race
from tests.process.stage_c import Story, at, in_force

pytestmark = pytest.mark.django_db
# Calendar days after the last day, a Friday, on which each rung is reached: working days passed 0, 1, 3, 5.
REACHED = {"lead": 1, "vice_chair": 4, "rights_department": 6, "joint_meeting": 8}


def late_case() -> Story:
    """A clock of the house (P-05) that is over on 25 March 2026, a Wednesday."""
    story = in_force()
    with transaction.atomic(), acting(story.case_id, None), story.reading() as case:
        pass
    with transaction.atomic(), acting(story.case_id, None):
        row = set_deadline(
            case, "P-05", start=at("2026-03-20 09:00").date(), start_event="-", by=None,
            at=at("2026-03-20 09:00"),
        )  # fmt: skip
    story.open["due"] = row.due.toordinal()
    return story


def rungs(story: Story) -> list[str]:
    with story.reading() as case:
        return list(Escalation.objects.filter(case=case).values_list("whom", flat=True))


def after(story: Story, days: int) -> str:
    """So many days after the last day, by the calendar of the wall."""
    return (date.fromordinal(story.open["due"]) + timedelta(days=days)).isoformat()


def test_what_is_late_climbs_rung_by_rung_and_each_once():
    story = late_case()
    assert climb(at(f"{after(story, 0)} 12:00")) == 0
    reached = {}
    for days in range(1, 9):
        climb(at(f"{after(story, days)} 12:00"))
        for rung in rungs(story):
            reached.setdefault(rung, days)
    assert reached == REACHED
    assert climb(at(f"{after(story, 8)} 13:00")) == 0
    climb(at(f"{after(story, 14)} 12:00"))
    assert rungs(story) == ["lead", "vice_chair", "rights_department", "joint_meeting"]
    with story.reading() as case:
        orders = Paper.objects.filter(case=case, code="D36").order_by("issued_at")
        assert [issue.facts_of(row).level[:2] for row in orders] == ["一级", "四级"]
        assert issue.facts_of(orders[0]).late[0].what
        kinds = Event.objects.filter(case=case, kind="case.escalated")
        assert {row.payload["whom"] for row in kinds} == set(rungs(story))
    head = Client()
    head.force_login(story.people["head"])
    with clock.held_at(at(f"{after(story, 14)} 12:00")):
        assert "四级" in head.get(reverse("late")).content.decode()


def test_a_window_of_the_parties_and_a_met_clock_climb_nothing():
    story = in_force()
    assert climb(at("2026-05-20 12:00")) == 0
    assert rungs(story) == []


@pytest.mark.django_db(transaction=True)
def test_two_pumps_climb_each_rung_once():
    story = late_case()
    when = at(f"{after(story, 14)} 12:00")
    assert race(partial(climb, when), partial(climb, when)).count("done") == 2
    assert len(rungs(story)) == 4
    with story.reading() as case:
        assert Paper.objects.filter(case=case, code="D36").count() == 2


def test_the_standings_name_the_highest_rung_and_count_each():
    story = late_case()
    today = date.fromordinal(story.open["due"]) + timedelta(days=4)
    with story.reading():
        assert standings(today) == []
    climb(at(f"{today} 12:00"))
    with story.reading() as case:
        rows = [row for row in standings(today) if row.deadline.rule == "P-05"]
        assert [(row.case, row.rung.whom, row.days) for row in rows] == [
            (case, "vice_chair", 2)
        ]
        assert standings(today, whom="lead", district_id=case.district_id) == []
        assert by_rung(today) == {
            "": 0, "lead": 0, "vice_chair": 1, "rights_department": 0, "joint_meeting": 0,
        }  # fmt: skip


def test_the_owner_hears_each_day_of_what_is_nearly_due():
    story = late_case()
    story.people["mediator"].phone = "13800004321"
    with story.reading():
        story.people["mediator"].save(update_fields=["phone"])
    last = date.fromordinal(story.open["due"])
    told = []
    for days in (6, 3, 1, 0, -1):
        when = at(f"{last - timedelta(days=days)} 08:30")
        told.append((days, tell_owners(when), tell_owners(when)))
    assert told == [(6, 0, 0), (3, 1, 0), (1, 1, 0), (0, 1, 0), (-1, 0, 0)]
    with story.reading():
        assert Message.objects.filter(template="nearly_due").count() == 3
