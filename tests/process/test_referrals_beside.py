"""Several referrals of a case run side by side; one waits for another only if the manager says so."""

import pytest

from casework import clock
from casework.models import Pack, Referral
from mediation.engine.errors import Invalid
from tests.process.conftest import instant
from tests.process.journey import do, start
from tests.process.referred import referred
from tests.process.test_engine import in_system

INSPECTION, ADVICE, FILING = "LABOUR_INSPECTION", "LEGAL_AID_CONSULT", "FILING"


def row_of(case, matter):
    return in_system(lambda: Referral.objects.get(case=case, matter=matter))


def step(who, row, node, at, **data):
    from mediation.models import Task

    rows = in_system(lambda: list(Task.objects.filter(process__referral=row, is_open=True)))
    return do(who, next(each for each in rows if each.flow_task.name == node), at, **data)


def consented(people, case, agency):
    start(people["dengchuan"], "consent.record", "2026-03-03 10:00", case, what="GIVE",
          parties=["W01"], agency=agency, how="paper")  # fmt: skip


def refer(people, case, matter, at="2026-03-03 11:00", **data):
    start(
        people["dengchuan"], "referral.refer", at, case, matter=matter, asked="请办理", **data
    )
    return row_of(case, matter)


def test_each_goes_its_own_way_whatever_the_others_do(people, client):
    case = referred(people).case
    consented(people, case, "JUSTICE")
    second = refer(people, case, ADVICE)
    step(people["songyu"], second, "sign_for", "2026-03-03 14:00")
    step(
        people["songyu"],
        second,
        "answer",
        "2026-03-04 09:00",
        answer="ACCEPTED",
        handler="宋雨",
    )
    assert (row_of(case, INSPECTION).state, row_of(case, ADVICE).state) == ("SENT", "ACCEPTED")
    consented(people, case, "COURT")
    third = refer(people, case, FILING, "2026-03-05 09:00", court_ground="IOU")
    step(people["songyu"], second, "follow_up", "2026-03-05 10:00", what="RESULT",
         result="ADVICE_GIVEN", words="已解答")  # fmt: skip
    step(people["luoqiming"], row_of(case, INSPECTION), "sign_for", "2026-03-05 11:00")
    assert [row_of(case, each).state for each in (INSPECTION, ADVICE, FILING)] == [
        "SIGNED", "RESULT", "SENT",
    ]  # fmt: skip
    assert third.hop == 0
    client.force_login(people["dengchuan"])
    with clock.held_at(instant("2026-03-06 09:00")):
        sides = client.get(f"/cases/{case.pk}/referrals/").context["sides"]
    assert [(each["office_days"], each["union_days"]) for each in sides] == [
        (3, 0), (2, 0), (1, 0),
    ]  # fmt: skip
    assert [each["light"]["state"] for each in sides] == ["normal", "done", "soon"]
    assert all(each["history"] for each in sides)


def test_one_waits_for_another_if_the_manager_says_so(people, client):
    case = referred(people).case
    consented(people, case, "JUSTICE")
    with pytest.raises(Invalid, match="after"):
        refer(people, case, ADVICE, after="1")
    first = row_of(case, INSPECTION)
    held = refer(people, case, ADVICE, after=str(first.pk))
    assert (held.state, held.sent_at) == ("ASKING_CONSENT", None)
    assert in_system(lambda: Pack.objects.filter(referral=held).count()) == 0
    client.force_login(people["dengchuan"])
    assert "等待" in waits(client, held)
    step(people["luoqiming"], first, "sign_for", "2026-03-03 14:00")
    step(people["luoqiming"], first, "answer", "2026-03-04 09:00", answer="ACCEPTED",
         handler="罗启明")  # fmt: skip
    step(people["luoqiming"], first, "follow_up", "2026-03-05 09:00", what="RESULT",
         result="CORRECTED", words="已付清")  # fmt: skip
    assert "已办结" in waits(client, held)
    step(people["dengchuan"], held, "ask_consent", "2026-03-05 10:00", given="yes", how="call")
    assert row_of(case, ADVICE).state == "SENT"


def waits(client, held):
    """What the step of a held referral says about the other one."""
    from mediation.models import Task

    rows = in_system(lambda: list(Task.objects.filter(process__referral=held, is_open=True)))
    task = next(each for each in rows if each.flow_task.name == "ask_consent")
    with clock.held_at(instant("2026-03-05 09:30")):
        return str(client.get(f"/task/{task.pk}/").context["subject"]["why"])


def test_st12_counts_what_each_agency_did_in_time(people, client):
    case = referred(people).case
    first = row_of(case, INSPECTION)
    step(people["luoqiming"], first, "sign_for", "2026-03-04 14:00")  # P-11: in time
    step(people["luoqiming"], first, "answer", "2026-03-13 09:00", answer="DECLINED",
         reason_code="OTHER", reason="无关")  # fmt: skip
    consented(people, case, "JUSTICE")
    second = refer(people, case, ADVICE)
    step(people["songyu"], second, "sign_for", "2026-03-06 09:00")  # too late
    step(people["songyu"], second, "answer", "2026-03-09 09:00", answer="RETURNED",
         missing="流水")  # fmt: skip
    client.force_login(people["dengchuan"])
    rows = client.get("/linkage/?since=2026-03-01&until=2026-03-31").context["rows"]
    told = {
        str(row["name"]): [row[name] for name in (
            "sent", "signed_in_time", "answered_in_time", "days", "returned", "declined", "lapsed", "results",
        )]
        for row in rows
    }  # fmt: skip
    assert sorted(told.values()) == [[1, 0, 0, 3.0, 1, 0, 0, 0], [1, 1, 0, 9.0, 0, 1, 0, 0]]
    assert client.get("/linkage/?since=2026-04-01&until=2026-04-30").context["rows"] == []
