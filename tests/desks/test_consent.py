"""Consent per worker and kind: recorded on the case page, taken back there or in the portal, obeyed at once."""

from datetime import date

import pytest
from django.db import transaction

from casework.access.context import system, tracking
from casework.models import Consent, Pack, Referral
from documents.issue import facts_of
from documents.models import Paper
from mediation.engine.errors import Invalid
from mediation.forms.referral_words import PACK_WORDS
from mediation.models import Task
from tests.process.conftest import people  # noqa: F401
from tests.process.journey import DISPUTE, TRIAGE, do, only, start
from tests.process.referred import signed, task_on
from tests.process.test_engine import in_system

FIVE = [
    {"name": name, "phone": f"1380000552{number}", "amount_yuan": "3000.00"}
    for number, name in enumerate(("石青", "石蓝", "石紫", "石白", "石灰", "石墨"))
]


def consented(people, done, what, *refs, at="2026-03-04 08:00", agency="HRSS", **data):  # noqa: F811
    return start(people["dengchuan"], "consent.record", at, done.case, what=what, agency=agency,
                 parties=list(refs), **data)  # fmt: skip


def kinds_of(case, agency="HRSS"):
    """The kinds of data that were let go there, as far as a pack names them."""
    rows = in_system(lambda: list(Consent.objects.filter(case=case, agency=agency)))
    return [kind for kind in rows[0].kinds if kind in PACK_WORDS]


def packs(done):
    return in_system(
        lambda: list(Pack.objects.filter(referral__case=done.case).order_by("number"))
    )


def group(people):  # noqa: F811
    call = {**DISPUTE, "phone": "13800005520", "name": "石青", "group_size": 6, "members": FIVE}
    made = start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:00", **call)
    made = do(
        people["dengchuan"], only(made, "triage"), "2026-03-02 10:00", **TRIAGE, group_size=6
    )
    return start(people["dengchuan"], "referral.refer", "2026-03-03 09:00", made.case,
                 matter="LABOUR_INSPECTION", asked="请核查")  # fmt: skip


def test_of_a_group_only_those_leave_who_agreed_and_can_go_back(people):  # noqa: F811
    done = group(people)
    (first,) = packs(done)
    assert (first.fields["names"], first.fields["people"]) == (["石青"], 6)
    assert {row["who"] for row in first.fields["claims"]} == {"W01", "×5"}
    do(people["luoqiming"], in_system(lambda: Task.objects.get(
        case=done.case, is_open=True, flow_task__endswith="sign_for")), "2026-03-03 14:00")  # fmt: skip
    consented(people, done, "GIVE", "W02", kinds=["names"])
    assert len(packs(done)) == 1  # a consent alone sends nothing
    consented(people, done, "WITHDRAW", "W01", at="2026-03-04 09:00")
    first, second = packs(done)
    assert (first.closed_why, second.closed_at) == ("replaced", None)
    assert second.fields["names"] == ["石蓝"]
    assert "phone" not in second.fields
    assert "石青" not in str(second.fields)
    consented(people, done, "WITHDRAW", "W02", at="2026-03-04 10:00")
    assert in_system(lambda: Referral.objects.get(case=done.case).state) == "WITHDRAWN"
    assert all(row.closed_at for row in packs(done))


def test_each_worker_whose_data_leave_has_a_paper_of_the_own_consent(people):  # noqa: F811
    call = {**DISPUTE, "phone": "13800005520", "name": "石青", "group_size": 6, "members": FIVE,
            "consents": ["EMPLOYER"]}  # fmt: skip
    made = start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:00", **call)
    made = do(
        people["dengchuan"], only(made, "triage"), "2026-03-02 10:00", **TRIAGE, group_size=6
    )
    made = start(people["dengchuan"], "referral.refer", "2026-03-03 09:00", made.case,
                 matter="LABOUR_INSPECTION", asked="请核查")  # fmt: skip
    do(people["dengchuan"], only(made, "ask_consent"), "2026-03-03 10:00", given="yes",
       how="call", parties=["W01", "W03"])  # fmt: skip
    papers = in_system(lambda: [
        facts_of(row) for row in Paper.objects.filter(case=made.case, code="D05")
    ])  # fmt: skip
    assert sorted(each.worker for each in papers) == ["石紫", "石青"]
    assert {(each.receiver, each.how) for each in papers} == {
        ("人力资源和社会保障局", "电话告知并录音")
    }


