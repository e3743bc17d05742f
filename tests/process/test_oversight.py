"""A supervision order: given about what is late, answered by the person named, decided on by another."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.access.context import system
from casework.commands import order as file
from casework.events import Kind
from casework.models import Deadline, Escalation, Event, Message, SupervisionOrder, User
from documents import issue
from documents.models import Paper
from mediation.commands import oversight
from mediation.commands.escalation import climb
from mediation.engine import run
from mediation.engine.errors import AlreadyDone, Invalid, NotYours
from mediation.models import Task
from tests.process.stage_c import Story, at
from tests.process.test_ladder import after, late_case

pytestmark = pytest.mark.django_db
WORDS = "已联系区工会，明日办结。"


@pytest.fixture
def story() -> Story:
    """A late case, a supervisor, and telephones."""
    made = late_case()
    with system("test"):
        made.people["supervisor"] = User.objects.create(
            username="c_supervisor",
            display_name="袁静",
            roles=["supervisor"],
            phone="13800004001",
        )
        User.objects.filter(username="c_mediator").update(phone="13800004002")
    return made


def order_data(story: Story, **more):
    """What the supervisor fills in."""
    who = str(story.people["mediator"].pk)
    return {
        "level": "lead", "answerer": who, "reply_by": after(story, 5), "found": "已逾期",
        "demands": "今天办结\n书面说明原因", **more,
    }  # fmt: skip


def given(story: Story, **more) -> SupervisionOrder:
    story.start(
        "supervisor", "oversight.give", f"{after(story, 3)} 10:00", **order_data(story, **more)
    )
    return newest(story)


def newest(story: Story) -> SupervisionOrder:
    with system("test"):
        return SupervisionOrder.objects.filter(case_id=story.case_id).latest("id")


def seat(story: Story, who: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(story.people[who])
    return client


def task_of(story: Story, name: str) -> Task:
    with system("test"):
        return next(
            row for row in Task.objects.filter(case_id=story.case_id, is_open=True)
            if row.flow_task.name == name
        )  # fmt: skip


def kinds(story: Story) -> list[str]:
    with system("test"):
        rows = Event.objects.filter(case_id=story.case_id, kind__startswith="order.")
        return list(rows.order_by("seq").values_list("kind", flat=True))


def test_an_order_goes_out_by_a_day_to_a_person_and_is_answered_and_accepted_by_others(story):
    order = given(story)
    with system("test"):
        paper = Paper.objects.get(pk=order.paper_id)
        due = Deadline.objects.get(case_id=story.case_id, rule="P-13")
        told = Message.objects.filter(template="order_given", case_id=story.case_id)
        assert list(told.values_list("to_masked", flat=True)) == ["138****4002"]
    facts = issue.facts_of(paper)
    assert facts.demands[:2] == ("今天办结", "书面说明原因")
    assert (facts.supervisor, facts.reply_by) == ("袁静", order.reply_by)
    assert [line.what for line in facts.late] == ["工单办结"]
    assert due.due == order.reply_by
    task = task_of(story, "answer")
    assert task.owner_id == story.people["mediator"].pk
    story.do("mediator", "answer", f"{after(story, 3)} 15:00", words=WORDS)
    assert (newest(story).state, newest(story).answer) == ("ANSWERED", WORDS)
    story.do("supervisor", "decide", f"{after(story, 4)} 09:00", decision="ACCEPT", why="")
    assert newest(story).state == "ACCEPTED"
    assert kinds(story) == [Kind.ORDER_GIVEN, Kind.ORDER_ANSWERED, Kind.ORDER_ACCEPTED]
    with system("test"):
        assert Deadline.objects.get(pk=due.pk).state == "MET"


def test_an_answer_that_is_not_enough_goes_back_with_a_word_and_another_day(story):
    given(story)
    story.do("mediator", "answer", f"{after(story, 3)} 15:00", words=WORDS)
    with pytest.raises(Invalid) as refused:
        story.do("supervisor", "decide", f"{after(story, 4)} 09:00", decision="BACK")
    assert {"why", "reply_by"} <= set(refused.value.form.errors)
    again = after(story, 6)
    story.do(
        "supervisor",
        "decide",
        f"{after(story, 4)} 09:00",
        decision="BACK",
        why="没有写办结日",
        reply_by=again,
    )
    order = newest(story)
    assert (order.state, order.reply_by) == ("RETURNED", date.fromisoformat(again))
    assert task_of(story, "answer").owner_id == story.people["mediator"].pk
    story.do("mediator", "answer", f"{after(story, 5)} 09:00", words="四月三日办结。")
    story.do("supervisor", "decide", f"{after(story, 5)} 10:00", decision="ACCEPT")
    assert (newest(story).state, newest(story).answer) == ("ACCEPTED", "四月三日办结。")


def test_silence_is_written_down_and_both_hear_of_it(story):
    given(story)
    story.until(f"{after(story, 5)} 23:00")
    assert Kind.ORDER_LATE not in kinds(story)
    story.until(f"{after(story, 6)} 01:00")
    assert kinds(story)[-1] == Kind.ORDER_LATE
    with system("test"):
        told = Message.objects.filter(template="order_late").values_list("to_masked", flat=True)
        assert sorted(told) == ["138****4001", "138****4002"]
    climb(at(f"{after(story, 6)} 12:00"))
    with system("test"):  # the silence itself climbs nowhere
        assert not Escalation.objects.filter(deadline__rule="P-13").exists()
    story.do("mediator", "answer", f"{after(story, 6)} 15:00", words=WORDS)
    with system("test"):
        states = (
            Deadline.objects.filter(rule="P-13").order_by("id").values_list("state", flat=True)
        )
        assert list(states)[-1] in ("MET", "MISSED")


def test_a_higher_rung_takes_the_place_of_the_order_before(story):
    climb(at(f"{after(story, 1)} 12:00"))
    first = newest(story)
    assert (first.level, first.given_by_id, first.answerer_id) == (
        "lead", None, story.people["mediator"].pk,
    )  # fmt: skip
    climb(at(f"{after(story, 1)} 13:00"))
    assert newest(story).pk == first.pk
    climb(at(f"{after(story, 8)} 12:00"))
    with system("test"):
        states = dict(SupervisionOrder.objects.values_list("level", "state"))
        clocks = (
            Deadline.objects.filter(rule="P-13").order_by("id").values_list("state", flat=True)
        )
        assert list(clocks)[-1] == "OPEN"
        assert list(clocks).count("OPEN") == 1
        assert Task.objects.filter(case_id=story.case_id, is_open=True, flow_task_type="HUMAN",
                                   owner=story.people["mediator"], owner_permission="mediation.answer_order").count() == 1  # fmt: skip
    assert states == {"lead": "REPLACED", "joint_meeting": "OPEN"}


def test_who_gave_it_does_not_answer_and_who_answered_does_not_decide(story):
    head = story.people["head"]
    with pytest.raises(Invalid):  # nobody is offered the own name
        story.start(
            "head",
            "oversight.give",
            f"{after(story, 3)} 10:00",
            **order_data(story, answerer=str(head.pk)),
        )
    given(story, answerer=str(head.pk))
    story.do("head", "answer", f"{after(story, 3)} 15:00", words=WORDS)
    with pytest.raises(file.OwnAnswer):
        story.do("head", "decide", f"{after(story, 3)} 16:00", decision="ACCEPT")
    assert newest(story).state == "ANSWERED"


def test_a_stranger_a_second_order_a_second_click_and_a_day_that_is_none_are_refused(story):
    day = f"{after(story, 3)} 10:00"
    with pytest.raises(NotYours):
        story.start("mediator", "oversight.give", day, **order_data(story))
    with pytest.raises(oversight.NothingLate):
        story.start("supervisor", "oversight.give", "2026-03-25 11:00", **order_data(story))
    for wrong in (after(story, 3), after(story, 8), after(story, 2)):  # today, a Saturday, over
        with pytest.raises(file.AnswerByLater):
            story.start(
                "supervisor", "oversight.give", day, **order_data(story, reply_by=wrong)
            )
    given(story)
    with pytest.raises(file.OrderRuns):
        story.start("supervisor", "oversight.give", day, **order_data(story))
    task = task_of(story, "answer")
    for who, wrong in (("manager", NotYours), ("supervisor", NotYours)):
        with pytest.raises(wrong):
            run.complete(task_id=task.pk, by=story.people[who], data={"words": "x"}, at=at(day))
    run.complete(
        task_id=task.pk, by=story.people["mediator"], data={"words": WORDS}, at=at(day)
    )
    with pytest.raises(AlreadyDone):
        run.complete(
            task_id=task.pk, by=story.people["mediator"], data={"words": "noch"}, at=at(day)
        )
    assert newest(story).answer == WORDS


def test_an_order_is_withdrawn_with_a_reason_and_ends_with_its_case(story):
    given(story)
    story.start("head", "oversight.withdraw", f"{after(story, 4)} 09:00", why="误发")
    assert newest(story).state == "WITHDRAWN"
    with system("test"):
        assert not Task.objects.filter(
            case_id=story.case_id, is_open=True, owner_permission="mediation.answer_order"
        ).exists()
        assert Deadline.objects.get(rule="P-13").state == "VOID"
    with pytest.raises(file.NoOrder):
        story.start("head", "oversight.withdraw", f"{after(story, 4)} 09:30", why="误发")


def test_it_is_given_and_answered_through_the_pages(story):
    day = after(story, 3)
    with clock.held_at(at(f"{day} 10:00")):
        boss = seat(story, "supervisor")
        path = reverse("start", args=[story.case_id, "oversight.give"])
        assert (
            "工单办结"
            in boss.get(path, headers={"accept-language": "zh-hans"}).content.decode()
        )
        assert boss.post(path, order_data(story, demands=" ")).status_code == 422
        assert boss.post(path, order_data(story)).status_code == 302
        assert boss.post(path, order_data(story)).status_code == 422  # the second click
        task = reverse("task", args=[task_of(story, "answer").pk])
        mine = seat(story, "mediator")
        assert f'href="{task}"' in mine.get(reverse("work")).content.decode()
        assert "今天办结" in mine.get(task).content.decode()
        assert mine.post(task, {"words": WORDS}).status_code == 302
        assert seat(story, "recorder").get(path).status_code == 404
        decide = reverse("task", args=[task_of(story, "decide").pk])
        assert WORDS in boss.get(decide).content.decode()
        assert boss.post(decide, {"decision": "ACCEPT", "why": "好"}).status_code == 302
    assert newest(story).state == "ACCEPTED"
