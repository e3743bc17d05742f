"""A liaison who comes twice a week answers in at most three clicks, and goes on to the next one."""

import pytest
from django.db import transaction

from casework import clock, liaison_link
from casework.access.context import system
from casework.models import OneTimeCode, Referral, User
from documents import issue
from documents.models import Paper
from mediation.engine import run
from tests.browser.conftest import Desk
from tests.process.journey import DISPUTE, TRIAGE

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
MOST_CLICKS = 3


@pytest.fixture
def waiting(house):
    """Three referrals wait at labour inspection, sent today; their letters are printed."""
    people = {user.username: user for user in in_house(lambda: list(User.objects.all()))}
    in_house(lambda: User.objects.filter(username="luoqiming").update(phone="13800001301"))
    for number in range(3):
        refer(people, f"1380000{5511 + number}", f"邹世{'海江河'[number]}")
    return house


def refer(people, phone, name):
    call = {**DISPUTE, "phone": phone, "name": name}
    made = run.start(
        node="intake.record_call", by=people["qinxiaoyue"], data=call, at=clock.now()
    )
    (task,) = [each for each in made.open_tasks if each.flow_task.name == "triage"]
    run.complete(task_id=task.pk, by=people["dengchuan"], data=TRIAGE, at=clock.now())
    run.start(
        node="referral.refer", by=people["dengchuan"], at=clock.now(), case_id=made.case.pk,
        data={"matter": "LABOUR_INSPECTION", "asked": "核查是否拖欠工资。\n结果反馈我会。"},
    )  # fmt: skip
    letter = in_house(lambda: Paper.objects.get(case=made.case, code="D03"))
    issue.render_pending(letter.pk)


def in_house(question):
    with transaction.atomic(), system("test"):
        return question()


def link_for(name, number):
    """The link that a message carries, made on the day of the story and on today."""
    user = in_house(lambda: User.objects.get(username=name))
    row = in_house(lambda: Referral.objects.order_by("id")[number])
    return liaison_link.make(referral_id=row.pk, user_id=user.pk, on=clock.today())


def states():
    return in_house(
        lambda: list(Referral.objects.order_by("id").values_list("state", flat=True))
    )


class Clicks:
    """Counts what a hand does: a click, or a choice in a list."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, what):
        self.page.click(what)
        self.count += 1

    def choose(self, what, value):
        self.page.select_option(what, value)
        self.count += 1


def test_three_clicks_for_each_answer_then_the_next(waiting, new_context, monkeypatch):
    """Taking it is two; each other answer is three, with its stock reason."""
    desk = Desk(new_context, waiting, width=1280)
    path = f"/r/{link_for('luoqiming', 0)}/"
    assert desk.open(path) == 200
    assert "新设备" in desk.page.inner_text("h1")
    before = states()
    assert before == ["SENT"] * 3  # looking changed nothing
    code = confirm(desk, monkeypatch)
    assert code
    assert desk.open(path) == 200
    assert states() == before
    assert "邹世海" in desk.page.inner_text("#main")
    frame = desk.page.query_selector("iframe")
    assert frame is not None  # the letter, in place
    assert desk.page.request.get(waiting + frame.get_attribute("src")).status == 200
    answers = (
        [("click", "#id_answer_0")],
        [("click", "#id_answer_1"), ("click", "#id_lacking_2")],
        [("click", "#id_answer_2"), ("choose", "#id_reason_code", "NO_JURISDICTION")],
    )
    for number, acts in enumerate(answers):
        hand = Clicks(desk.page)
        for how, *what in acts:
            getattr(hand, how)(*what)
        hand.click("form.panel button.button--main")
        assert hand.count <= MOST_CLICKS
        left = 2 - number
        if left:
            words = desk.page.inner_text(".next-one")
            assert f"还有 {left} 件" in words
            desk.page.click(".next-one")
    assert states() == ["ACCEPTED", "RETURNED", "DECLINED"]
    assert desk.errors == []
    strangers(waiting, new_context)


def confirm(desk, monkeypatch):
    """Ask for the code and type it: the house's own check, with the code that it made."""
    from casework.notify import codes

    desk.page.click("button[name=send]")
    row = in_house(lambda: OneTimeCode.objects.latest("made_at"))
    known = "482913"
    in_house(
        lambda: OneTimeCode.objects.filter(pk=row.pk).update(
            code_hash=codes._hash(row.subject, known)
        )
    )
    desk.page.fill("#id_otp", known)
    desk.page.click("button.wbutton--main")
    return row.pk


def strangers(house, new_context):
    """Somebody else with the link, or with a changed one, gets no word of it."""
    desk = Desk(new_context, house)
    token = link_for("luoqiming", 0)
    assert desk.open(f"/r/{token}/") == 200
    assert "邹世海" not in desk.page.content()
    assert desk.page.query_selector("dl.facts") is None
    assert desk.open(f"/r/{token[:-2]}xx/") == 404
    court = Desk(new_context, house).log_in("taoyan")
    assert court.open(f"/r/{link_for('taoyan', 0)}/") == 404
