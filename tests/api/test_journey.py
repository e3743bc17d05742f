"""One whole case over HTTP alone, by programs with tokens; and every door tried by a stranger."""

import json
from itertools import count

import pytest
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import system
from mediation.api import tokens
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import DISPUTE, TRIAGE, print_papers

pytestmark = pytest.mark.django_db
NUMBERS = count(1)


class Program:
    """A program that acts for one person."""

    def __init__(self, user):
        with transaction.atomic(), system("test"):
            self.token = tokens.make(user, "test", clock.now())
        self.client = Client(raise_request_exception=False)

    def get(self, path):
        return self.client.get(
            f"/api/v1/{path}", headers={"Authorization": f"Token {self.token}"}
        )

    def post(self, path, data, key=None):
        headers = {
            "Authorization": f"Token {self.token}",
            "Idempotency-Key": key or f"k{next(NUMBERS)}",
        }
        return self.client.post(
            f"/api/v1/{path}",
            json.dumps(data),
            content_type="application/json",
            headers=headers,
        )

    def does(self, step, data):
        """Complete the one open task on a step, after reading its form."""
        (task,) = [each for each in self.get("tasks/").json()["tasks"] if each["step"] == step]
        form = self.get(f"tasks/{task['id']}/").json()["form"]
        assert set(data) <= set(form["properties"])
        answer = self.post(f"tasks/{task['id']}/", data)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()


@pytest.fixture
def programs(people):  # noqa: F811
    return {
        name: Program(people[name])
        for name in ("qinxiaoyue", "dengchuan", "heminzhi", "weijia", "luoqiming", "gongwen")
    }


def test_one_case_from_call_to_archive_over_http(programs, settings, tmp_path):
    settings.WUFANG_FILES = tmp_path
    seat, manager, mediator = (
        programs["qinxiaoyue"],
        programs["dengchuan"],
        programs["heminzhi"],
    )
    head, archive = programs["weijia"], programs["gongwen"]
    with clock.held_at(instant("2026-03-02 09:00")):
        call = seat.post("calls/", DISPUTE)
        assert call.status_code == 201, call.content.decode()
        case = call.json()["case"]
        assert "say_once" in call.json()
        manager.does("intake.triage", TRIAGE)
    with clock.held_at(instant("2026-03-03 09:00")):
        manager.does("acceptance.receive_application", {"agreeing": ["R1"]})
        manager.does("acceptance.decide_acceptance", {"decision": "ACCEPT"})
        head.does("mediation.appoint", {"mediator": "heminzhi"})
        mediator.does(
            "mediation.notify",
            {"on_day": "2026-03-09", "at_time": "09:30", "place": "调解室一"},
        )
    with clock.held_at(instant("2026-03-09 10:00")):
        mediator.does(
            "mediation.hold_session",
            {
                "result": "SETTLED",
                "rights_read": True,
                "record": "双方同意。",
                "agreed_facts": "欠薪一万八千元。",
            },
        )
        mediator.does(
            "agreement.draft",
            {
                "total_yuan": "18000.00",
                "payer": "R1",
                "instalments": [{"due_on": "2026-03-20", "amount_yuan": "18000.00"}],
                "no_unlawful_waiver": True,
            },
        )
        mediator.does("agreement.make_ready", {"decision": "READY", "read_by_both": True})
        mediator.does("agreement.collect_signatures", {"signed_by": ["W01", "R1", "mediator"]})
        head.does("agreement.seal", {"decision": "SEAL"})
    with clock.held_at(instant("2026-03-19 10:00")):
        paid = manager.does("followup.watch", {"what": "PAYMENT", "amount_yuan": "18000.00"})
        assert paid["status"] == "PERFORMED"
        manager.does("closing.report", {"outcome": "AGREED_PERFORMED", "words": "款项付清。"})
        head.does("closing.decide_closing", {})
        seat.does("closing.visit", {"reached": True, "satisfied": "satisfied"})
        print_papers(case)
        done = archive.does("closing.archive", {"complete": True})
        assert done["status"] == "ARCHIVED"
        assert manager.get(f"cases/{case}/").json()["number"] == "渝工调两江〔2026〕1号"
        rules = {
            row["rule"] for row in manager.get(f"cases/{case}/deadlines/").json()["deadlines"]
        }
        assert {"M-01", "M-03", "M-04", "A-01", "A-04"} <= rules
        codes = {row["code"] for row in manager.get(f"cases/{case}/papers/").json()["papers"]}
        assert {"D01", "D02", "D08", "D09", "D12", "D14", "D31"} <= codes
        kinds = [row["kind"] for row in manager.get(f"cases/{case}/events/").json()["events"]]
        assert kinds[-1] == "case.archived" or "case.archived" in kinds


def test_the_same_key_counts_once_and_says_the_same(programs):
    seat = programs["qinxiaoyue"]
    first, second = (seat.post("calls/", DISPUTE, key="same") for _each in range(2))
    assert first.json() == second.json()
    assert len(seat.get("cases/").json()["cases"]) == 1
    other = seat.post("calls/", {**DISPUTE, "name": "别人"}, key="same")
    assert other.status_code == 422


def test_an_unsafe_request_without_key_is_refused(programs):
    seat = programs["qinxiaoyue"]
    answer = seat.client.post(
        "/api/v1/calls/",
        "{}",
        content_type="application/json",
        headers={"Authorization": f"Token {seat.token}"},
    )
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.content.decode()


def test_what_is_wrong_is_said_field_by_field(programs):
    answer = programs["qinxiaoyue"].post("calls/", {"phone": "138"})
    assert answer.status_code == 422
    assert {"phone", "facts", "cause", "classes"} <= set(answer.json()["errors"])
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        '{"facts": "\\u0000"}',
        '{"facts": "\\ud800"}',
        "[" * 2000 + "]" * 2000,
        "{",
        '{"a": NaN}',
    ],
)
def test_hostile_json_is_refused_in_words(programs, body):
    seat = programs["qinxiaoyue"]
    headers = {"Authorization": f"Token {seat.token}", "Idempotency-Key": "x"}
    answer = seat.client.post(
        "/api/v1/calls/", body, content_type="application/json", headers=headers
    )
    assert answer.status_code == 400, answer.content


def test_strangers_find_nothing(programs):
    case = programs["qinxiaoyue"].post("calls/", DISPUTE).json()["case"]
    for path in (
        f"cases/{case}/",
        f"cases/{case}/events/",
        f"cases/{case}/deadlines/",
        f"cases/{case}/papers/",
    ):
        assert programs["luoqiming"].get(path).status_code == 404
        assert Client().get(f"/api/v1/{path}").status_code == 401


def test_a_revoked_token_opens_nothing(programs):
    from casework.models import ApiToken

    seat = programs["qinxiaoyue"]
    with transaction.atomic(), system("test"):
        ApiToken.objects.filter(user__username="qinxiaoyue").update(revoked_at=clock.now())
    assert seat.get("tasks/").status_code == 401


def test_the_schema_names_every_door():
    answer = Client().get("/api/v1/schema/", headers={"Accept": "application/json"})
    assert answer.status_code in (200, 401)
