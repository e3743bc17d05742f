"""Stored results feed the agreement's clauses; a sum under the lawful floor is named; checks stand on the case."""

from decimal import Decimal

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import acting
from casework.commands.claims import estimate_claim
from casework.models import Claim, ClaimOutcome
from casework.queries import rulebook
from casework.queries.sum_checks import final_awards, floors, settlement, small_claims
from casework.rules.calculators import calculate
from mediation.forms.clauses import proposed
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import received
from tests.process.test_engine import in_system

pytestmark = pytest.mark.django_db
AT = instant("2026-03-10 09:00")


@pytest.fixture
def case(people):  # noqa: F811
    """One claim whose minimum-wage gap was worked out: 330 yuan that nobody can bargain away."""
    made = received(people).case
    inputs = {"comparable_month_pay": "2000", "district": "渝中区", "on": "2026-03-01"}
    result = calculate("minimum_wage_gap", inputs, rulebook.basis())
    with transaction.atomic(), acting(made.pk, people["dengchuan"]):
        claim = Claim.objects.get(case=made)
        estimate_claim(claim, name="minimum_wage_gap", inputs=inputs, result=result,
                       take_yuan=result["gap"], by=people["dengchuan"], at=AT)  # fmt: skip
    return made


def agreed(case, yuan):
    rows = Claim.objects.filter(case=case)
    in_system(lambda: rows.update(outcome=ClaimOutcome.AGREED, agreed_yuan=Decimal(yuan)))


def page(people, case):  # noqa: F811
    with clock.held_at(AT):
        return client_of(people["dengchuan"]).get(f"/cases/{case.pk}/").content.decode()


def test_a_stored_result_becomes_a_clause_with_its_law(case):
    agreed(case, "330.00")
    clauses = in_system(lambda: proposed(list(Claim.objects.filter(case=case))))
    (basis,) = [each["text"] for each in clauses if each["title"] == "计算依据"]
    assert "测算为330.00元，双方商定为330.00元" in basis
    assert "《劳动法》第48条、《劳动合同法实施条例》第14条" in basis


def test_a_sum_under_the_lawful_floor_is_named_and_blocks_nothing(case, people):  # noqa: F811
    agreed(case, "300.00")
    (found,) = in_system(lambda: floors(case))
    assert (found.floor, found.below) == (Decimal("330.00"), True)
    assert in_system(lambda: settlement(case))["total"]["below_floor"] is True
    assert "低于法定底线 330.00 元" in page(people, case)
    agreed(case, "330.00")
    assert "低于法定底线" not in page(people, case)


def test_final_award_and_small_claims_are_judged_for_each_worker(case, people):  # noqa: F811
    on = clock.day(AT)
    final = in_system(lambda: final_awards(case, on))
    assert (final["threshold"], final["above"]) == ("27960.00", 0)
    assert "裁决对用人单位为终局" in page(people, case)
    in_system(lambda: Claim.objects.filter(case=case).update(amount_yuan=Decimal("60000.00")))
    assert in_system(lambda: final_awards(case, on))["above"] == 1
    assert in_system(lambda: small_claims(case, on))["above"] == 1
    words = page(people, case)
    assert "超过上限的项目不是终局裁决" in words
    assert "每项上限 27,960.00 元" in words
    assert "估算，不代表裁决结果" in words
