"""An agency that pulls: its own referrals with pack and papers, its answers, the matters it sends."""

import io
import json
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import system
from casework.models import Inbound, Outgoing, Peer, Referral
from documents import issue
from documents.models import Paper
from mediation.api import tokens
from tests.exchange.conftest import at, meet
from tests.process.journey import do
from tests.process.referred import referred, task_on
from tests.process.test_engine import in_system

pytestmark = pytest.mark.django_db
KEYS = count(1)
LIST = "/api/v1/exchange/referrals/"


class Program:
    """The program of an agency, with its token."""

    def __init__(self, user):
        with transaction.atomic(), system("test"):
            self.headers = {"Authorization": f"Token {tokens.make(user, 'test', clock.now())}"}
        self.client = Client(raise_request_exception=False)

    def get(self, path):
        return self.client.get(path, headers=self.headers)

    def post(self, path, data, key=""):
        headers = {**self.headers, "Idempotency-Key": key or f"k{next(KEYS)}"}
        return self.client.post(
            path, json.dumps(data), content_type="application/json", headers=headers
        )

    def answer(self, number, **data):
        return self.post(f"{LIST}{number}/answers/", data)


@pytest.fixture
def hrss(people):
    return Program(meet("HRSS", "hrss-cq").peer.user)


def only(program):
    (row,) = program.get(LIST).json()["referrals"]
    return row


def test_a_program_lists_reads_and_answers_its_own_referrals(people, hrss):
    with at("2026-03-03 09:00"):
        done = referred(people)
        row = only(hrss)
        assert (row["state"], row["matter"]) == ("SENT", "LABOUR_INSPECTION")
        assert row["deadlines"][0]["rule"] == "P-11"
        whole = hrss.get(f"{LIST}{row['id']}/").json()
        assert whole["pack"]["fields"]["names"] == ["邹世海"]
        assert "identity" not in whole["pack"]["fields"]
        assert hrss.answer(row["id"], kind="signed").json()["state"] == "SIGNED"
    with at("2026-03-04 09:00"):
        first = hrss.post(f"{LIST}{row['id']}/answers/", {"kind": "accepted", "handler": "罗", "own_number": "7"}, "k")  # fmt: skip
        again = hrss.post(f"{LIST}{row['id']}/answers/", {"kind": "accepted", "handler": "罗", "own_number": "7"}, "k")  # fmt: skip
        assert (first.status_code, first.json()) == (200, again.json())
        assert hrss.answer(row["id"], kind="progressed", words="已立案").status_code == 200
        last = hrss.answer(row["id"], kind="result", result="PAID", words="已支付")
        assert last.json()["state"] == "RESULT"
        assert hrss.get(f"{LIST}?open=1").json()["referrals"] == []
    assert in_system(lambda: Referral.objects.get(case=done.case).result) == "PAID"


def test_the_papers_of_a_pack_are_read_and_no_other(people, hrss):
    with at("2026-03-03 09:00"):
        done = referred(people)
        number = only(hrss)["id"]
        papers = hrss.get(f"{LIST}{number}/").json()["papers"]
        for each in papers:
            in_system(lambda each=each: issue.render_pending(int(each["id"])))
            answer = hrss.get(f"{LIST}{number}/papers/{each['id']}/")
            assert answer.content[:5] == b"%PDF-"
        known = {int(each["id"]) for each in papers}
        others = in_system(
            lambda: [p.pk for p in Paper.objects.filter(case=done.case) if p.pk not in known]
        )
        assert others
        for other in others:
            assert hrss.get(f"{LIST}{number}/papers/{other}/").status_code == 404


@pytest.mark.parametrize("path", ["", "papers/1/"])
def test_a_stranger_finds_nothing(people, hrss, path):
    with at("2026-03-03 09:00"):
        referred(people)
        number = only(hrss)["id"]
        court = Program(meet("COURT", "court-cq").peer.user)
        assert court.get(LIST).json()["referrals"] == []
        assert court.get(f"{LIST}{number}/{path}").status_code == 404
        assert court.answer(number, kind="signed").status_code == 404
        liaison = Program(people["luoqiming"])  # a person's token is no agency's system
        assert liaison.get(LIST).status_code == 401
        assert Client().get(LIST).status_code == 401
        assert Client().get(LIST, headers={"Authorization": "Token x"}).status_code == 401
    assert in_system(lambda: Referral.objects.get().state) == "SENT"


