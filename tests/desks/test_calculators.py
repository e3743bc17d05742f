"""Calculators: for everybody, nothing stored; on a case a result feeds the claim."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import system
from casework.commands.meter import count_one
from casework.models import Attempt, Claim, Event, Meter
from casework.rules.calculators import definitions, names
from mediation.views import calculators
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import called
from tests.process.test_engine import race

pytestmark = pytest.mark.django_db
OVERTIME = {
    "month_wage": "6000",
    "weekday_hours": "10",
    "restday_days": "2",
    "holiday_days": "1",
}
ASKED = {
    "severance_n": {"hire": "2020-01-10", "last_day": "2026-02-28", "avg_month_wage": "6000",
                    "figures_on": "2026-03-10", "figures_district": "渝中区"},
    "notice_pay": {"last_month_wage": "5000"},
    "double_wage_gap": {"hire": "2025-03-01", "last_day": "2026-02-28", "month_wage": "5000"},
    "overtime": OVERTIME,
    "annual_leave_pay": {"leave_date": "2026-02-28", "cumulative_years": "6", "entitlement_days": "5",
                         "taken_days": "0", "avg_month_wage_ex_ot": "6000"},
    "minimum_wage_gap": {"comparable_month_pay": "2000", "district": "渝中区", "on": "2026-03-01"},
    "arrears_surcharge": {"arrears": "10000", "order_issued": "yes", "paid_by_order_date": "no"},
    "injury_lump_sum": {"grade": "9", "own_month_wage": "5000", "figures_on": "2026-03-10",
                        "figures_district": "渝中区"},
    "wages_since_dismissal": {"month_wage": "5000", "from": "2026-01-05", "to": "2026-02-28"},
    "competition_ban_pay": {"avg_month_wage": "8000", "months": "12", "figures_on": "2026-03-10",
                            "figures_district": "城口县"},
    "maternity_leave": {"children": "1", "difficult_birth": "no"},
    "limitation": {"claim": "SEVERANCE", "knew_on": "2025-06-01", "as_of": "2026-03-01",
                   "events_0_date": "2025-08-01", "events_0_kind": "INTERRUPT"},
    "final_award": {"items": "5000 7000", "figures_on": "2026-03-10", "figures_district": "渝中区"},
    "small_claims": {"sum": "40000", "figures_on": "2026-03-10", "figures_district": "渝中区"},
    "settlement_view": {"claims_0_item": "工资", "claims_0_claimed": "9000", "claims_0_floor": "9000",
                        "claims_0_offered": "8000"},
}  # fmt: skip


@pytest.fixture
def public(db):
    with clock.held_at(instant("2026-03-10 09:00")):
        yield Client(headers={"accept-language": "zh-hans"})


@pytest.mark.parametrize("name", names())
def test_every_calculator_works_for_everybody_and_stores_nothing(public, name):
    before = Attempt.objects.count()
    assert public.get(f"/calculators/{name}/").status_code == 200
    answer = public.post(f"/calculators/{name}/", ASKED[name])
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="result"' in page, page[page.find("<main") :][:1500]
    assert re.findall(r"<dt>([a-z_0-9]+)</dt>", page) == []
    assert "估算，不代表裁决结果" in page
    assert definitions()[name]["article"] in page
    assert Attempt.objects.count() == before
    assert "sessionid" not in answer.cookies


def test_a_known_figure_is_filled_in_and_named_with_its_mark(public):
    page = public.post(
        "/calculators/competition_ban_pay/", ASKED["competition_ban_pay"]
    ).content.decode()
    assert "重庆月最低工资（二档）" in page
    assert "2200.00" in page


def test_nonsense_is_told_in_words_and_kept(public):
    page = public.post(
        "/calculators/overtime/", {**OVERTIME, "month_wage": "-5"}
    ).content.decode()
    assert 'id="result"' not in page
    assert 'value="-5"' in page
    backwards = {**ASKED["wages_since_dismissal"], "to": "2025-01-01"}
    assert (
        "结束日期早于开始日期"
        in public.post("/calculators/wages_since_dismissal/", backwards).content.decode()
    )
    assert public.get("/calculators/nothing/").status_code == 404


def test_too_many_from_one_network_wait(public, monkeypatch):
    monkeypatch.setattr(calculators, "MOST", 2)
    answers = [public.post("/calculators/overtime/", OVERTIME).status_code for _try in range(3)]
    assert answers == [200, 200, 429]
    assert public.post("/calculators/overtime/", OVERTIME).status_code == 429
    with clock.held_at(instant("2026-03-10 09:11")):
        assert public.post("/calculators/overtime/", OVERTIME).status_code == 200
    assert "127.0.0" not in str(list(Meter.objects.values()))


def test_on_a_case_the_result_is_kept_with_the_claim_and_told(public, people):  # noqa: F811
    case = called(people).case
    with transaction.atomic(), system("test"):
        claim = Claim.objects.get(case=case)
    keep = {**OVERTIME, "keep": "1", "claim_id": str(claim.pk), "sum_key": "total"}
    url = f"/cases/{case.pk}/calculate/overtime/"
    assert client_of(people["qinxiaoyue"]).post(url, keep).status_code == 302
    with transaction.atomic(), system("test"):
        claim.refresh_from_db()
        told = Event.objects.get(case=case, kind="claim.estimated").payload
    assert claim.estimate["name"] == "overtime"
    assert claim.estimate["inputs"]["month_wage"] == "6000"
    assert str(claim.amount_yuan) == claim.estimate["result"]["total"] == told["amount_yuan"]
    assert told["was_yuan"] == "18000.00"


def test_a_stranger_finds_no_case_and_a_foreign_claim_is_not_taken(public, people):  # noqa: F811
    case = called(people).case
    url = f"/cases/{case.pk}/calculate/overtime/"
    for who in ("zhongping", "luoqiming", "jiangheng"):
        assert client_of(people[who]).get(url).status_code == 404
    answer = client_of(people["qinxiaoyue"]).post(
        url, {**OVERTIME, "keep": "1", "claim_id": "1"}
    )
    assert "请选择" in answer.content.decode()


def test_requests_that_race_are_all_counted_and_old_networks_forgotten(own_database):
    at, window = instant("2026-03-10 09:00"), timedelta(minutes=10)
    count_one("calculator", "10.0.0", at=at - window, window=window)
    counts = race(*(lambda: count_one("calculator", "10.0.1", at=at, window=window),) * 6)
    assert sorted(counts) == [1, 2, 3, 4, 5, 6]
    assert Meter.objects.get().count == 6
