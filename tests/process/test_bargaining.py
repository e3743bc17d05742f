"""Collective bargaining from the offer to publication, with its clocks; notices to the union."""

import pytest
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import system
from casework.commands import bargain as file
from casework.models import Bargain, Deadline, UnionNotice, User
from documents import issue
from documents.models import Paper
from mediation.engine import pump, run
from mediation.engine.errors import Invalid, NotYours
from mediation.engine.ring import ring
from tests.process.stage_c import at, district, staff

pytestmark = pytest.mark.django_db


class Round:
    """One file of the union with an employer, and its steps."""

    def __init__(self):
        where = district()
        self.people, self.done = staff(where), None
        self.people["law"] = User.objects.create(
            username="law", display_name="陆遥", roles=["labour_law_supervisor"], district=where
        )
        self.base = {"firm": "砺锋机械（虚构）", "district": str(where.pk)}

    def start(self, node, when, who="manager", **data):
        moment = at(when)
        with clock.held_at(moment):
            self.done = run.start(
                node=node, by=self.people[who], data={**self.base, **data}, at=moment
            )
        return self

    def do(self, node, when, who="manager", **data):
        moment = at(when)
        with transaction.atomic(), system("test"):
            tasks = run.open_tasks(self.done.case.pk)
        (task,) = [each for each in tasks if each.flow_task.name == node]
        with clock.held_at(moment):
            self.done = run.complete(task_id=task.pk, by=self.people[who], data=data, at=moment)
        return self

    def until(self, when):
        moment = at(when)
        with clock.held_at(moment):
            with transaction.atomic(), system("test"):
                due = pump.claim(moment)
            for timer in due:
                ring(timer, moment)

    def clocks(self):
        with transaction.atomic(), system("test"):
            rows = Deadline.objects.filter(case=self.done.case).order_by("id")
            return [(row.rule, str(row.due), row.state) for row in rows]

    def open(self):
        with transaction.atomic(), system("test"):
            return sorted(each.flow_task.name for each in run.open_tasks(self.done.case.pk))

    def row(self, model):
        with transaction.atomic(), system("test"):
            return model.objects.get(case=self.done.case)


OFFER = {
    "topic": "WAGES",
    "people": "312",
    "wishes": "工资增长百分之五；\n高温津贴。",
    "received_on": "2026-03-02",
}


@pytest.fixture
def story():
    return Round()


def offered(story):
    return story.start("bargaining.offer", "2026-03-02 10:00", **OFFER)


def test_from_the_offer_to_publication(story):
    offered(story)
    assert story.clocks() == [("U-04", "2026-03-23", "OPEN")]  # 22 March is a Sunday
    with transaction.atomic(), system("test"):
        facts = issue.facts_of(Paper.objects.get(case=story.done.case, code="D39"))
    assert (facts.people, facts.proposals) == (312, ("工资增长百分之五；", "高温津贴。"))
    assert str(facts.reply_by) == "2026-03-23"
    with pytest.raises(Invalid):
        story.do("answer", "2026-03-10 10:00", answer_is="YES")
    story.do("answer", "2026-03-10 10:00", answer_is="YES", meets_on="2026-03-30", words="同意")
    assert story.clocks()[-1][0] == "U-05"
    story.do("meet", "2026-03-30 15:00", outcome="AGAIN", meets_on="2026-04-10",
             exchanged_on="2026-03-18")  # fmt: skip
    assert [row[1:] for row in story.clocks() if row[0] == "U-05"] == [
        ("2026-03-20", "MET"), ("2026-03-31", "OPEN"),
    ]  # fmt: skip
    story.do("meet", "2026-04-10 15:00", outcome="SIGNED", words="增长百分之四点五",
             exchanged_on="2026-03-31")  # fmt: skip
    with pytest.raises(file.DayInDisorder):
        story.do("file", "2026-04-15 09:00", on_day="2026-04-09")
    story.do("file", "2026-04-15 09:00")
    story.do("in_force", "2026-04-30 09:00")
    story.do("publish", "2026-05-06 09:00")
    assert {rule: state for rule, _due, state in story.clocks()} == {
        "U-04": "MET", "U-05": "MET", "U-06": "MET", "U-06b": "MET", "U-06c": "MET",
    }  # fmt: skip
    assert (story.open(), story.row(Bargain).state) == ([], "PUBLISHED")


def test_silence_is_written_down_and_leads_to_coordination(story):
    offered(story)
    story.until("2026-03-24 09:00")
    assert story.open() == ["answer"]
    story.do("answer", "2026-03-24 10:00", answer_is="NO")
    assert story.clocks()[-1][:2] == (
        "U-07",
        "2026-05-25",
    )  # 60 days, 23 and 24 May are a weekend
    with pytest.raises(Invalid):
        story.do("coordinate", "2026-04-20 10:00", outcome="MEET")
    story.do("coordinate", "2026-04-20 10:00", outcome="MEET", meets_on="2026-05-11")
    story.do("meet", "2026-05-11 10:00", outcome="ENDED", words="暂不协商")
    assert (story.open(), story.row(Bargain).state) == ([], "ENDED")


