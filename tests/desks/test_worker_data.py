"""The worker's own data: all of it and nobody else's, taken along, and a wish for deletion answered by law."""

import io
import json
import re
import zipfile
from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import acting, system
from casework.commands import keeping
from casework.models import (
    CallRecord,
    Case,
    Claim,
    Event,
    LegalHold,
    Note,
    Party,
    Person,
    WorkerWord,
)
from tests.desks.test_worker import MOST_HAN, matter, photograph, sentences, worker  # noqa: F401
from tests.process.conftest import instant, people  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=False)
HIDDEN = ("底线两万零六百", "13800008877", "别人的三万七", "对方老板私下说")


def planted(case, people):  # noqa: F811
    """A caucus note, another member with a sum, a confidential call of theirs."""
    with transaction.atomic(), acting(case.pk, people["heminzhi"]):
        Note.objects.create(
            case=case, author=people["heminzhi"], text=HIDDEN[0], at=case.opened_at
        )
    with transaction.atomic(), system("test"):
        other = Person(name="郎青", phone=HIDDEN[1])
        other.index()
        other.save()
        party = Party.objects.create(case=case, ref="W02", side="WORKER", person=other)
        Claim.objects.create(
            case=case, party=party, code="A02.01", item=HIDDEN[2], amount_yuan=37000
        )
        CallRecord.objects.create(
            case=case,
            caller=other,
            started_at=case.opened_at,
            facts=HIDDEN[3],
            confidential=HIDDEN[3],
        )
        CallRecord.objects.filter(case=case, caller__name="邹世海").update(
            confidential="怕被辞退"
        )


def taken(client):
    answer = client.post("/track/data/along/")
    assert answer.streaming
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def desk(person):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(person)
    return client


def test_all_of_mine_and_nothing_of_others(matter, worker, people):  # noqa: F811
    planted(matter[0], people)
    worker.post("/track/files/", {"files": [photograph()]})
    page = worker.get("/track/data/").content.decode()
    for mine in (
        "13800005511",
        "三个月工资没有发。",
        "怕被辞退",
        "18000.00",
        "人力资源和社会保障局",
    ):
        assert mine in page, mine
    assert re.search(r"一个文件，约 \d+ KB", page)
    with taken(worker) as archive:
        names = archive.namelist()
        told = archive.read("data.json").decode()
    assert [name for name in names if name.startswith("files/")] == ["files/01.jpg"]
    assert json.loads(told)["本人"][0]["姓名"] == "邹世海"
    for hidden in (*HIDDEN, "郎青"):
        assert hidden not in page + told, hidden
    long = [
        each for each in sentences(page) if len(re.findall(r"[\u4e00-\u9fff]", each)) > MOST_HAN
    ]
    assert long == []


def test_without_the_one_time_code_nothing_is_shown_or_taken(matter):  # noqa: F811
    client = Client()
    assert client.get("/track/data/")["Location"] == "/track/"
    client.post("/track/", {"code": matter[1], "tail": "5511"})
    assert client.get("/track/data/")["Location"] == "/track/confirm/"
    assert client.post("/track/data/along/")["Location"] == "/track/confirm/"


def test_a_correction_goes_to_the_union_and_its_answer_comes_back(matter, worker, people):  # noqa: F811
    worker.post("/track/say/", {"kind": "CORRECTION", "text": "地址写错了"})
    manager = desk(people["dengchuan"])
    page = manager.get("/words/").content.decode()
    assert "地址写错了" in page
    assert (
        manager.post(f"/words/{_word()}/", {"text": "x"}).status_code == 404
    )  # only by the step
    step = re.search(r'href="(/work/\d+/|/tasks?/\d+/)"[^>]*>去核实并答复', page)[1]
    form = manager.get(step).content.decode()
    assert "地址写错了" in form
    assert "138****5511" in form
    assert (
        "13800005511" not in form
    )  # masked; the full number is a look of its own, with a reason
    sent = {"decision": "REFUSE", "words": "与身份证一致。"}
    assert manager.post(step, sent).status_code == 302
    page = worker.get("/track/say/").content.decode()
    for told in (
        "没有改",
        "与身份证一致。",
        "找负责人反映",
        "个人信息保护法第65条",
        "个人信息保护法第50条",
    ):
        assert told in page, told
    assert [
        each for each in sentences(page) if len(re.findall(r"[\u4e00-\u9fff]", each)) > MOST_HAN
    ] == []
    assert "没有改 与身份证一致" in worker.get("/track/data/").content.decode()


def _word():
    with transaction.atomic(), system("test"):
        return WorkerWord.objects.get(answered_at=None).pk


STATES = {
    "running": ("案件还在办理", "您的事情还要用这些信息"),
    "kept": ("保管期限到 2036-03-06", "要保管到 2036-03-06"),
    "held": ("已冻结销毁", "有关机关依法还要用这份档案"),
    "over": ("期限已满，可以申请销毁", "现在由两人决定是否销毁"),
}


def come_to(state, case, staff):
    """The file is put away, a hold is placed, the term ends: each from where the one before left it."""
    with transaction.atomic(), acting(case.pk, None):
        if state == "kept":
            Case.objects.filter(pk=case.pk).update(archived_on=date(2026, 3, 6))
            keeping.begin(case, outcome="FAILED", on=date(2026, 3, 6))
        if state == "held":
            keeping.place_hold(
                case, ground="法院来函", paper="", by=staff["weijia"], at=clock.now()
            )
        if state == "over":
            hold = LegalHold.objects.get(case=case)
            keeping.lift_hold(hold, why="已结", by=staff["gongwen"], at=clock.now())


def test_a_wish_for_deletion_is_the_archivists_against_term_and_hold(matter, worker, people):  # noqa: F811
    union, archivist = desk(people["dengchuan"]), desk(people["gongwen"])
    for state, said in STATES.items():
        come_to(state, matter[0], people)
        worker.post("/track/say/", {"kind": "DELETION", "text": ""})
        number = _word()
        assert "由档案员答复" in union.get("/words/").content.decode()
        assert union.post(f"/words/{number}/", {"text": "x"}).status_code == 404
        with clock.held_at(
            instant("2036-04-01 09:00" if state == "over" else "2026-04-01 09:00")
        ):
            page = archivist.get("/words/").content.decode()
        answer = re.search(r"<textarea[^>]*>([^<]+)</textarea>", page)[1]
        for words in (*said, "个人信息保护法第47条"):
            assert words in page, (state, words)
        assert ("个人信息保护法第50条" in answer) is (state != "over")
        assert all(len(part) <= MOST_HAN for part in answer.split("。")), answer
        archivist.post(f"/words/{number}/", {"text": answer})
        assert said[1] in worker.get("/track/say/").content.decode()
    with transaction.atomic(), system("test"):
        last = Event.objects.filter(case=matter[0]).last()
    assert (last.kind, last.payload["what"]) == ("worker.answered", "DELETION")


def test_a_consent_that_is_taken_back_says_what_it_stops(matter, worker):  # noqa: F811
    page = worker.get("/track/data/").content.decode()
    assert 'href="/track/offices/"' in page
    assert "那家单位就不能再看您的信息" in page
