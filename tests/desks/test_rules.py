"""The rules desk and the calendar page: proposed, approved by another, not found for strangers."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import system
from casework.models import CalendarLoad, RuleEdit
from casework.rules.taxonomy import causes
from config.server import doctor
from tests.casework.test_calendar import INVENTED
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import accepted

pytestmark = pytest.mark.django_db
NOW = instant("2026-03-10 09:00")
CHANGE = {"length": "2", "effective_from": "2026-04-01", "reason": "人手不足，市总商定"}


def client_of(user):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


@pytest.fixture
def desk(people):  # noqa: F811
    with clock.held_at(NOW):
        yield {name: client_of(user) for name, user in people.items()}


def proposed(desk, code="P-03", **change):
    answer = desk["jiangheng"].post(f"/rules/limit/{code}/", {**CHANGE, **change}, follow=True)
    assert "已提交" in answer.content.decode()
    return RuleEdit.objects.get()


def test_one_proposes_another_approves_and_it_stands_in_the_book(desk, people):  # noqa: F811
    case = accepted(people).case
    edit = proposed(desk, "M-04", length="20")
    page = desk["bailu"].get(f"/rules/edit/{edit.pk}/").content.decode()
    assert "案件一直适用受理时的规则" in page
    with transaction.atomic(), system("test"):
        case.refresh_from_db()
    assert case.number in page
    assert re.findall(r"<td[^>]*>(2026-\d\d-\d\d)</td>", page) == [
        "2026-03-04",
        "2026-03-19",
        "2026-03-24",
    ]
    answer = desk["bailu"].post(
        f"/rules/edit/{edit.pk}/decide/", {"decision": "approve"}, follow=True
    )
    assert answer.status_code == 200
    assert RuleEdit.objects.get().state == "APPROVED"
    assert "已批准，等待生效" in desk["jiangheng"].get("/rules/").content.decode()


def test_the_proposer_finds_no_button_and_is_refused_in_words(desk):
    edit = proposed(desk)
    page = desk["jiangheng"].get(f"/rules/edit/{edit.pk}/").content.decode()
    assert 'value="approve"' not in page
    answer = desk["jiangheng"].post(
        f"/rules/edit/{edit.pk}/decide/", {"decision": "approve"}, follow=True
    )
    assert "须由第二人审定" in answer.content.decode()
    assert RuleEdit.objects.get().state == "PROPOSED"


def test_a_refusal_needs_a_reason_and_withdrawal_ends_it(desk):
    edit = proposed(desk)
    url = f"/rules/edit/{edit.pk}/"
    assert desk["bailu"].post(f"{url}decide/", {"decision": "reject"}).status_code == 200
    assert RuleEdit.objects.get().state == "PROPOSED"
    desk["jiangheng"].post(f"{url}withdraw/", {"note": "重新商定"})
    assert RuleEdit.objects.get().state == "WITHDRAWN"


@pytest.mark.parametrize("who", ["qinxiaoyue", "dengchuan", "heminzhi", "luoqiming"])
def test_for_a_stranger_the_desk_does_not_exist(desk, who):
    edit = proposed(desk)
    for url in ("/rules/", "/rules/calendar/", "/rules/limit/P-03/", f"/rules/edit/{edit.pk}/"):
        assert desk[who].get(url).status_code == 404, url
    post = desk[who].post(f"/rules/edit/{edit.pk}/decide/", {"decision": "approve"})
    assert post.status_code == 404
    assert Client().get("/rules/").status_code == 302


def test_an_administrator_looks_at_a_proposal_and_decides_nothing(desk):
    edit = proposed(desk)
    page = desk["admin"].get(f"/rules/edit/{edit.pk}/")
    assert page.status_code == 200
    assert 'value="approve"' not in page.content.decode()
    assert desk["admin"].get("/rules/limit/P-03/").status_code == 404
    post = desk["admin"].post(f"/rules/edit/{edit.pk}/decide/", {"decision": "approve"})
    assert post.status_code == 404
    assert RuleEdit.objects.get().state == "PROPOSED"


def test_a_policy_is_never_called_law_and_the_law_has_no_form(desk):
    page = desk["jiangheng"].get("/rules/?all=1&q=P-03").content.decode()
    assert "本系统的规定，不是法律" in page
    assert desk["jiangheng"].get("/rules/limit/M-03/").status_code == 404
    assert (
        "只能随版本发布修改" in desk["jiangheng"].get("/rules/?all=1&q=M-03").content.decode()
    )


def test_wrong_input_stays_in_the_form_with_a_reason(desk):
    wrong = {**CHANGE, "effective_from": "2026-03-10"}
    page = desk["jiangheng"].post("/rules/limit/P-03/", wrong).content.decode()
    assert "生效日期须晚于今天" in page
    assert "人手不足" in page
    assert not RuleEdit.objects.exists()


def test_a_figure_is_proposed_with_its_source(desk):
    asked = {"value": "2500", "mark": "S", "source": "渝府发〔2026〕9号（演练）",
             "effective_from": "2026-04-01", "reason": "新标准"}  # fmt: skip
    answer = desk["jiangheng"].post("/rules/figure/min_wage_month_1/", asked, follow=True)
    assert "2500.00" in answer.content.decode()


def test_a_calendar_is_compared_then_loaded(desk):
    def file():
        return SimpleUploadedFile("2027.yaml", INVENTED.encode())

    page = desk["jiangheng"].post("/rules/calendar/", {"file": file(), "check": "1"})
    assert "没有载入" in page.content.decode()
    assert not CalendarLoad.objects.exists()
    page = desk["jiangheng"].post(
        "/rules/calendar/", {"file": file(), "load": "1"}, follow=True
    )
    assert "2027" in page.content.decode()
    assert CalendarLoad.objects.get().loaded_by.username == "jiangheng"
    bad = SimpleUploadedFile("x.yaml", b"\xff\xfe")
    page = desk["jiangheng"].post("/rules/calendar/", {"file": bad, "load": "1"})
    assert "UTF-8" in page.content.decode()


def test_the_page_warns_before_the_horizon_ends(desk):
    warning = "之后的期限暂按周末推算"
    assert warning not in desk["jiangheng"].get("/rules/calendar/").content.decode()
    with clock.held_at(instant("2026-11-05 09:00")):
        assert warning in desk["jiangheng"].get("/rules/calendar/").content.decode()


def test_the_ordinary_variant_follows_the_length(desk):
    proposed(desk, "P-10", length="6", variant_collective="4", variant_emergency="1")
    assert RuleEdit.objects.get().changes == {
        "length": 6, "variants": {"ordinary": 6, "collective": 4, "emergency": 1},
    }  # fmt: skip


def test_the_desk_says_who_changes_what(desk):
    page = desk["jiangheng"].get("/rules/").content.decode()
    rows = re.findall(
        r'<span class="tag">([VSKUP])</span>(.*?)</tr>',
        page.split("谁能修改什么")[1].split("</details>")[0],
        re.S,
    )
    assert {mark: words.count("只能随版本发布修改") for mark, words in rows} == {
        "V": 2, "S": 1, "K": 0, "U": 0, "P": 0,
    }  # fmt: skip


def test_sixty_days_before_the_calendar_ends_the_desk_and_the_doctor_warn(people):  # noqa: F811
    for day, warned in (("2026-11-01 09:00", False), ("2026-11-02 09:00", True)):
        with clock.held_at(instant(day)):
            page = client_of(people["jiangheng"]).get("/rules/").content.decode()
            assert ("放假安排只录入到2026-12-31" in page) is warned, day
            found = [each.says for each in doctor.holidays()]
            assert bool(found) is warned, day


def test_the_causes_stand_with_court_number_group_and_version(desk):
    page = desk["jiangheng"].get("/rules/causes/").content.decode()
    assert "2026-01-01" in page
    assert re.search(r"A04\.01</td>.*?经济补偿.*?205\.6.*?解除、终止劳动合同", page, re.S)
    assert page.count("<section") == len({each.parent for each in causes().values()})
    assert desk["qinxiaoyue"].get("/rules/causes/").status_code == 404
