"""Who is away, tied or leaving is kept on one page; all cases of somebody who leaves go in one act, each with its answer."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.access.context import system
from casework.models import Absence, Case, HouseAct, Interest, Room
from tests.process.stage_c import WAGES, accepted, at

pytestmark = pytest.mark.django_db


def led(count=2):
    stories = [accepted(claims=[(*WAGES, None)]) for _each in range(count)]
    for story in stories:
        story.do(
            "manager",
            "appoint",
            "2026-03-13 10:00",
            mediator="c_mediator",
            recorder="c_recorder",
        )
    return stories


def post(client, page, *args, **data):
    with clock.held_at(at("2026-03-16 09:00")):
        return client.post(reverse(page, args=args), data)


def seat(client, story, who="manager"):
    client.force_login(story.people[who])


def test_an_absence_a_tie_and_what_somebody_knows_are_recorded_with_their_trace(client: Client):
    (story,) = led(1)
    seat(client, story)
    person = story.people["other"]
    days = {"act": "absence", "since": "2026-03-20", "until": "2026-03-27", "why": "休假"}
    assert post(client, "bench-person", person.pk, **days).status_code == 302
    again = post(client, "bench-person", person.pk, **days)
    assert (again.status_code, Absence.objects.count()) == (422, 1)
    turned = {**days, "since": "2026-04-09", "until": "2026-04-01"}
    assert "until" in post(client, "bench-person", person.pk, **turned).context["form"].errors
    tie = {"act": "tie", "tie": "EMPLOYER", "name": "砚石劳务（虚构）"}
    assert post(client, "bench-person", person.pk, **tie).status_code == 302
    assert Interest.objects.get().user == person
    know = {"act": "know", "skills": "a02，E01", "languages": "四川话 英语"}
    post(client, "bench-person", person.pk, **know)
    person.refresh_from_db()
    assert (person.skills, person.languages) == (["A02", "E01"], ["四川话", "英语"])
    assert HouseAct.objects.filter(kind="bench.changed").count() == 3
    with clock.held_at(at("2026-03-23 09:00")):
        client.post(reverse("bench-back", args=[person.pk, Absence.objects.get().pk]))
    assert Absence.objects.get().until == date(2026, 3, 23)


def test_a_room_is_opened_and_closed_but_not_under_a_planned_session(client: Client):
    (story,) = led(1)
    seat(client, story)
    assert post(client, "bench", name="调解室九", seats=6).status_code == 302
    room = Room.objects.get(name="调解室九")
    story.do("mediator", "notify", "2026-03-13 10:30", slot=f"2026-03-18T09:30|{room.pk}")
    post(client, "bench-room", room.pk)
    room.refresh_from_db()
    assert room.is_active
    assert client.get(reverse("bench")).status_code == 200


def test_all_cases_of_somebody_who_leaves_go_in_one_act_and_what_cannot_go_says_why(
    client: Client,
):
    first, second = led(2)
    seat(client, first)
    leaving, other = first.people["mediator"], first.people["other"]
    page = client.get(reverse("bench-hand-over", args=[leaving.pk]))
    assert [row["case"].pk for row in page.context["rows"]] == [first.case_id, second.case_id]
    answer = post(
        client, "bench-hand-over", leaving.pk, reason="调离", cases=[str(first.case_id), str(second.case_id)],
        **{f"to-{first.case_id}": str(other.pk), f"to-{second.case_id}": str(leaving.pk)},
    )  # fmt: skip
    words = {row["case"].pk: row["words"] for row in answer.context["results"]}
    assert words[first.case_id] == ""
    assert words[second.case_id]
    with transaction.atomic(), system("test"):
        assert Case.objects.get(pk=first.case_id).mediator == other
        assert Case.objects.get(pk=second.case_id).mediator == leaving
    assert (
        post(client, "bench-hand-over", leaving.pk, cases=[str(second.case_id)]).status_code
        == 422
    )


@pytest.mark.parametrize("who", ["stranger", "mediator", "operator"])
def test_who_does_not_appoint_sees_no_bench(client: Client, who):
    (story,) = led(1)
    seat(client, story, who)
    for name, args in (
        ("bench", []),
        ("bench-person", [story.people["other"].pk]),
        ("bench-hand-over", [story.people["other"].pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404
