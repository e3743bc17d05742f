"""Papers issued on demand: asks for exactly what is missing, shows the real PDF, issues it once."""

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import system
from casework.models import Party
from documents import issue, preview
from documents.models import NumberSeries, Paper, Preview
from mediation.commands.papers import asked, known, on_demand
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import called, received, remove_what_was_let_go

pytestmark = pytest.mark.django_db
TYPED = {
    "subject": "规范工资支付",
    "found": "近期有职工来电反映工资未按时发放。",
    "rules": "《中华人民共和国劳动法》第五十条",
    "hints": "按月足额支付工资。\n建立工资台账。",
}


@pytest.fixture
def case(people):  # noqa: F811
    return received(people).case


def ask(people, who, address, at="2026-03-05 09:00", **data):  # noqa: F811
    with clock.held_at(instant(at)):
        client = client_of(people[who])
        return client.post(address, data) if data else client.get(address)


def new(case, code="D22"):
    return f"/cases/{case.pk}/papers/new/{code}/"


def seen_by(case):
    with transaction.atomic(), system("test"):
        return list(Preview.objects.filter(case=case))


def issued(case, code="D22"):
    with transaction.atomic(), system("test"):
        return list(Paper.objects.filter(case=case, code=code))


def test_the_page_asks_for_what_is_missing_and_nothing_else_is_required(people, case):  # noqa: F811
    with transaction.atomic(), system("test"):
        facts = known("D22", case, None, by=people["weijia"], at=instant("2026-03-05 09:00"))
    assert asked(facts) == ["subject", "found", "rules", "hints"]
    words = ask(people, "weijia", new(case)).content.decode()
    first = words.split('id="part-1"')[1].split('<details class="panel"')[0]
    assert first.count("field-need") == 4
    assert all(label in first for label in ("事由", "核查情况", "法律依据", "提示内容"))


def test_it_is_looked_at_without_a_number_and_then_issued_with_one(
    people,  # noqa: F811
    case,
    settings,
    tmp_path,
):
    settings.WUFANG_FILES = tmp_path
    answer = ask(people, "weijia", new(case), **TYPED)
    assert answer.status_code == 302
    (seen,) = seen_by(case)
    look = answer["Location"]
    assert ask(people, "weijia", f"{look}paper.pdf").status_code == 202
    preview.print_preview(seen.pk)
    assert ask(people, "weijia", f"{look}paper.pdf").content.startswith(b"%PDF")
    assert "签发" in ask(people, "weijia", look).content.decode()
    assert not NumberSeries.objects.filter(name__startswith="监提").exists()
    assert ask(people, "weijia", f"{look}issue/", yes="1").status_code == 302
    (paper,) = issued(case)
    with transaction.atomic(), system("test"):
        assert issue.facts_of(paper).hints == ("按月足额支付工资。", "建立工资台账。")
    assert "监提〔2026〕1号" in paper.number
    assert seen_by(case) == []
    remove_what_was_let_go()
    assert list(tmp_path.rglob("*.bin")) == []
    ask(people, "weijia", f"{look}issue/", yes="1")  # the second click
    assert len(issued(case)) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"found": ""}, "核查情况"),
        ({"hints": "  "}, "提示内容"),
        ({"found": "职工\ue815"}, "字"),
    ],
)
def test_what_is_missing_or_unprintable_is_named_and_nothing_is_kept(
    people,  # noqa: F811
    case,
    changes,
    words,
):
    answer = ask(people, "weijia", new(case), **{**TYPED, **changes})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "规范工资支付" in answer.content.decode()
    assert seen_by(case) == []
    assert issued(case) == []


def test_back_from_the_look_everything_typed_is_there(people, case):  # noqa: F811
    ask(people, "weijia", new(case), **TYPED)
    (seen,) = seen_by(case)
    words = ask(people, "weijia", f"{new(case)}?again={seen.pk}").content.decode()
    assert "建立工资台账" in words
    assert "规范工资支付" in words


def test_rows_are_typed_one_by_one_and_contradictions_are_told(people, case):  # noqa: F811
    row = {"work-0-on": "2026-03-04", "work-0-what": "参与调解", "work-0-yuan": "500.00"}
    rest = {
        "lawyer": "叶知微", "firm": "样例律师事务所", "licence": "15000EXAMPLE", "standard": "试行标准",
        "holder": "样例律师事务所", "bank": "示例银行", "account": "000", "outcome": "调解中",
    }  # fmt: skip
    wrong = ask(people, "dengchuan", new(case, "D38"), **row, **rest, total_yuan="400")
    assert "不符" in wrong.content.decode()
    right = ask(people, "dengchuan", new(case, "D38"), **row, **rest, total_yuan="500")
    assert right.status_code == 302


def test_a_paper_for_one_party_speaks_of_that_party(people, case):  # noqa: F811
    words = ask(people, "weijia", f"{new(case, 'D28')}?party=R1").content.decode()
    with transaction.atomic(), system("test"):
        name = Party.objects.get(case=case, ref="R1").name
    assert f'value="{name}"' in words


def test_without_an_agreement_there_is_nothing_to_review(people, case):  # noqa: F811
    assert ask(people, "weijia", new(case, "D17")).status_code == 409


def test_every_paper_on_demand_has_a_page_for_who_may_and_none_for_a_stranger(
    people,  # noqa: F811
    case,
):
    for code in on_demand():
        may = "dengchuan" if code == "D38" else "weijia"
        assert ask(people, may, new(case, code)).status_code in (200, 409), code
        assert ask(people, "zhongping", new(case, code)).status_code == 404, code
        assert ask(people, "zhongping", new(case, code), **TYPED).status_code == 404, code
        seat = 200 if code in ("D27", "D28", "D35") else 404  # the worker is on the line
        assert ask(people, "qinxiaoyue", new(case, code)).status_code == seat, code


def test_the_list_is_linked_from_the_case_and_shows_only_what_one_may(people, case):  # noqa: F811
    assert "papers/new/" in ask(people, "weijia", f"/cases/{case.pk}/").content.decode()
    words = ask(people, "weijia", f"/cases/{case.pk}/papers/new/").content.decode()
    assert "工会劳动法律监督提示函" in words
    assert "法律服务补贴申领表" not in words
    assert ask(people, "zhongping", f"/cases/{case.pk}/papers/new/").status_code == 404


def test_one_person_does_not_see_what_another_looked_at(people, case):  # noqa: F811
    ask(people, "weijia", new(case), **TYPED)
    (seen,) = seen_by(case)
    assert ask(people, "dengchuan", f"{new(case)}{seen.pk}/").status_code == 404


def test_nobody_looks_without_a_case(people):  # noqa: F811
    case = called(people).case
    assert ask(people, "zhongping", new(case)).status_code == 404