def test_an_objection_brings_them_back_to_the_table(story):
    offered(story)
    story.do("answer", "2026-03-10 10:00", answer_is="YES", meets_on="2026-03-30")
    story.do("meet", "2026-03-30 15:00", outcome="SIGNED")
    story.do("file", "2026-04-01 09:00")
    story.do("in_force", "2026-04-10 09:00", objected="on", words="最低标准低于规定")
    assert story.open() == ["meet"]
    story.do("meet", "2026-04-12 10:00", outcome="DISPUTE")
    story.do("coordinate", "2026-04-20 10:00", outcome="NOTHING")
    assert story.open() == []


def page(user, address):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    with clock.held_at(at("2026-03-12 09:00")):
        return client.get(address)


def test_the_season_and_its_strangers(story):
    assert "还没有发出要约" in page(story.people["head"], "/bargaining/").content.decode()
    offered(story)
    shown = page(story.people["manager"], "/bargaining/").content.decode()
    assert "砺锋机械" in shown
    assert "312" in shown
    (task,) = story.done.open_tasks
    assert "高温津贴" in page(story.people["manager"], f"/task/{task.pk}/").content.decode()
    for who in ("stranger", "operator", "mediator"):
        assert page(story.people[who], "/bargaining/").status_code == 404
        assert page(story.people[who], "/notices/").status_code == 404
        with pytest.raises(NotYours):
            story.start("bargaining.offer", "2026-03-02 10:00", who, **OFFER)


LAYOFF = {
    "kind": "LAYOFF", "people": "24", "staff": "180", "received_on": "2026-03-02",
    "effect_on": "2026-04-10", "reasons": "订单减少，拟裁减24人。",
}  # fmt: skip


def test_a_layoff_told_in_time_gets_an_opinion_and_an_answer(story):
    story.start("notice.receive", "2026-03-02 10:00", "law", **LAYOFF)
    assert story.clocks() == [("U-08", "2026-03-11", "MET")]
    assert not story.row(UnionNotice).late
    story.do("opine", "2026-03-05 10:00", "law", words="应当优先留用长期合同职工。")
    with pytest.raises(file.DayInDisorder):
        story.do(
            "await_answer", "2026-03-09 10:00", words="采纳", then="HEEDED", on_day="2026-03-04"
        )
    story.do("await_answer", "2026-03-09 10:00", words="采纳", then="HEEDED")
    assert (story.open(), story.row(UnionNotice).heeded) == ([], True)


def test_told_too_late_is_said_and_a_letter_may_follow(story):
    story.start("notice.receive", "2026-03-12 10:00", **{**LAYOFF, "received_on": "2026-03-12"})
    assert story.row(UnionNotice).late
    assert "通知过晚" in page(story.people["law"], "/notices/").content.decode()
    story.do("opine", "2026-03-12 11:00", words="没有提前三十日说明情况。")
    story.do("await_answer", "2026-03-16 10:00", words="仍按原计划", then="LETTER")
    assert story.open() == ["write_again"]


@pytest.mark.parametrize(
    ("people", "staff", "reaches"),
    [(20, None, True), (19, 190, True), (19, 191, False), (5, None, False)],
)
def test_twenty_people_or_ten_per_cent(people, staff, reaches):
    assert file.is_layoff(people, staff) is reaches


def test_a_small_layoff_is_no_layoff_and_a_dismissal_needs_its_day(story):
    with pytest.raises(file.NoLayoff):
        story.start("notice.receive", "2026-03-02 10:00", **{**LAYOFF, "people": "5"})
    with pytest.raises(Invalid):
        story.start(
            "notice.receive", "2026-03-02 10:00", kind="DISMISSAL", people="1", reasons="违纪"
        )
    story.start("notice.receive", "2026-03-02 10:00", kind="DISMISSAL", people="1", reasons="违纪",
                effect_on="2026-03-02")  # fmt: skip
    assert story.row(UnionNotice).late  # told on the very day: not before it


def test_the_government_answers_the_union_within_thirty_days(story):
    story.start(
        "notice.receive",
        "2026-03-02 10:00",
        kind="UNION_RIGHTS",
        reasons="阻挠建会。",
        people="80",
    )
    assert story.clocks() == [("U-10", "2026-04-01", "OPEN")]
    story.do("await_result", "2026-03-20 10:00", words="已责令改正", then="HEEDED")
    assert story.clocks() == [("U-10", "2026-04-01", "MET")]
