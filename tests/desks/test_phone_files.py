"""Photographs by the caller's telephone: a link for two hours, for one worker, for nothing else."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from casework import clock, upload_link
from casework.access.context import acting
from casework.models import Evidence
from tests.desks.test_rules import client_of
from tests.desks.test_worker import photograph
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import called

pytestmark = pytest.mark.django_db
AT = instant("2026-03-02 09:10")


@pytest.fixture
def desk(people, settings, tmp_path):  # noqa: F811
    """The operator's desk, and the path that the QR code holds."""
    settings.WUFANG_FILES = tmp_path
    case = called(people).case
    with clock.held_at(AT):
        seat = client_of(people["qinxiaoyue"])
        page = seat.post(f"/cases/{case.pk}/phone/")
        yield case, seat, page, re.search(r"/u/[^<\s]+/", page.content.decode())[0]


def bare(answer):
    """The page without the tokens and addresses of its forms."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def came(case):
    with transaction.atomic(), acting(case.pk, None):
        return list(Evidence.objects.filter(case=case).select_related("party"))


def test_a_telephone_sends_and_says_that_is_all(desk):
    case, _seat, page, path = desk
    assert page.context["picture"].startswith("data:image/svg+xml")
    phone = Client(headers={"accept-language": "zh-hans"})
    shown = phone.get(path).content.decode()
    for word in ("邹世海", "岚桥", str(case), "5511"):
        assert word not in shown
    assert came(case) == []  # looking changed nothing
    assert phone.post(path, {"files": [photograph(), photograph("blue")]}).status_code == 200
    assert "收到 2 个文件" in phone.post(path, {"files": [photograph()]}).content.decode()
    assert [row.party.ref for row in came(case)] == ["W01"] * 2
    assert phone.post(path, {"done": "1"})["Location"] == "/u/done/"
    assert phone.get("/u/done/").status_code == 200
    for late in (phone.get(path), phone.post(path, {"files": [photograph("green")]})):
        assert late.status_code == 410
    assert len(came(case)) == 2


def test_a_link_is_over_after_two_hours_and_a_forged_one_looks_the_same(desk):
    case, _seat, _page, path = desk
    phone = Client()
    with clock.held_at(AT + upload_link.LASTS):
        late = phone.get(path)
    forged = phone.get(path[:-3] + "xx/")
    assert (late.status_code, forged.status_code) == (410, 410)
    assert bare(late) == bare(forged)
    with clock.held_at(AT + upload_link.LASTS - timedelta(seconds=1)):
        assert phone.get(path).status_code == 200
    assert came(case) == []


def test_what_is_no_picture_is_named_and_the_link_stays(desk):
    case, _seat, _page, path = desk
    bad = photograph()
    bad.seek(0)
    bad.truncate(20)
    answer = Client(headers={"accept-language": "zh-hans"}).post(path, {"files": [bad]})
    assert "没有全部收到" in answer.content.decode() or "考勤.jpg" in answer.content.decode()
    assert came(case) == []
    assert Client().get(path).status_code == 200


def test_who_may_not_see_the_case_makes_no_link(desk, people):  # noqa: F811
    case, *_ = desk
    for name, code in (("zhongping", 404), ("luoqiming", 404), ("admin", 404)):
        assert client_of(people[name]).post(f"/cases/{case.pk}/phone/").status_code == code
    assert Client().post(f"/cases/{case.pk}/phone/").status_code == 302
