"""Hardship: raised from facts, visited, ended, forgotten with the archive unless there is consent."""

from datetime import date
from decimal import Decimal

import pytest

from casework import clock
from casework.commands import hardship as file
from casework.models import Event, Hardship, User
from mediation.engine.errors import Invalid, NotYours
from tests.process.stage_c import Story, accepted, at

pytestmark = pytest.mark.django_db
WARNED = {
    "party": "W01",
    "unpaid_months": "4",
    "facts": ["no_food_or_medicine"],
    "words": "孩子要交学费",
}


@pytest.fixture
def story() -> Story:
    """One worker who claims 9,000 yuan; the district is one that has a minimum wage."""
    told = accepted(claims=[("A02.01", "拖欠工资", Decimal("9000.00"))])
    where = told.people["manager"].district
    where.name = "涪陵区"
    where.save()
    told.people["officer"] = User.objects.create(
        username="officer", display_name="闻若", roles=["hardship_officer"], district=where
    )
    return told


def warned(story: Story, **more: object) -> None:
    story.start("manager", "hardship.warn", "2026-03-16 09:00", **{**WARNED, **more})


def row(story: Story) -> Hardship:
    with story.reading() as case:
        return Hardship.objects.get(case=case)


def test_the_facts_that_raised_it_are_kept_with_their_figures(story):
    warned(story)
    made = row(story)
    assert [sign["code"] for sign in made.signs] == ["UNPAID", "ARREARS", "NO_FOOD"]
    assert "9000.00" in made.signs[1]["zh"]
    assert made.parameters[0].startswith("hardship_unpaid_months@")


def test_without_a_sign_there_is_no_warning(story):
    from casework.models import Claim

    with story.reading() as case:
        Claim.objects.filter(case=case).update(amount_yuan=Decimal(1))
    with pytest.raises(file.NoSign):
        warned(story, unpaid_months="1", facts=[])


def test_one_open_warning_a_person(story):
    warned(story)
    with pytest.raises(file.WarnedBefore):
        warned(story)


def test_a_visit_with_relief_names_the_sum_and_a_file_needs_consent(story):
    warned(story)
    key = str(row(story).pk)
    for answer, error in (("RELIEF", file.SumNeeded), ("FILE", file.ConsentNeeded)):
        with pytest.raises(error):
            story.do("officer", "visit", "2026-03-17 09:00", warning=key, result=answer)
    with pytest.raises(Invalid):
        story.do(
            "officer", "visit", "2026-03-17 09:00", warning=key, result="FILE",
            consented_on="2026-03-18",
        )  # fmt: skip
    story.do(
        "officer", "visit", "2026-03-17 09:00", warning=key, result="RELIEF",
        relief_yuan="800.00", told="已发放",
    )  # fmt: skip
    made = row(story)
    assert (made.result, made.relief_yuan, made.visited_on) == (
        "RELIEF", Decimal("800.00"), date(2026, 3, 17),
    )  # fmt: skip
    assert "visit" not in story.names()


def test_who_does_not_want_help_is_left_alone(story):
    warned(story)
    key = str(row(story).pk)
    story.do("officer", "visit", "2026-03-17 09:00", warning=key, result="NOT_WANTED")
    assert row(story).result == "NOT_WANTED"
    with story.reading() as case:
        kinds = Event.objects.filter(case=case, kind__startswith="hardship")
        assert list(kinds.values_list("kind", flat=True)) == [
            "hardship.warned",
            "hardship.ended",
        ]


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ({"result": "NOT_NEEDED"}, False),
        ({"result": "FILE", "consented_on": "2026-03-17"}, True),
    ],
)
def test_it_is_forgotten_with_the_archive_unless_there_is_consent(story, answer, kept):
    warned(story)
    key = str(row(story).pk)
    story.do("officer", "visit", "2026-03-17 09:00", warning=key, told="家访属实", **answer)
    with story.reading() as case:
        file.forget(case, at=at("2026-05-01 09:00"))
    made = row(story)
    assert bool(made.signs) is kept
    assert bool(made.told) is kept
    assert (made.forgotten_at is None) is kept


def test_the_page_of_the_visit_shows_the_facts(story, client):
    warned(story)
    client.force_login(story.people["officer"])
    with clock.held_at(at("2026-03-16 10:00")):
        page = client.get(
            f"/task/{story.task('visit')}/", headers={"accept-language": "zh-hans"}
        ).content.decode()
    assert "欠薪4个月" in page
    assert "孩子要交学费" in page


def test_a_liaison_raises_none_and_a_manager_visits_nobody(story):
    with pytest.raises(NotYours):
        story.start("stranger", "hardship.warn", "2026-03-16 09:00", **WARNED)
    warned(story)
    with pytest.raises(NotYours):
        story.do(
            "manager",
            "visit",
            "2026-03-17 09:00",
            warning=str(row(story).pk),
            result="NOT_NEEDED",
        )
