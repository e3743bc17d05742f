"""A later day: only forward, with ground and a second person, never where the law gives none; whose days were spent."""

import re
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from casework import clock
from casework.access.context import acting, system
from casework.commands import extensions
from casework.models import Deadline, Event, Extension, Timer
from casework.queries.spent import days_of
from mediation.commands import deadlines as commands
from mediation.models import Task
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, own_people, people  # noqa: F401
from tests.process.journey import accepted, do
from tests.process.referred import signed, task_on
from tests.process.test_engine import in_system, race

pytestmark = pytest.mark.django_db
AT = instant("2026-03-04 10:00")
WORDS = {"more": "3", "ground": "材料量大，需要核对工资表"}


def row_of(case, rule):
    return in_system(lambda: Deadline.objects.get(case=case, rule=rule, state="OPEN"))


def url(case, row):
    return f"/cases/{case.pk}/deadlines/{row.pk}/longer/"


@pytest.fixture
def asked(people):  # noqa: F811
    """The office has five days to answer; the case manager asks for three more."""
    case = signed(people).case
    row = row_of(case, "P-10")
    with clock.held_at(AT):
        answer = client_of(people["dengchuan"]).post(url(case, row), WORDS, follow=True)
        assert "已提出" in answer.content.decode()
        yield case, row, in_system(lambda: Extension.objects.get())


def decided(who, case, request, **data):
    address = f"/cases/{case.pk}/deadlines/asked/{request.pk}/"
    return client_of(who).post(address, data or {"decision": "grant"}, follow=True)


def test_granted_by_a_second_person_it_is_superseded_and_its_clocks_move(people, asked):  # noqa: F811
    case, old, request = asked
    assert old.due == date(2026, 3, 10)
    page = client_of(people["weijia"]).get(f"/cases/{case.pk}/").content.decode()
    assert "等待第二人审定" in page
    assert "已同意" in decided(people["weijia"], case, request).content.decode()
    fresh = row_of(case, "P-10")
    assert (fresh.due, fresh.supersedes_id, fresh.length) == (date(2026, 3, 13), old.pk, 8)
    told = in_system(lambda: Event.objects.get(case=case, kind="deadline.superseded"))
    assert (told.by_name, told.payload["second_person"]) == ("韦嘉", "邓川")
    assert told.payload["ground"] == WORDS["ground"]
    task = task_on(case, "answer")
    over = in_system(lambda: Task.objects.get(pk=task.pk).due_at)
    assert clock.last_day(over) == date(2026, 3, 13)
    assert not in_system(lambda: Timer.objects.filter(deadline=old, state="PENDING").exists())
    page = client_of(people["dengchuan"]).get(f"/cases/{case.pk}/deadlines/").content.decode()
    assert "由 2026-03-10 改为 2026-03-13" in page
    assert "clock is-old" in page


def test_nobody_grants_their_own_and_the_database_agrees(people, asked):  # noqa: F811
    case, _old, request = asked
    page = client_of(people["dengchuan"]).get(f"/cases/{case.pk}/deadlines/").content.decode()
    assert 'value="grant"' not in page
    with transaction.atomic(), acting(case.pk, None), pytest.raises(extensions.OwnRequest):
        commands.grant(request, by=people["dengchuan"], at=AT)
    with pytest.raises(DatabaseError), transaction.atomic(), system("test"):
        Extension.objects.filter(pk=request.pk).update(
            state="GRANTED", decided_by=people["dengchuan"]
        )


def test_a_refusal_needs_a_reason_and_then_it_is_history(people, asked):  # noqa: F811
    case, old, request = asked
    blank = decided(people["weijia"], case, request, decision="refuse")
    assert blank.status_code == 422
    decided(people["weijia"], case, request, decision="refuse", note="材料已经齐全")
    assert row_of(case, "P-10") == old
    again = decided(people["weijia"], case, request)
    assert "已经审定" in again.content.decode()
    with pytest.raises(DatabaseError), transaction.atomic(), system("test"):
        Extension.objects.filter(pk=request.pk).update(note="x")


