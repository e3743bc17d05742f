"""A referral whose office has a system: told by signed events, answered by signed events."""

import pytest

from casework.models import Event, Incoming, Outgoing, Referral
from mediation.exchange import delivery
from mediation.models import Task
from tests.exchange.conftest import at
from tests.process.journey import do, start
from tests.process.referred import referred, task_on
from tests.process.test_engine import in_system

pytestmark = pytest.mark.django_db


def state_of(case):
    return in_system(lambda: Referral.objects.get(case=case).state)


def delivered(door, text):
    with at(text):
        return delivery.deliver(door.peer.pk)


def test_an_offer_is_written_with_the_act_and_delivered_with_its_pack(people, hrss):
    done = referred(people)
    assert delivered(hrss, "2026-03-03 09:01") == 1
    (offer,) = hrss.there.said("offered")
    assert offer["matter"] == "LABOUR_INSPECTION"
    assert offer["pack"]["fields"]["names"] == ["邹世海"]
    assert "identity" not in offer["pack"]["fields"]
    assert in_system(lambda: Outgoing.objects.get(case=done.case).state) == "DELIVERED"


def test_a_referral_to_an_office_without_a_system_waits_for_its_people(people):
    referred(people)
    assert in_system(lambda: Outgoing.objects.count()) == 0


def test_the_whole_talk_moves_the_same_steps_that_people_take(people, hrss):
    done = referred(people)
    delivered(hrss, "2026-03-03 09:01")
    subject = hrss.there.order[0]["subject"]
    with at("2026-03-03 10:00"):
        hrss.tell("signed", subject, 1, {"receipt": "r"})
    assert state_of(done.case) == "SIGNED"
    with at("2026-03-04 10:00"):
        hrss.tell("returned", subject, 2, {"missing": ["工资流水"]})
    assert state_of(done.case) == "RETURNED"
    do(people["dengchuan"], task_on(done.case, "supply"), "2026-03-05 09:00", words="两页")
    assert delivered(hrss, "2026-03-05 09:01") == 1
    assert hrss.there.said("supplemented")[0]["pack"]["number"] == 2
    with at("2026-03-06 10:00"):
        hrss.tell("accepted", subject, 3, {"own_number": "渝人社监〔2026〕7号", "handler": "罗", "expected_on": "2026-05-01"})  # fmt: skip
        hrss.tell("progressed", subject, 4, {"words": "已立案", "on": "2026-03-06"})
        hrss.tell("result", subject, 5, {"result": "PAID", "words": "已责令支付", "on": "2026-03-06"})  # fmt: skip
    row = in_system(lambda: Referral.objects.get(case=done.case))
    assert (row.state, row.own_number, row.result) == ("RESULT", "渝人社监〔2026〕7号", "PAID")
    task = task_on(done.case, "read_result")
    do(people["dengchuan"], task, "2026-03-06 11:00", words="")
    kinds = in_system(lambda: list(
        Event.objects.filter(case=done.case, kind__startswith="referral.").values_list("kind", flat=True)
    ))  # fmt: skip
    assert kinds.count("referral.signed") == kinds.count("referral.result") == 1


def test_a_refusal_and_a_redirection_come_by_machine_too(people, hrss):
    done = referred(people)
    delivered(hrss, "2026-03-03 09:01")
    subject = hrss.there.order[0]["subject"]
    with at("2026-03-04 09:00"):  # an office that answers has signed for it
        hrss.tell("redirected", subject, 1, {"matter": "ARBITRATION", "reason": "属仲裁"})
    states = in_system(
        lambda: {r.matter: r.state for r in Referral.objects.filter(case=done.case)}
    )
    assert states == {"LABOUR_INSPECTION": "REDIRECTED", "ARBITRATION": "SENT"}
    assert delivered(hrss, "2026-03-04 09:01") == 1
    second = hrss.there.order[-1]["subject"]
    assert second != subject
    with at("2026-03-04 10:00"):
        hrss.tell("declined", second, 1, {"reason_code": "ALREADY_PENDING", "reason": "已受理"})
    assert task_on(done.case, "decide")


def test_events_that_overtake_each_other_are_applied_in_their_order(people, hrss):
    done = referred(people)
    delivered(hrss, "2026-03-03 09:01")
    subject = hrss.there.order[0]["subject"]
    with at("2026-03-06 10:00"):
        hrss.tell(
            "result", subject, 3, {"result": "PAID", "words": "已支付", "on": "2026-03-06"}
        )
        assert state_of(done.case) == "SENT"
        hrss.tell("accepted", subject, 2, {"own_number": "7", "handler": "罗"})
        assert state_of(done.case) == "SENT"
        hrss.tell("signed", subject, 1, {})
    assert state_of(done.case) == "RESULT"


def test_withdrawn_on_the_workers_wish_is_told_and_a_late_answer_changes_nothing(people, hrss):
    done = referred(people)
    delivered(hrss, "2026-03-03 09:01")
    subject = hrss.there.order[0]["subject"]
    start(people["dengchuan"], "takeback.withdraw", "2026-03-04 09:00", done.case,
          matter="LABOUR_INSPECTION", reason="已私下解决")  # fmt: skip
    with at("2026-03-04 10:00"):
        hrss.tell("accepted", subject, 1, {"own_number": "7", "handler": "罗"})
    assert state_of(done.case) == "WITHDRAWN"
    row = in_system(lambda: Incoming.objects.get(peer=hrss.peer))
    assert row.state == "REFUSED"
    assert row.problem
    assert delivered(hrss, "2026-03-04 10:01") == 2
    assert [e["type"].split(".")[-2] for e in hrss.there.order] == [
        "offered",
        "withdrawn",
        "refused",
    ]
    assert not in_system(lambda: Task.objects.filter(case=done.case, is_open=True, process__referral__isnull=False).exists())  # fmt: skip


def test_a_dispute_without_consent_offers_nothing(people, court):
    done = referred(people, matter="FILING", court_ground="IOU")
    assert in_system(lambda: Outgoing.objects.count()) == 0
    do(people["dengchuan"], task_on(done.case, "ask_consent"), "2026-03-03 10:00", given="yes", how="call")  # fmt: skip
    assert delivered(court, "2026-03-03 10:01") == 1
