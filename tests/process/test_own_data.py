"""A worker's wish to correct own data: a task with a day, checked, put right or refused, and told."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Q

from casework import clock, tracking
from casework.access.context import acting, system
from casework.commands import claims
from casework.commands.closing import OWN_DATA
from casework.commands.deadlines import end_running
from casework.commands.timers import void_timers
from casework.models import (
    Claim,
    Deadline,
    DeadlineState,
    Event,
    Message,
    Party,
    TrackingCode,
    WorkerWord,
)
from documents.issue import issue
from mediation.commands import own_data, worker
from mediation.engine.errors import Invalid, NotFound, NotYours
from tests.process.stage_c import accepted, at, one

pytestmark = pytest.mark.django_db
SAID = "电话号码记错了"
ASKED = "2026-03-16 09:00"  # a Monday: five working days end on 23 March
OLD, NEW = "13800001111", "13800002222"


@pytest.fixture
def story():
    told = one()
    with transaction.atomic(), acting(told.case_id, None):
        party = Party.objects.select_related("person").get(case=told.case_id, ref="W01")
        party.person.phone, party.person.address = OLD, "试验区工友路1号"
        party.person.index()
        party.person.save()
    said(told)
    return told


def said(story, when=ASKED, text=SAID, ref="W01", **more):
    with clock.held_at(at(when)), transaction.atomic(), acting(story.case_id, None):
        party = Party.objects.select_related("case", "person").get(case=story.case_id, ref=ref)
        return worker.say(party.case, party, kind="CORRECTION", text=text, at=at(when), **more)


def word(story):
    with story.reading():
        return WorkerWord.objects.get(case=story.case_id)


def answer(story, who="manager", when="2026-03-17 10:00", **data):
    return story.do(who, "check", when, **{"words": "已按您说的核实。", **data})


def test_a_wish_is_a_task_of_the_union_with_a_day(story):
    with story.reading():
        due = Deadline.objects.get(case=story.case_id, rule="P-14")
        (task,) = [each for each in story.tasks() if each.flow_task.name == "check"]
    assert (due.start, due.due) == (date(2026, 3, 16), date(2026, 3, 23))
    assert clock.last_day(task.due_at) == date(2026, 3, 23)
    for who in ("operator", "mediator", "stranger"):  # who does not see the case finds nothing
        with pytest.raises((NotYours, NotFound)):
            answer(story, who, decision="REFUSE")


def test_a_telephone_is_put_right_and_the_code_follows_it(story):
    with story.reading() as case, acting(story.case_id, None):
        party = Party.objects.select_related("case", "person").get(case=case, ref="W01")
        code = tracking.make_code(case=case, party=party, by=None, at=at(ASKED))
        issue("D28", case=case, by=story.people["manager"], at=at(ASKED))
    with pytest.raises(Invalid, match="checked"):  # codes go there: not without a check
        answer(story, decision="CORRECT", phone=NEW)
    done = answer(story, decision="CORRECT", phone=NEW, checked="CALLED")
    assert "D28" in done.say_once  # papers that still print the old words are named
    with story.reading() as case:
        party = Party.objects.select_related("person").get(case=case, ref="W01")
        assert party.person.phone == NEW
        kinds = list(Event.objects.filter(case=case).values_list("kind", "payload"))
    assert tracking.find(code, OLD[-4:], device="a") is None
    assert tracking.find(code, NEW[-4:], device="a").party_id == party.pk
    told = dict(kinds)["worker.answered"]
    assert (told["result"], told["checked"], told["fields"]) == (
        "CORRECTED",
        "CALLED",
        ["phone"],
    )
    assert dict(kinds)["person.corrected"]["fields"] == ["phone"]
    assert NEW not in str(kinds)  # the ledger names the field, never the value
    assert OLD not in str(kinds)


def test_the_answer_stops_the_clock_and_is_told_once(story):
    answer(story, decision="CORRECT", name="工人一", when="2026-03-23 17:00")
    with story.reading():
        assert Deadline.objects.get(rule="P-14").state == DeadlineState.MET
        (sent,) = Message.objects.filter(case=story.case_id, template="news")
        assert word(story).result == "CORRECTED"
    assert sent.to_masked == "138****1111"
    with pytest.raises(AssertionError, match="not open"):
        answer(story, decision="REFUSE")
    with pytest.raises(own_data.AnsweredAlready), story.reading(), acting(story.case_id, None):
        own_data.refuse(
            word(story), words="x", by=story.people["head"], at=at("2026-03-24 09:00")
        )


def test_a_refusal_gives_its_reason_and_changes_nothing(story):
    with pytest.raises(Invalid):  # a reason is needed
        answer(story, decision="REFUSE", words=" ")
    with pytest.raises(Invalid):  # and nothing is changed beside it
        answer(story, decision="REFUSE", name="别人")
    answer(story, decision="REFUSE", words="身份证上就是这个名字。")
    with story.reading():
        assert (word(story).result, word(story).answer) == ("REFUSED", "身份证上就是这个名字。")
        assert not Event.objects.filter(case=story.case_id, kind="person.corrected").exists()
        ended = {each.flow_task.name for each in word_process(story)}
    assert "refused" in ended
    assert "corrected" not in ended


def word_process(story):
    from mediation.engine.registry import flow_named
    from mediation.models import Task

    return list(
        Task.objects.filter(case=story.case_id, process__flow_class=flow_named("owndata"))
    )


def test_what_another_act_put_right_is_answered_only_when_it_was(story):
    with pytest.raises(own_data.NothingPutRight):
        answer(story, decision="ELSEWHERE")
    when = at("2026-03-17 09:00")
    with clock.held_at(when), transaction.atomic(), acting(story.case_id, None):
        row = Claim.objects.filter(case=story.case_id).first()
        claims.correct_claim(
            row,
            reason="少算一个月",
            by=story.people["manager"],
            at=when,
            amount_yuan=Decimal(22000),
        )
    answer(story, decision="ELSEWHERE")
    with story.reading():
        assert word(story).result == "CORRECTED"


def test_silence_is_written_down_after_the_last_day_and_the_step_stays(story):
    story.until("2026-03-23 23:00")
    assert not reminded(story)
    story.until("2026-03-24 00:01")
    assert reminded(story)
    assert "check" in story.names()


def reminded(story):
    with story.reading():
        rows = Event.objects.filter(case=story.case_id, kind="reminder.sent")
        return [row for row in rows if row.payload["flow"] == "更正个人信息"]


def test_the_wish_outlives_the_end_of_the_case(story):
    ground = {"by": None, "at": at("2026-03-18 09:00"), "ground": "x"}
    with story.reading() as case, acting(story.case_id, None):
        end_running(case, keep=Q(rule=OWN_DATA), **ground)
        void_timers(case, but=OWN_DATA)
        rules = Deadline.objects.filter(case=case, state=DeadlineState.OPEN)
        assert list(rules.values_list("rule", flat=True)) == ["P-14"]
    story.until("2026-03-24 00:01")
    assert reminded(story)


def test_two_members_each_have_their_own_day():
    story = accepted(group=[Decimal(9000), Decimal(8000)])
    said(story)
    said(story, when="2026-03-18 09:00", ref="W02")
    first, second = sorted(task.pk for task in story.tasks() if task.flow_task.name == "check")
    story.send(second, "head", "2026-03-19 09:00", decision="REFUSE", words="核实无误。")
    with story.reading():
        rows = {row.start.day: row.state for row in Deadline.objects.filter(rule="P-14")}
        (left,) = WorkerWord.objects.filter(answered_at=None)
        assert left.party.ref == "W01"
    assert rows == {16: DeadlineState.OPEN, 18: DeadlineState.MET}
    story.send(first, "head", "2026-03-19 09:05", decision="REFUSE", words="核实无误。")


def test_codes_of_the_same_person_in_another_case_follow_too(story):
    other = one()
    with transaction.atomic(), system("test"):
        person = Party.objects.get(case=story.case_id, ref="W01").person
        party = Party.objects.get(case=other.case_id, ref="W01")
        party.person = person
        party.save()
    with transaction.atomic(), acting(other.case_id, None):
        party = Party.objects.select_related("case", "person").get(pk=party.pk)
        code = tracking.make_code(case=party.case, party=party, by=None, at=at(ASKED))
    answer(story, decision="CORRECT", phone=NEW, checked="SEEN")
    assert TrackingCode.objects.filter(case=other.case_id).count() == 1
    assert tracking.find(code, NEW[-4:], device="b").case_id == other.case_id
