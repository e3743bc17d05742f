"""Limitation on a case: warned with proof, per worker; never refused; unknown is not called safe."""

from datetime import date

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import system
from casework.models import CallRecord
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import called, received

pytestmark = pytest.mark.django_db


def page(people, case, who="qinxiaoyue", at="2026-03-10 09:00", asked=""):  # noqa: F811
    with clock.held_at(instant(at)):
        answer = client_of(people[who]).get(f"/cases/{case.pk}/limitation/{asked}")
    return answer.status_code, answer.content.decode()


def left(case, day):
    with transaction.atomic(), system("test"):
        CallRecord.objects.filter(case=case).update(left_on=day)


def test_without_the_end_of_employment_nothing_is_called_safe(people):  # noqa: F811
    case = called(people).case
    _status, words = page(people, case)
    assert "没有记录劳动关系是否已经结束" in words
    assert "不受一年时效限制" not in words
    assert "不受一年时效限制" in page(people, case, asked="?still_employed=on")[1]


def test_an_application_interrupts_and_is_the_proof(people):  # noqa: F811
    case = received(people).case
    left(case, date(2025, 6, 30))
    status, words = page(people, case)
    assert status == 200
    assert "2027-03-03" in words
    assert "申请调解" in words
    assert "2026-03-03" in words


def test_nearly_over_warns_and_refuses_nothing(people):  # noqa: F811
    case = called(people).case
    left(case, date(2025, 3, 14))
    status, words = page(people, case)
    assert status == 200
    assert "2026-03-16" in words  # 14 March 2026 is a Saturday
    assert "法律援助" in words
    assert received(people).case is not None


def test_a_stranger_finds_no_page(people):  # noqa: F811
    case = called(people).case
    for who in ("zhongping", "luoqiming", "jiangheng", "admin"):
        assert page(people, case, who)[0] == 404
