"""The calculator beside a call: it fits the cause, is filled from the call, stores nothing."""

import re

import pytest
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import system
from casework.models import Case, Draft
from casework.rules import hints
from casework.rules.calculators import definitions
from mediation.desks.call_sum import TOLD
from mediation.forms.call import CallForm
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, people  # noqa: F401

pytestmark = pytest.mark.django_db
AT = instant("2026-03-10 09:30")
SUM = "/call/calculate/"
DISMISSED = {
    "phone": "13800005531", "name": "柯明月", "facts": "被口头辞退。", "cause": "A04.01",
    "hired_on": "2020-01-10", "left_on": "2026-02-28", "month_pay_yuan": "6,000",
    "district": "渝中区",
}  # fmt: skip


def asked(people, typed, who="qinxiaoyue"):  # noqa: F811
    with clock.held_at(AT):
        return client_of(people[who]).post(SUM, typed)


def test_a_call_that_says_all_is_worked_out_at_once(people):  # noqa: F811
    page = asked(people, DISMISSED).content.decode()
    assert re.findall(r'data-item="([^"]+)" data-yuan="([^"]+)"', page) == [
        ("经济补偿N", "39000.00"),
        ("赔偿金2N", "78000.00"),
    ]
    assert definitions()["severance_n"]["article"] in page
    assert "估算，不代表裁决结果" in page
    assert 'value="2020-01-10"' in page
    with transaction.atomic(), system("test"):
        assert not Case.objects.exists()
        assert not Draft.objects.exists()


def test_what_the_call_does_not_say_is_asked_and_its_errors_are_told(people):  # noqa: F811
    less = {name: value for name, value in DISMISSED.items() if name != "month_pay_yuan"}
    opened = asked(people, less)
    assert "data-take" not in opened.content.decode()
    assert opened.context["form"].errors == {}
    box = re.search(r'<input[^>]*name="avg_month_wage"[^>]*>', opened.content.decode())
    assert box
    assert "autofocus" in box[0]
    assert 'form="sum-form"' in box[0]
    typed = {"calculator": "severance_n", "hire": "2026-03-01", "last_day": "2026-02-28",
             "avg_month_wage": "6000", "figures_on": "2026-03-10", "figures_district": ""}  # fmt: skip
    wrong = asked(people, typed).content.decode()
    assert "data-take" not in wrong
    assert "wrong-title" in wrong
    assert 'value="2026-03-01"' in wrong
    right = asked(people, {**typed, "hire": "2020-01-10"}).content.decode()
    assert 'data-yuan="39000.00"' in right


def test_a_result_without_a_sum_goes_into_the_facts(people):  # noqa: F811
    page = asked(
        people, {"calculator": "maternity_leave", "children": "1", "difficult_birth": "no"}
    )
    [words] = re.findall(r'data-yuan="" data-words="([^"]+)"', page.content.decode())
    assert words.startswith("产假天数：")
    assert "98" in words


def test_nobody_else_and_nothing_else_is_answered(people):  # noqa: F811
    assert asked(people, DISMISSED, who="luoqiming").status_code == 404
    assert asked(people, {**DISMISSED, "cause": "A01.01"}).status_code == 404
    assert asked(people, {"calculator": "nonsense"}).status_code == 404
    assert asked(people, {}).status_code == 404
    assert Client().post(SUM, DISMISSED).status_code == 204
    assert client_of(people["qinxiaoyue"]).get(SUM).status_code == 405


def test_the_call_page_offers_it_in_place_and_in_a_tab_without_script(people):  # noqa: F811
    with clock.held_at(AT):
        page = client_of(people["qinxiaoyue"]).post("/call/lookup/", DISMISSED).content.decode()
    [link] = re.findall(r"<a [^>]*data-key=\"alt\+w\"[^>]*>", page)
    assert 'href="/calculators/severance_n/"' in link
    assert f'hx-post="{SUM}"' in link


def test_every_field_that_is_filled_is_one_of_the_call_and_of_an_offered_calculator():
    inputs = {
        key.rstrip("?")
        for name in hints._table()["calculators"].values()
        for key in definitions()[name]["inputs"]
    }
    assert set(TOLD) <= inputs | {"figures_district"}
    assert set(TOLD.values()) <= set(CallForm.base_fields)
