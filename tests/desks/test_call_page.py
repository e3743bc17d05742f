"""The call page: opened by a switchboard or without one, several side by side, completed after the call."""

import pytest
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import system
from casework.commands.calls import NothingAdded
from casework.events import verify
from casework.models import CallRecord, Case, Draft, Event
from documents.models import Paper
from mediation.engine.errors import NotYours
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import DISPUTE, called, start

pytestmark = pytest.mark.django_db
AT = instant("2026-03-10 09:30")
COMPLETE = "correction.complete_call"
CALL = {
    "phone": "13800005531", "name": "柯明月", "facts": "孕期被降薪。", "cause": "C01.01",
    "classes": ["DISPUTE"], "district": "两江新区",
}  # fmt: skip


def seat(people):  # noqa: F811
    return client_of(people["qinxiaoyue"])


def test_a_switchboard_fills_the_number_in_and_the_page_works_without_one(people):  # noqa: F811
    called(people)
    desk = seat(people)
    with clock.held_at(AT):
        popped = desk.get("/call/?phone=13800005511&source_number=A-77")
        assert "单位名称" in popped.content.decode(), "a firm has no surname"
        assert popped.context["form"].initial == {
            "phone": "13800005511",
            "source_number": "A-77",
        }
        assert [each["name"] for each in popped.context["callers"]] == ["邹世海"]
        for nonsense in (
            "?phone=",
            "?phone=%E4%BD%A0%E5%A5%BD",
            "?phone=" + "9" * 400,
            "?call=17&line=down",
        ):
            assert desk.get(f"/call/{nonsense}").status_code == 200, nonsense
        done = desk.post("/call/", CALL)  # the telephone link is down: nothing came along
        stranger = client_of(people["luoqiming"]).get("/call/?phone=13800005511")
    assert (done.status_code, stranger.status_code) == (302, 404)
    assert Client().get("/call/?phone=13800005511")["Location"].startswith("/login/")
    with transaction.atomic(), system("test"):
        assert CallRecord.objects.get(caller__name="柯明月").recording_id == ""


def test_two_calls_stand_side_by_side_and_sending_one_leaves_the_other(people):  # noqa: F811
    desk, me = seat(people), people["qinxiaoyue"].pk
    with clock.held_at(AT):
        for key, words in (("aaaaaaaa", "第一个来电"), ("bbbbbbbb", "第二个来电")):
            typed = {**CALL, "facts": words, "draft_key": key, "draft_author": str(me)}
            assert desk.post("/draft/intake.record_call/", typed).status_code < 400
        second = desk.get("/call/?draft=bbbbbbbb")
        assert "第二个来电" in second.content.decode()
        assert second.context["draft"]["others"] == 1
        desk.post(
            "/call/?draft=bbbbbbbb", {**CALL, "facts": "第二个来电", "draft_key": "bbbbbbbb"}
        )
        first = desk.get("/call/?draft=aaaaaaaa").content.decode()
    assert "第一个来电" in first
    with transaction.atomic(), system("test"):
        assert [row.key for row in Draft.objects.filter(ended_at=None)] == ["aaaaaaaa"]
        assert Case.objects.count() == 1


def test_the_record_is_completed_after_the_call(people):  # noqa: F811
    case = called(people).case
    later = {"work_place": "城南工地", "month_pay_yuan": "6000.00", "tried": "找过班组长",
             "confidential": "怕被报复", "recording_id": "R-2026-7"}  # fmt: skip
    start(people["qinxiaoyue"], COMPLETE, "2026-03-02 09:20", case, **later)
    with transaction.atomic(), system("test"):
        call = CallRecord.objects.get(case=case)
        told = Event.objects.get(case=case, kind="call.corrected").payload
        papers = Paper.objects.filter(case=case, code="D01").order_by("id")
        assert [row.life for row in papers] == ["SUPERSEDED", "VALID"], (
            "the printed record is issued anew"
        )
    assert (call.work_place, call.tried, call.facts) == (
        "城南工地",
        "找过班组长",
        DISPUTE["facts"],
    )
    assert "怕被报复" not in str(told), "words for the union only stay out of the ledger"
    assert set(told["fields"]) == set(later)
    with pytest.raises(NothingAdded):  # the second click
        start(people["qinxiaoyue"], COMPLETE, "2026-03-02 09:21", case, work_place="城南工地")
    with clock.held_at(AT):
        shown = seat(people).get(f"/cases/{case.pk}/do/{COMPLETE}/")
    assert shown.context["form"].initial["work_place"] == "城南工地"
    assert "怕被报复" not in shown.content.decode()
    assert "2027-03-02" in shown.content.decode(), (
        "the recording of the second of March is kept a year"
    )
    with pytest.raises(NotYours):
        start(people["luoqiming"], COMPLETE, "2026-03-02 09:22", case, work_place="城北")


SAME = {
    "phone": "13800005511", "name": "邹世海", "facts": "还是没发工资，问到哪一步了。", "cause": "A02.01",
    "classes": ["DISPUTE"], "employers-0-name": "岚桥机电",
}  # fmt: skip


def test_a_call_about_the_same_matter_is_put_there_or_stands_alone(people):  # noqa: F811
    case, desk = called(people).case, seat(people)
    with clock.held_at(AT):
        band = desk.post("/call/lookup/", SAME).content.decode()
        assert f'name="same_as" value="{case.pk}" data-key="alt+m"' in band
        for wrong in (
            {"same_as": "17"},
            {"employers-0-name": "织光服饰", "same_as": str(case.pk)},
            {"same_as": str(case.pk), "classes": ["EMERGENCY"]},
        ):
            assert desk.post("/call/", {**SAME, **wrong}).status_code == 422, wrong
        asked = {**SAME, "same_as": str(case.pk), "cause": ""}
        done = desk.post("/call/", asked, follow=True)
        assert done.status_code == 200, done.context["form"].errors
        assert "原来的查询码继续有效" in done.content.decode()
        alone = desk.post(
            "/call/", {**SAME, "district": "两江新区", "apart_because": "另一个工地"}
        )
    assert alone.status_code == 302
    with transaction.atomic(), system("test"):
        there, other = Case.objects.exclude(pk=case.pk).order_by("pk")
        assert (there.merged_into_id, there.outcome, there.district_id) == (
            case.pk, "DUPLICATE", case.district_id,
        )  # fmt: skip
        assert other.merged_into_id is None
        assert there.main_cause == case.main_cause != ""
        assert not there.tracking_codes.exists()
        assert not there.deadlines.filter(state="OPEN").exists()
        told = Event.objects.get(case=case, kind="cases.linked").payload
        assert told["ticket"] == str(there)
        assert [verify(each.pk) for each in (case, there)] == [[], []]
    back = start(
        people["dengchuan"], "joining.take_back", "2026-03-10 10:00", there, reason="另一家"
    )
    assert [task.flow_task.name for task in back.open_tasks] == ["triage"]
