"""Limitation on a case: warned with proof, per worker; never refused; unknown is not called safe."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from casework import clock
from casework.access.context import acting, system
from casework.commands.limitation import SuspensionOutOfOrder, record_fact
from casework.models import CallRecord, Event, LimitationFact
from casework.queries.limitation import standings
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, own_people, people  # noqa: F401
from tests.process.journey import called, received
from tests.process.test_engine import in_system, race

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


def recorded(people, case, **words):  # noqa: F811
    asked = {
        "kind": "ENDED",
        "on": "2025-06-30",
        "cause": "",
        "evidence": "",
        "party": "",
        **words,
    }
    with clock.held_at(instant("2026-03-10 09:00")):
        client = client_of(people[words.pop("who", "qinxiaoyue")])
        return client.post(f"/cases/{case.pk}/limitation/", asked, follow=True)


def facts(case):
    return in_system(lambda: list(LimitationFact.objects.filter(case=case)))


def test_stored_facts_make_the_chain_and_the_proof_for_each_worker(people):  # noqa: F811
    case = called(people).case
    assert "已登记" in recorded(people, case).content.decode()
    proof = {
        "kind": "INTERRUPT",
        "on": "2025-11-03",
        "cause": "短信催要工资",
        "evidence": "手机短信截图，卷内第 3 页",
    }
    assert recorded(people, case, **proof, party="W01").status_code == 200
    _status, words = page(people, case)
    assert "2026-11-03" in words
    assert "短信催要工资" in words
    assert "卷内第 3 页" in words
    told = in_system(lambda: Event.objects.filter(case=case, kind="limitation.recorded").last())
    assert (told.payload["what"], told.payload["party"]) == ("INTERRUPT", "W01")


def test_a_suspension_adds_its_days_and_its_chain_is_kept_in_order(people):  # noqa: F811
    case = called(people).case
    recorded(people, case)
    early = recorded(people, case, kind="SUSPEND_END", on="2025-08-20", evidence="出院小结")
    assert early.status_code == 422
    assert "中止须先开始后消除" in early.content.decode()
    recorded(people, case, kind="SUSPEND_START", on="2025-08-01", evidence="住院证明")
    recorded(people, case, kind="SUSPEND_END", on="2025-08-21", evidence="出院小结")
    assert "2026-07-20" in page(people, case)[1]  # a year from 30 June 2025 and twenty days
    begun = facts(case)[1]
    url = f"/cases/{case.pk}/limitation/{begun.pk}/void/"
    answer = client_of(people["qinxiaoyue"]).post(url, {"reason": "录错"}, follow=True)
    assert "中止须先开始后消除" in answer.content.decode()


def test_without_evidence_or_in_the_future_nothing_is_stored_and_what_was_typed_stays(people):  # noqa: F811
    case = called(people).case
    bare = recorded(people, case, kind="INTERRUPT", on="2025-11-03", cause="电话催要")
    assert bare.status_code == 422
    assert "没有证据" in bare.content.decode()
    assert "电话催要" in bare.content.decode()
    assert recorded(people, case, on="2026-03-11").status_code == 422
    assert facts(case) == []


def test_a_wrong_fact_is_voided_with_a_reason_and_stays_visible(people):  # noqa: F811
    case = called(people).case
    recorded(people, case)
    (row,) = facts(case)
    url = f"/cases/{case.pk}/limitation/{row.pk}/void/"
    client = client_of(people["qinxiaoyue"])
    assert "请说明为什么作废" in client.post(url, {"reason": " "}, follow=True).content.decode()
    client.post(url, {"reason": "日期听错"})
    words = page(people, case)[1]
    assert "日期听错" in words
    assert "没有记录劳动关系是否已经结束" in words
    assert "已经作废" in client.post(url, {"reason": "再来"}, follow=True).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic(), system("test"):
        LimitationFact.objects.filter(pk=row.pk).update(on=date(2025, 1, 1))


def test_a_stranger_and_a_reader_record_nothing(people):  # noqa: F811
    case = called(people).case
    for who in ("zhongping", "luoqiming", "jiangheng", "yuanjing"):
        assert recorded(people, case, who=who).status_code == 404, who
    assert facts(case) == []


def test_two_who_end_the_same_suspension_at_once_leave_one_end(own_people):  # noqa: F811
    case = called(own_people).case
    recorded(own_people, case, kind="SUSPEND_START", on="2025-08-01", evidence="住院证明")

    def ended():
        with transaction.atomic(), acting(case.pk, own_people["qinxiaoyue"]):
            return record_fact(
                case, kind="SUSPEND_END", on=date(2025, 8, 21), cause="", evidence="出院小结",
                by=own_people["qinxiaoyue"], at=instant("2026-03-10 09:00"),
            )  # fmt: skip

    outcomes = race(ended, ended)
    assert sum(isinstance(each, SuspensionOutOfOrder) for each in outcomes) == 1, outcomes


def test_what_is_recorded_reaches_the_notice_of_the_end(people):  # noqa: F811
    case = received(people).case
    recorded(people, case)
    with transaction.atomic(), system("test"):
        (found,) = standings(case, date(2026, 3, 10), ("OPEN",))
    assert found.found.expires_on == date(2027, 3, 3)
