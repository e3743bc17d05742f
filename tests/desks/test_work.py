"""The own list: today's sessions, one row a case, put off with a reason, undo, who has a step open."""

from datetime import timedelta

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import acting, system
from casework.models import Event, Session
from mediation.commands import desk
from mediation.models import Task
from mediation.queries import work_of
from mediation.rehearsal import cast
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import DISPUTE, start

pytestmark = pytest.mark.django_db
AT = instant("2026-03-10 09:30")
LATER = "2026-03-12"


@pytest.fixture
def two(people):  # noqa: F811
    """Two calls wait for triage at Deng Chuan's desk."""
    calls = [{**DISPUTE, "phone": f"1380000551{n}", "name": f"邹世{n}"} for n in "12"]
    made = [
        start(people["qinxiaoyue"], "intake.record_call", "2026-03-10 09:00", **each)
        for each in calls
    ]
    with clock.held_at(AT):
        yield people, [task for each in made for task in each.open_tasks]


def ticks(tasks):
    return [str(task.pk) for task in tasks]


def off(client, tasks, **more):
    data = {
        "task": ticks(tasks),
        "act": "off",
        "until": LATER,
        "reason": "等单位补材料",
        **more,
    }
    return client.post("/work/many/", data, follow=True)


def rows(client, where="/work/"):
    return [row["tasks"] for row in client.get(where).context["rows"]]


def test_ticked_rows_are_put_off_and_undone(two):
    staff, tasks = two
    client = client_of(staff["dengchuan"])
    assert len(rows(client)) == 2
    page = off(client, tasks)
    assert page.context["undo"]["refused"] == []
    assert rows(client) == []
    asleep = client.get("/work/?light=put_off")
    assert len(asleep.context["rows"]) == 2
    assert "等单位补材料" in asleep.content.decode()
    with transaction.atomic(), acting(tasks[0].case_id, None):
        last = Event.objects.filter(case_id=tasks[0].case_id).latest("seq")
        assert (last.kind, last.payload["why"]) == ("work.put_off", "等单位补材料")
    client.post("/work/undo/", {"task": page.context["undo"]["tasks"]})
    assert len(rows(client)) == 2


def test_its_day_brings_it_back(two):
    staff, tasks = two
    client = client_of(staff["dengchuan"])
    off(client, tasks)
    with clock.held_at(AT + timedelta(days=2)):
        assert len(rows(client)) == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"reason": " "}, desk.WhyMissing),
        ({"until": "2026-03-10"}, desk.NotAhead),
        ({"until": "2026-04-10"}, desk.TooFarAhead),
    ],
)
def test_what_is_refused_is_named_and_nothing_is_hidden(two, more, words):
    staff, tasks = two
    client = client_of(staff["dengchuan"])
    page = off(client, tasks, **more)
    assert len(page.context["undo"]["refused"]) == 2
    assert str(words()) in page.context["undo"]["refused"][0]
    assert len(rows(client)) == 2


def test_a_deadline_is_never_put_off(two):
    staff, tasks = two
    with transaction.atomic(), system("test"):
        Task.objects.filter(pk=tasks[0].pk).update(due_at=instant("2026-03-12 00:00"))
    client = client_of(staff["dengchuan"])
    page = off(client, tasks, until="2026-03-13")
    (refused,) = page.context["undo"]["refused"]
    assert str(desk.PastItsDay()) in refused
    assert rows(client) == [str(tasks[0].pk)]


def test_a_bad_day_or_no_tick_changes_nothing(two):
    staff, tasks = two
    client = client_of(staff["dengchuan"])
    for data in ({"act": "off"}, {"task": ticks(tasks), "act": "off", "until": "soon"}):
        assert client.post("/work/many/", data).status_code == 302
    assert len(rows(client)) == 2


def test_a_stranger_puts_nothing_off(two):
    staff, tasks = two
    client = client_of(staff["zhongping"])
    page = off(client, tasks)
    assert len(page.context["undo"]["refused"]) == 2
    assert page.context["undo"]["refused"][0].startswith(":")  # nor is told what it was
    assert len(rows(client_of(staff["dengchuan"]))) == 2


def test_a_colleague_reads_who_has_a_step_open(two):
    staff, (task, _other) = two
    client = client_of(staff["dengchuan"])
    assert client.post(f"/task/{task.pk}/held/").status_code == 204
    with transaction.atomic(), system("test"):
        held = Task.objects.get(pk=task.pk)
    assert desk.held_by_other(held, staff["dengchuan"], AT) is None
    seen = desk.held_by_other(held, staff["weijia"], AT)
    assert seen == {"who": "邓川", "at": "09:30"}
    assert desk.held_by_other(held, staff["weijia"], AT + timedelta(minutes=31)) is None
    stranger = client_of(staff["zhongping"])
    assert stranger.post(f"/task/{task.pk}/held/").status_code == 404
    assert client.get(f"/task/{task.pk}/").context["held"] is None
    with transaction.atomic(), system("test"):
        other = {"username": "qiyun", "name": "祁云", "roles": ["dispatcher"]}
        hired = cast.hire([{**other, "district": "两江新区", "agency": "UNION"}])["qiyun"]
    words = client_of(hired).get(f"/task/{task.pk}/").content.decode()
    assert "邓川" in words
    assert "09:30" in words


def test_sessions_of_today_come_first(two):
    staff, tasks = two
    mediator = staff["heminzhi"]
    with transaction.atomic(), acting(tasks[0].case_id, None):
        case = tasks[0].case
        case.mediator = mediator
        case.save()
        for number, hour in enumerate(("14:30", "11:00"), start=1):
            Session.objects.create(
                case=case, number=number, starts_at=instant(f"2026-03-10 {hour}"), place="调解室二",
                mediator=mediator,
            )  # fmt: skip
        Session.objects.create(
            case=case,
            number=3,
            starts_at=instant("2026-03-11 09:00"),
            place="-",
            mediator=mediator,
        )
    page = client_of(mediator).get("/")
    shown = [(row["at"], row["next"]) for row in page.context["sessions"]]
    assert shown == [("11:00", True), ("14:30", False)]
    assert work_of(mediator) == []


def test_the_list_of_cases_shows_what_ends_first_and_the_file_names_the_party(two):
    staff, tasks = two
    client = client_of(staff["dengchuan"])
    shown = client.get("/cases/").context["rows"]
    assert [row["next"] for row in shown] == ["首次回电"] * 2
    assert {row["due"] for row in shown} == {clock.day(instant("2026-03-11 09:00"))}
    assert {row["light"]["state"] for row in shown} == {"soon"}
    page = client.get(f"/cases/{tasks[0].case_id}/").content.decode()
    assert "增加当事人　邹世1" in page
    assert "增加当事人　W01" not in page
