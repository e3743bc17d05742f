"""Unions elsewhere: the directory and its pairs on pages; who may change them; who leads; asked into a session."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.access.context import system
from casework.commands.joint_session import NotAsked
from casework.commands.joint_session import answer as say
from casework.models import Agency, HouseAct, Pairing, Partner
from mediation.commands.neighbour import NothingToJoin, proposed_lead
from mediation.engine.errors import Invalid
from mediation.forms.neighbour import partners_for
from tests.process.conftest import instant
from tests.process.journey import DISPUTE, TRIAGE, do, only, start

pytestmark = pytest.mark.django_db
NEW = {
    "name": "贵阳市总工会（试）", "province": "贵州省", "contact": "权益部", "phone": "0851-0000 0000",
    "address": "", "agreed_on": "2026-01-05", "is_open": "on",
}  # fmt: skip
WRITE = {
    "partner": "四川省总工会", "lead_by": "WE", "link": "用人单位注册在成都。", "asked": "请协助送达",
}  # fmt: skip


def browser(user) -> Client:
    made = Client(headers={"accept-language": "zh-hans"})
    made.force_login(user)
    return made


def triaged(people, **call):
    data = {**DISPUTE, "consents": ["EMPLOYER", "UNION_SICHUAN"], **call}
    done = start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:12", **data)
    return do(people["dengchuan"], only(done, "triage"), "2026-03-02 10:00", **TRIAGE).case


def test_a_partner_of_a_new_province_is_added_paired_and_parted(people):
    head, manager = browser(people["weijia"]), browser(people["dengchuan"])
    with clock.held_at(instant("2026-03-02 09:00")):
        assert head.post(reverse("new-partner"), NEW).status_code == 302
        again = head.post(reverse("new-partner"), NEW)
        assert again.status_code == 422
        assert "名录中已有同名工会" in again.content.decode()
        row = Partner.objects.get(province="贵州省")
        assert (
            row.office.agency.visible_fields
            == Agency.objects.get(code="UNION_SICHUAN").visible_fields
        )
        where = people["dengchuan"].district
        pair = {
            "district": where.pk,
            "partner": row.pk,
            "place": "遵义市",
            "since": "2026-03-01",
        }
        page = head.get(reverse("new-pair")).content.decode()
        assert '<input type="date" name="since" value="2026-03-02"' in page, (
            "the browser's calendar"
        )
        assert head.post(reverse("new-pair"), pair).status_code == 302
        assert head.post(reverse("new-pair"), pair).status_code == 422
        page = manager.get(reverse("partners")).content.decode()
        assert "遵义市" in page
        assert reverse("new-partner") not in page  # who only reads is offered no change
        made = Pairing.objects.get()
        assert manager.post(reverse("end-pair", args=[made.pk])).status_code in (403, 404)
        assert head.post(reverse("end-pair", args=[made.pk])).status_code == 302
        made.refresh_from_db()
        assert str(made.until) == "2026-03-02"
    with transaction.atomic(), system("test"):
        assert HouseAct.objects.filter(kind="partner.saved").count() == 3


def test_our_own_province_is_no_partner_and_a_stranger_sees_nothing(people):
    answer = browser(people["weijia"]).post(
        reverse("new-partner"), {**NEW, "province": "重庆市"}
    )
    assert answer.status_code == 422
    assert "其他省份" in answer.content.decode()
    for name in ("luoqiming", "qinxiaoyue"):
        assert browser(people[name]).get(reverse("partners")).status_code in (403, 404)


def test_the_paired_partner_stands_first_and_a_closed_one_is_not_offered(people):
    case = triaged(people)
    browser(people["weijia"]).post(reverse("new-partner"), NEW)
    with transaction.atomic(), system("test"):
        new = Partner.objects.get(province="贵州省")
        Pairing.objects.create(
            partner=new, district=case.district, place="遵义市", since=case.opened_at.date()
        )
        assert [name for name, _words in partners_for(case)] == [NEW["name"], "四川省总工会"]
        new.office.is_open = False
        new.office.save()
        assert [name for name, _words in partners_for(case)] == ["四川省总工会"]


@pytest.mark.parametrize(
    ("place", "who"), [("四川成都", "THEY"), ("两江新区", "WE"), ("", "UNKNOWN")]
)
def test_the_place_of_work_proposes_who_leads(people, place, who):
    case = triaged(people, work_place=place)
    with transaction.atomic(), system("test"):
        assert proposed_lead(case).who == who


def test_no_case_is_handed_over_on_a_ground_of_our_own_nor_joined_without_a_session(people):
    case = triaged(people)
    with pytest.raises(Invalid) as refused:
        start(people["dengchuan"], "neighbour.write", "2026-03-03 09:00", case,
              **{**WRITE, "lead_by": "THEY", "ground": "紧急"})  # fmt: skip
    assert "ground" in refused.value.form.errors
    start(people["dengchuan"], "neighbour.write", "2026-03-03 09:00", case, **WRITE)
    with pytest.raises(NothingToJoin):
        start(people["dengchuan"], "neighbour.invite", "2026-03-03 10:00", case,
              partner="四川省总工会", room="线上一室")  # fmt: skip
    with transaction.atomic(), system("test"), pytest.raises(NotAsked):
        at = instant("2026-03-03 10:00")
        say(case, comes=True, who="曾某", on=at.date(), by=people["dengchuan"], at=at)
