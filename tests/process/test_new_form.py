"""New employment forms: what is sorted out, and what is refused with a word at its field."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework.access.context import system
from casework.commands.new_form import NotAnEmployer, OneFirmTwice, sort_out
from casework.models import NewForm, Party, Referral
from mediation.engine.errors import Invalid, NotYours
from tests.process.conftest import instant
from tests.process.journey import DISPUTE, TRIAGE, do, only, start

pytestmark = pytest.mark.django_db
TOLD = {
    "trade": "DELIVERY", "platform": "R1", "subject_fit": "present", "management": "partly",
    "business": "present",
}  # fmt: skip
AT = "2026-03-02 11:00"


def triaged(people):
    firms = [{"name": "飞羽网络（虚构）"}, {"name": "速达配送（虚构）"}]
    data = {**DISPUTE, "employers": firms, "consents": ["EMPLOYER", "HRSS"]}
    done = start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:12", **data)
    return do(people["dengchuan"], only(done, "triage"), "2026-03-02 10:00", **TRIAGE).case


def sort(people, case, who="dengchuan", **more):
    return start(people[who], "newform.sort_out", AT, case, **{**TOLD, **more})


def test_three_facts_make_an_estimate_and_a_later_answer_replaces_it(people):
    case = triaged(people)
    sort(people, case, partner="R2")
    sort(people, case, partner="R2", management="absent")
    with transaction.atomic(), system("test"):
        row = NewForm.objects.get(case=case)
        assert (row.relation, row.relation_row) == ("UNLIKELY", "R7")
        case.refresh_from_db()
        assert case.is_new_form
        assert [party.capacity for party in Party.objects.filter(case=case, side="EMPLOYER")] == [
            "平台企业", "平台合作企业",
        ]  # fmt: skip
        assert not Referral.objects.filter(case=case).exists()


def test_an_injury_goes_its_own_way_once(people):
    case = triaged(people)
    for _time in range(2):
        sort(people, case, partner="R2", injured_on="2026-02-20")
    with transaction.atomic(), system("test"):
        (row,) = Referral.objects.filter(case=case)
        assert (row.matter, row.side_track) == ("OCCUPATIONAL_INJURY_PROTECTION", True)


def test_an_injury_of_tomorrow_one_firm_twice_and_a_worker_as_platform_are_refused(people):
    case = triaged(people)
    with pytest.raises(Invalid) as refused:
        sort(people, case, injured_on="2026-03-03")
    assert "injured_on" in refused.value.form.errors
    with pytest.raises(OneFirmTwice):
        sort(people, case, partner="R1")
    with transaction.atomic(), system("test"):
        worker = Party.objects.get(case=case, ref="W01")
        with pytest.raises(NotAnEmployer):
            sort_out(case, platform=worker, partner=None, by=people["dengchuan"],
                     at=instant(AT), trade="RIDE")  # fmt: skip
    with pytest.raises(NotYours):
        sort(people, case, who="luoqiming")


def test_the_page_tells_the_estimate_with_its_reason(people):
    case = triaged(people)
    sort(people, case, partner="R2")
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(people["dengchuan"])
    page = client.get(reverse("start", args=[case.pk, "newform.sort_out"])).content.decode()
    assert "不完全符合确立劳动关系的情形" in page
    assert "人社部发〔2021〕56号" in page