def test_an_answer_out_of_turn_or_of_no_kind_is_refused_in_words(people, hrss):
    with at("2026-03-03 09:00"):
        referred(people)
        number = only(hrss)["id"]
        assert hrss.answer(number, kind="eaten").status_code == 400
        assert hrss.answer(number, kind="result", result="PAID", words="x").status_code == 422
        assert hrss.answer(number, kind="declined").status_code == 422  # no reason
        assert hrss.answer(number, kind="signed").status_code == 200
        assert hrss.answer(number, kind="signed").status_code == 422
    assert in_system(lambda: Referral.objects.get().state) == "SIGNED"


def test_events_are_fetched_and_what_was_fetched_is_delivered(people, hrss):
    with at("2026-03-03 09:00"):
        referred(people)
        (event,) = hrss.get("/api/v1/exchange/feed/").json()["events"]
        assert event["type"] == "cn.wufang.referral.offered.v1"
        assert in_system(lambda: Outgoing.objects.get().state) == "WAITING"
        assert hrss.get(f"/api/v1/exchange/feed/?after={event['id']}").json()["events"] == []
        assert hrss.get("/api/v1/exchange/feed/?after=x").status_code == 400
    assert in_system(lambda: Outgoing.objects.get().state) == "DELIVERED"


def test_a_matter_is_sent_and_its_result_read(people):
    court = Program(meet("COURT", "court-cq").peer.user)
    matter = {
        "agency": "COURT", "number": "（2026）诉前调417号", "matter": "COURT_MEDIATION",
        "procedure": "APPOINTED", "district": "两江新区", "facts": "拖欠工资",
        "names": [{"name": "邹世海"}], "employers": [{"name": "岚桥机电"}],
    }  # fmt: skip
    with at("2026-03-02 09:00"):
        assert (
            court.post("/api/v1/exchange/matters/", {**matter, "names": []}).status_code == 422
        )
        sent = court.post("/api/v1/exchange/matters/", matter)
        assert sent.status_code == 201, sent.content.decode()
        assert sent.json()["ticket_no"].startswith("CQ12351-")
        again = court.post("/api/v1/exchange/matters/", matter)
        assert again.status_code == 422
    row = in_system(lambda: Inbound.objects.select_related("case").get())
    do(people["dengchuan"], task_on(row.case, "sign_for"), "2026-03-02 10:00")
    (told,) = court.get("/api/v1/exchange/matters/").json()["matters"]
    assert (told["number"], told["state"]) == (matter["number"], "SIGNED")
    other = Program(meet("JUSTICE", "justice-cq").peer.user)
    assert other.get("/api/v1/exchange/matters/").json()["matters"] == []


def test_the_schema_shows_how_with_examples(client):
    schema = client.get("/api/v1/schema/?format=json", headers={"Accept": "application/vnd.oai.openapi+json"})  # fmt: skip
    paths = json.loads(schema.content)["paths"]
    answers = paths["/api/v1/exchange/referrals/{referral_id}/answers/"]["post"]
    shown = answers["requestBody"]["content"]["application/json"]["examples"]
    kinds = {each["value"]["kind"] for each in shown.values()}
    assert kinds == {
        "signed",
        "accepted",
        "returned",
        "declined",
        "redirected",
        "progressed",
        "result",
    }
    event = paths["/api/v1/exchange/events/"]["post"]
    assert {each["name"] for each in event["parameters"]} >= {"Wufang-Key", "Wufang-Signature"}


def test_an_administrator_connects_an_agency_by_commands(people, capsys, monkeypatch):
    call_command("peer", "add", "TAX", "--node", "tax-cq", "--url", "https://tax.example.cn/")
    call_command("peer", "key", "tax-cq")
    call_command("peer", "token", "tax-cq")
    call_command("peer", "close", "tax-cq")
    call_command("peer", "open", "tax-cq")
    call_command(
        "peer", "add", "CIVIL", "--name", "民政局", "--sees", "names", "--node", "civil-cq"
    )
    call_command("peer", "list")
    said = capsys.readouterr().out
    assert "secret (shown only now)" in said
    assert "tax-cq\tTAX\tPUSH\thttps://tax.example.cn\topen\twaiting 0" in said
    assert Peer.objects.get(node="civil-cq").direction == "PULL"
    for words in (
        ("add", "TAX", "--node", "again"), ("add", "NOBODY", "--node", "x"), ("close", "nobody"),
        ("add", "HEALTH", "--node", "h", "--url", "http://example.cn"),
        ("add", "HEALTH", "--node", "h", "--url", "https://a:b@example.cn"),
        ("add", "HEALTH", "--node", "h", "--district", "无此区"), ("reconcile", "tax-cq"),
    ):  # fmt: skip
        with pytest.raises(CommandError), transaction.atomic():
            call_command("peer", *words)
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="32"):
        call_command("peer", "install-key", "tax-cq", "k1")