def test_only_who_asked_takes_it_back(people, asked):  # noqa: F811
    case, old, request = asked
    address = f"/cases/{case.pk}/deadlines/asked/{request.pk}/back/"
    with transaction.atomic(), acting(case.pk, None), pytest.raises(extensions.NotYourRequest):
        extensions.take_back_extension(request, by=people["weijia"], at=AT)
    assert client_of(people["dengchuan"]).post(address).status_code == 302
    assert in_system(lambda: Extension.objects.get().state) == "WITHDRAWN"
    assert row_of(case, "P-10") == old


def test_a_stranger_finds_nothing_and_changes_nothing(people, asked):  # noqa: F811
    case, old, request = asked
    for who in ("zhongping", "luoqiming", "jiangheng", "luhong", "admin"):
        client = client_of(people[who])
        assert client.get(f"/cases/{case.pk}/deadlines/").status_code == 404, who
        assert client.get(url(case, old)).status_code == 404, who
        address = f"/cases/{case.pk}/deadlines/asked/{request.pk}/"
        assert client.post(address, {"decision": "grant"}).status_code == 404, who
    assert client_of(people["qinxiaoyue"]).get(url(case, old)).status_code == 404
    assert Client().get(f"/cases/{case.pk}/deadlines/").status_code == 302
    assert row_of(case, "P-10") == old


def test_the_law_gives_no_extension_of_a_right_and_mediation_needs_both_sides(people):  # noqa: F811
    case = accepted(people).case
    client = client_of(people["dengchuan"])
    with clock.held_at(AT):
        for rule, error in (
            ("M-03", extensions.LawGivesNoExtension),
            ("M-04", extensions.ByConsentOfBoth),
        ):
            row = row_of(case, rule)
            assert client.get(url(case, row)).status_code == 404
            with transaction.atomic(), acting(case.pk, None), pytest.raises(error):
                extensions.ask_extension(
                    row, length=30, ground="x", evidence="x", by=people["dengchuan"], at=AT
                )
        page = client.get(f"/cases/{case.pk}/deadlines/").content.decode()
    assert f"deadlines/{row.pk}/longer/" not in page
    assert "法律规定，已核对原文" in page


def test_wrong_input_stays_and_a_second_request_is_refused(people, asked):  # noqa: F811
    case, old, _request = asked
    client = client_of(people["dengchuan"])
    page = client.post(url(case, old), {"more": "0", "ground": "核对"})
    assert page.status_code == 422
    assert "核对" in page.content.decode()
    assert "已有一项延长申请" in client.post(url(case, old), WORDS).content.decode()


def test_two_second_people_at_once_grant_it_once(own_people):  # noqa: F811
    case = signed(own_people).case
    row = row_of(case, "P-10")
    with transaction.atomic(), acting(case.pk, None):
        request = extensions.ask_extension(
            row, length=8, ground="核对", evidence="", by=own_people["dengchuan"], at=AT
        )

    def grant(who):
        with transaction.atomic(), acting(case.pk, own_people[who]):
            return commands.grant(request, by=own_people[who], at=AT)

    outcomes = race(lambda: grant("weijia"), lambda: grant("yuanjing"))
    assert sum(isinstance(each, extensions.RequestDecided) for each in outcomes) == 1, outcomes
    assert in_system(lambda: Deadline.objects.filter(case=case, rule="P-10").count()) == 2


def test_waiting_for_material_is_our_time_and_not_the_offices(people):  # noqa: F811
    case = signed(people).case
    do(people["luoqiming"], task_on(case, "answer"), "2026-03-05 09:00",
       answer="RETURNED", missing="工资表")  # fmt: skip
    do(people["dengchuan"], task_on(case, "supply"), "2026-03-10 09:00", words="已补")
    found = in_system(lambda: {each.who: each for each in days_of(case, date(2026, 3, 12))})
    assert found["HRSS"].working_days == 4  # 4 and 5, then 11 and 12 March
    assert found["UNION"].working_days >= 3
    assert found["HRSS"].late_working_days == 2  # its own law's clock (I-02) knows no pause
    with clock.held_at(instant("2026-03-12 09:00")):
        page = (
            client_of(people["dengchuan"]).get(f"/cases/{case.pk}/deadlines/").content.decode()
        )
    assert re.search(
        r'data-label="在谁手里">人社</th><td class="num" data-label="工作日">4<', page
    )