def test_what_was_never_given_cannot_be_taken_back(people):  # noqa: F811
    done = signed(people)
    with pytest.raises(Invalid, match="parties"):
        consented(people, done, "WITHDRAW", "W01", agency="COURT")
    with pytest.raises(Invalid, match="kinds"):
        consented(people, done, "GIVE", "W01", kinds=["identity"])


def test_the_worker_sees_who_has_what_and_says_no(people, client):  # noqa: F811
    from casework import tracking as codes

    done = signed(people)
    with transaction.atomic(), system("test"):
        party = done.case.parties.get(ref="W01")
        code = codes.make_code(case=done.case, party=party, by=None, at=done.case.opened_at)
    client.post("/track/", {"code": code, "tail": "5511"})
    session = client.session
    session["tracked_confirmed"] = True
    session.save()
    told = {"what": "PROGRESS", "words": "已到现场核查工资台账。"}
    do(people["luoqiming"], task_on(done.case, "answer"), "2026-03-04 09:00", answer="ACCEPTED",
       handler="罗启明")  # fmt: skip
    do(people["luoqiming"], task_on(done.case, "follow_up"), "2026-03-05 09:00", **told)
    answer = client.get("/track/offices/")
    (row,) = [each for each in answer.context["rows"] if each["code"] == "HRSS"]
    (matter,) = row["matters"]
    assert row["may_refuse"]
    assert row["data"] == "、".join(str(PACK_WORDS[kind]) for kind in kinds_of(done.case))
    assert (matter["words"], matter["office"]) == ("劳动保障监察", "两江新区劳动保障监察机构")
    assert (matter["since"], matter["said"]["on"]) == (date(2026, 3, 3), date(2026, 3, 5))
    shown = answer.content.decode()
    for words in (row["name"], row["data"], matter["office"], matter["next"], told["words"]):
        assert words in shown
    assert client.post("/track/offices/", {"agency": "HRSS"}).status_code == 302
    assert in_system(lambda: Referral.objects.get(case=done.case).state) == "WITHDRAWN"
    kept = in_system(lambda: list(Consent.objects.filter(case=done.case, agency="HRSS")))
    assert {row.how for row in kept} == {"call", "refused"}
    assert all(row.withdrawn_at for row in kept)
    assert client.post("/track/offices/", {"agency": "NOBODY"}).status_code == 404
    after = client.get("/track/offices/").context["rows"]
    assert [
        (each["refused"], each["may_refuse"]) for each in after if each["code"] == "HRSS"
    ] == [(True, False)]
    with transaction.atomic(), tracking(done.case.pk, party.pk):
        assert Referral.objects.count() == 1


def test_without_the_code_by_text_the_offices_are_not_shown(client, people):  # noqa: F811
    assert client.get("/track/offices/").status_code == 302
    assert client.post("/track/offices/", {"agency": "HRSS"}).status_code == 302


def test_the_union_sees_all_referrals_side_by_side(people, client):  # noqa: F811
    done = signed(people)
    client.force_login(people["dengchuan"])
    shown = client.get(f"/cases/{done.case.pk}/referrals/").content.decode()
    for words in ("劳动保障监察", "两江新区劳动保障监察机构", "邹世海"):
        assert words in shown
    assert client.get("/linkage/?since=2026-03-01&until=2026-03-31").status_code == 200
    client.force_login(people["luoqiming"])
    assert client.get(f"/cases/{done.case.pk}/referrals/").status_code == 404
    assert client.get("/linkage/").status_code == 404
