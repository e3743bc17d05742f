"""The employer's door: what was served, an answer, own papers, the plan; nothing of the worker's, and no stranger."""

import re

import pytest
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import acting
from casework.models import Employer, Evidence, Note, Party, Service, WorkerWord
from documents import issue
from mediation.commands import door
from tests.desks.test_rules import client_of
from tests.desks.test_worker import photograph
from tests.pocket import Pocket, arrive
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import DISPUTE, TRIAGE, do, only, start

pytestmark = pytest.mark.django_db
AT = instant("2026-03-05 10:00")
PHONE = "023-0000 5522"
# What the file knows and the other side must never read.
SECRETS = {
    "name": "邹世海", "phone": "13800005511", "facts": "密甲：怕丢工作。", "confidential": "密乙：底线一万二。",
    "evidence": "密丙：录音。", "address": "密丁路七号",
}  # fmt: skip


@pytest.fixture
def case(people, settings, tmp_path):  # noqa: F811
    """A call with a mark in every field; a paper was served on the firm, another only on the worker."""
    settings.WUFANG_FILES = tmp_path
    made = start(
        people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:00", **DISPUTE | SECRETS
    )
    settings.WUFANG_NOTIFIER = "tests.pocket.Pocket"
    desk = people["dengchuan"]
    made = do(desk, only(made, "triage"), "2026-03-02 10:00", **TRIAGE)
    made = do(desk, only(made, "receive_application"), "2026-03-03 09:00", agreeing=["R1"])
    with clock.held_at(AT), transaction.atomic(), acting(made.case.pk, people["weijia"]):
        Employer.objects.filter(parties__case=made.case).update(phone=PHONE)
        Note.objects.create(case=made.case, author=people["weijia"], text="密戊", at=AT)
        for party, reason in ((firm(made.case), "不属于劳动争议"), (None, "密己")):
            paper = issue.issue(
                "D25", case=made.case, by=people["weijia"], at=AT, reason=reason
            )
            issue.render_pending(paper.pk)
            if party:
                Service.objects.create(
                    case=made.case, party=party, document="D25", paper_id=paper.pk, way="direct",
                    served_on=clock.day(AT),
                )  # fmt: skip
    with clock.held_at(AT):
        yield made.case


def firm(case):
    return Party.objects.get(case=case, side="EMPLOYER")


def code_for(case, desk):
    with transaction.atomic(), acting(case.pk, None):
        party = firm(case)
    page = desk.post(f"/cases/{case.pk}/door/", {"party": str(party.pk)})
    return page.context.get("code"), page


@pytest.fixture
def inside(case, people):  # noqa: F811
    """A browser of the firm that has gone through both doors."""
    code, _page = code_for(case, client_of(people["weijia"]))
    client = Client(headers={"accept-language": "zh-hans"})
    assert client.post("/door/", {"code": code, "tail": "5522"})["Location"] == "/door/confirm/"
    assert client.get("/door/inside/")["Location"] == "/door/confirm/"
    client.post("/door/confirm/", {"send": "1"})
    arrive()
    otp = re.search(r"\d{6}", Pocket.texts[-1][1])[0]
    assert client.post("/door/confirm/", {"otp": otp})["Location"] == "/door/inside/"
    return client


def test_it_reads_what_was_served_on_it_and_nothing_else(case, inside):
    page = inside.get("/door/inside/")
    shown = page.content.decode()
    assert "岚桥机电" in shown
    (mine,) = page.context["papers"]
    assert inside.get(f"/door/papers/{mine['id']}/").content.startswith(b"%PDF")
    with transaction.atomic(), acting(case.pk, None):
        others = set(issue.Paper.objects.filter(case=case).values_list("pk", flat=True))
    assert len(others - {mine["id"]}) >= 1
    for number in others - {mine["id"]}:
        assert inside.get(f"/door/papers/{number}/").status_code == 404
    for secret in (*SECRETS.values(), "密戊", "密己", "密"):
        assert secret not in shown


def test_its_answer_and_its_papers_reach_the_union(case, inside, people):  # noqa: F811
    assert inside.post("/door/inside/", {"text": " "}).status_code == 422
    inside.post("/door/inside/", {"text": "我们已经付清了三月的工资。"})
    inside.post("/door/inside/", {"files": [photograph()]})
    with transaction.atomic(), acting(case.pk, None):
        (word,) = WorkerWord.objects.filter(case=case)
        (file,) = Evidence.objects.filter(case=case).select_related("party")
        assert (word.kind, word.party_id) == ("ANSWER", file.party_id)
        assert file.party.side == "EMPLOYER"
    shown = inside.get("/door/inside/").content.decode()
    assert "已经付清了三月" in shown
    assert "已经付清了三月" in client_of(people["weijia"]).get("/words/").content.decode()


def test_a_code_opens_the_door_of_its_side_alone(case, inside, people):  # noqa: F811
    code, _page = code_for(case, client_of(people["weijia"]))
    worker = Client(headers={"accept-language": "zh-hans"})
    assert worker.post("/track/", {"code": code, "tail": "5522"}).status_code == 200  # no match
    for path in ("/track/status/", "/track/files/", "/track/looks/", "/track/data/"):
        assert inside.get(path)["Location"] == "/track/"
    again = start(people["qinxiaoyue"], "intake.record_call", "2026-03-06 09:00",
                  **DISPUTE | {"phone": "13800005599"})  # fmt: skip
    workers = re.search(r"\d{16}", again.say_once.replace(" ", ""))[0]
    assert worker.post("/door/", {"code": workers, "tail": "5599"}).status_code == 200
    assert "/door/inside/" not in worker.get("/door/confirm/").get("Location", "")


def test_no_door_without_a_service_a_telephone_or_the_right(case, people):  # noqa: F811
    desk = client_of(people["weijia"])
    with transaction.atomic(), acting(case.pk, None):
        Employer.objects.filter(parties__case=case).update(phone="")
    code, page = code_for(case, desk)
    assert (code, str(page.context["problem"])) == (None, str(door.NoTelephone()))
    with transaction.atomic(), acting(case.pk, None):
        Service.objects.filter(case=case).update(voided_at=AT)
    _code, page = code_for(case, desk)
    assert isinstance(page.context["problem"], door.NothingServed)
    for name in ("qinxiaoyue", "zhongping", "luoqiming"):
        assert client_of(people[name]).get(f"/cases/{case.pk}/door/").status_code == 404
    assert Client().get("/door/inside/")["Location"] == "/door/"
