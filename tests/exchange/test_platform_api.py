"""Grass-roots platforms by API: their number is kept and answered, our referral is read and moved by their program."""

import pytest

from casework.models import Inbound, Referral
from tests.exchange.conftest import at, meet
from tests.exchange.test_platforms import passed_on
from tests.exchange.test_pull import Program, only
from tests.process.journey import do
from tests.process.referred import task_on
from tests.process.test_engine import in_system

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("agency", ["PLATFORM_141", "HOTLINE_12345", "HOTLINE_12348"])
def test_a_platform_sends_a_matter_once_and_reads_what_became_of_it(people, agency):
    platform = Program(meet(agency, "platform-cq").peer.user)
    matter = {
        "agency": agency, "number": "GD-0007", "matter": "MEDIATION", "procedure": "TRANSFERRED",
        "district": "两江新区", "facts": "两个月没发工资", "names": [{"name": "柏川"}],
        "employers": [{"name": "青屿餐饮"}],
    }  # fmt: skip
    with at("2026-03-02 09:00"):
        sent = platform.post("/api/v1/exchange/matters/", matter)
        assert sent.status_code == 201, sent.content.decode()
        assert platform.post("/api/v1/exchange/matters/", matter).status_code == 422
    row = in_system(lambda: Inbound.objects.select_related("case").get())
    assert row.case.source_number == "GD-0007"
    do(people["dengchuan"], task_on(row.case, "sign_for"), "2026-03-02 10:00")
    do(people["dengchuan"], task_on(row.case, "answer"), "2026-03-02 11:00", answer="DECLINED",
       reason_code="NOT_IN_SCOPE", reason="不属劳动争议")  # fmt: skip
    (told,) = platform.get("/api/v1/exchange/matters/").json()["matters"]
    assert (told["number"], told["state"]) == ("GD-0007", "DECLINED")
    stranger = Program(meet("JUSTICE", "justice-cq").peer.user)
    assert stranger.get("/api/v1/exchange/matters/").json()["matters"] == []


def test_our_referral_is_read_and_answered_by_the_platforms_program(people):
    platform = Program(meet("PLATFORM_141", "141-cq").peer.user)
    _done, row = passed_on(people)
    with at("2026-03-03 10:00"):
        seen = only(platform)
        assert seen["number"] == row.number
        assert platform.answer(seen["id"], kind="signed").status_code == 200
        accepted = platform.answer(
            seen["id"], kind="accepted", handler="街道综治办", own_number="141-9001"
        )
        assert accepted.json()["state"] == "ACCEPTED"
        last = platform.answer(seen["id"], kind="result", result="PAID", words="已协调支付")
        assert last.json()["state"] == "RESULT"
    row = in_system(lambda: Referral.objects.get(pk=row.pk))
    assert (row.own_number, row.result) == ("141-9001", "PAID")
