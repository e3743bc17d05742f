"""Triage of the stories: what the tables propose for each."""

from datetime import date

import pytest

from casework.rules.errors import NotInForce
from casework.rules.triage import Facts, propose


def outcomes(**facts):
    return {code: made.outcome for code, made in propose(Facts(**facts)).items()}


def test_twelve_building_workers_are_collective_and_urgent():
    """S01: a dispute of twelve with a complaint; the project's district leads."""
    found = outcomes(
        classes=("DISPUTE", "RIGHTS_COMPLAINT"), causes=("A02.01", "A02.06"), group_size=12,
        project_known=True, contract="absent", subject_fit="present", management="present",
        business="present", performance_here="present",
    )  # fmt: skip
    assert found == {
        "group": "COLLECTIVE", "scope": "LABOUR", "relation": "LIKELY", "province": "LOCAL",
        "district": "PROJECT", "level": "district", "priority": "HIGH", "route": "MEDIATION",
    }  # fmt: skip


def test_a_rider_with_the_three_facts_and_an_injury_beside_it_is_not_urgent():
    """S02: the injury is a side track, not the cause; no contract, but managed and paid."""
    found = outcomes(
        classes=("DISPUTE",), causes=("E01.01", "E01.02", "A03.01"), workers=("nef",),
        contract="absent", subject_fit="present", management="present", business="present",
        clock_days=354,
    )  # fmt: skip
    assert (found["priority"], found["relation"], found["route"]) == (
        "NORMAL", "LIKELY", "MEDIATION",
    )  # fmt: skip


def test_a_pregnant_worker_is_a_protected_group():
    """S03."""
    by_kind = outcomes(classes=("DISPUTE", "RIGHTS_COMPLAINT"), workers=("pregnant",))
    by_cause = outcomes(classes=("DISPUTE",), causes=("C01.01", "A04.03"))
    assert by_kind["priority"] == by_cause["priority"] == "HIGH"


def test_work_in_the_city_and_an_employer_elsewhere_lets_us_lead_with_a_partner():
    """S05: 劳动争议调解仲裁法 art. 21, the place of performance leads; the district handles it."""
    found = outcomes(
        classes=("DISPUTE",), causes=("A02.01", "A04.01"), contract="present",
        performance_here="present", other_province=True, performance_known=True, seat_known=True,
    )  # fmt: skip
    assert (found["province"], found["district"]) == ("LEAD_WITH_PARTNER", "PERFORMANCE")
    assert (found["level"], found["priority"]) == ("district", "NORMAL")
    away = outcomes(classes=("DISPUTE",), performance_here="absent", other_province=True)
    assert away["province"] == "PARTNER_LEADS"


def test_a_question_is_advice_and_low():
    """S10."""
    found = outcomes(classes=("ADVICE",), causes=("A02.05",), wish="advice")
    assert (found["priority"], found["route"]) == ("LOW", "ADVICE")


def test_danger_comes_before_everything():
    """S11."""
    found = outcomes(classes=("EMERGENCY",), causes=("F01.01",), group_size=23)
    assert (found["priority"], found["route"], found["group"]) == (
        "CRITICAL", "ELSEWHERE", "COLLECTIVE",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "priority"),
    [(29, "HIGH"), (30, "NORMAL"), (0, "HIGH"), (-4, "HIGH"), (None, "NORMAL")],
)
def test_a_statutory_limit_under_thirty_days_is_urgent(days, priority):
    assert outcomes(classes=("DISPUTE",), clock_days=days)["priority"] == priority


@pytest.mark.parametrize(
    ("facts", "relation"),
    [
        ({"contract": "present"}, "LIKELY"),
        ({"contract": "present", "subject_fit": "absent"}, "UNCLEAR"),
        ({"contract": "absent", "subject_fit": "absent"}, "UNLIKELY"),
        ({"management": "absent"}, "UNLIKELY"),
        ({"business": "absent", "management": "present"}, "UNLIKELY"),
        ({"business": "absent", "workers": ("nef",)}, "UNCLEAR"),
        ({"business": "present", "subject_fit": "present", "management": "partly"}, "UNCLEAR"),
        ({"causes": ("D01.02",), "contract": "present"}, "UNLIKELY"),
        ({"subject": "household"}, "UNLIKELY"),
        ({}, "UNCLEAR"),
    ],
)
def test_relation_test(facts, relation):
    """Contract, else subject, management and pay, part of the business; households are civil
    (法释〔2020〕26号 art. 2)."""
    assert outcomes(classes=("DISPUTE",), **facts)["relation"] == relation


@pytest.mark.parametrize(
    ("facts", "scope", "route"),
    [
        ({"causes": ("B01.01",)}, "AUTHORITY", "ELSEWHERE"),
        ({"subject": "grading"}, "AUTHORITY", "ELSEWHERE"),
        ({"causes": ("C01.04",)}, "CIVIL", "MEDIATION"),
        ({"wish": "complaint"}, "LABOUR", "ELSEWHERE"),
        ({"wish": "both"}, "LABOUR", "MEDIATION"),
        ({"wish": "help"}, "LABOUR", "MEDIATION"),
        ({"classes": ("HARDSHIP",), "wish": "help"}, "LABOUR", "ELSEWHERE"),
        ({"classes": ("OUT_OF_SCOPE",)}, "OUTSIDE", "ADVICE"),
        ({"classes": ("SUGGESTION",)}, "LABOUR", "ADVICE"),
    ],
)
def test_scope_and_route(facts, scope, route):
    found = outcomes(**{"classes": ("DISPUTE",), **facts})
    assert (found["scope"], found["route"]) == (scope, route)


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"group_size": 49}, "district"),
        ({"group_size": 50}, "city"),
        ({"stoppage": True}, "city"),
        ({"several_districts": True}, "city"),
        ({"enterprise_committee": True}, "district"),
        ({"enterprise_committee": True, "worker_agrees": True}, "enterprise"),
    ],
)
def test_level(facts, level):
    assert outcomes(classes=("DISPUTE",), **facts)["level"] == level


def test_a_day_before_the_tables_has_no_decision():
    with pytest.raises(NotInForce):
        propose(Facts(), on=date(2008, 1, 1))


def test_stored_facts_are_decided_again_the_same():
    made = propose(Facts(classes=("DISPUTE",), group_size=4))
    stored = {key: value for each in made.values() for key, value in each.facts.items()}
    assert propose(stored) == made
