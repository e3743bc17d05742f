"""Terms of an agreement: what a court could confirm, and what forbids the rest."""

from decimal import Decimal

import pytest

from casework.models import (
    Agreement,
)
from tests.process.agreements import (
    DAY,
    refused,
    settled_one,
    small,
)
from tests.process.stage_c import accepted, draft, held, settled_group, to_session

db = pytest.mark.django_db


@db
def test_terms_are_proposed_from_the_claims():
    story = settled_one()
    story.do("mediator", "draft", f"{DAY} 09:00", **small())
    with story.reading() as case:
        agreement = Agreement.objects.get(case=case)
        assert agreement.total_yuan == Decimal("36000.00")
        assert agreement.payer.ref == "R1"
        assert "36,000.00" in agreement.clauses[0]["text"]


@db
def test_the_instalments_must_add_up_to_the_fen():
    plan = small()["instalments"]
    plan[2]["amount_yuan"] = "11999.99"
    form = refused(settled_one(), **small(instalments=plan))
    assert "instalments" in form.errors
    assert form.repairs["instalments"] == [{"value": "12000.00", "words": "12000.00"}]


@db
def test_the_total_must_be_what_was_agreed():
    form = refused(settled_one(), **small(total_yuan="30000.00"))
    assert {"total_yuan", "instalments"} <= set(form.errors)


@db
@pytest.mark.parametrize(
    ("code", "mended"), [("A02.01", "2026-04-30"), ("A04.01", "2026-05-06")]
)
def test_a_pay_day_on_a_day_off_moves_earlier_for_wages_and_later_otherwise(
    code: str, mended: str
):
    story = to_session(
        accepted(claims=[(code, "款项", Decimal("30000.00"))], firms=("岷锐装备",))
    )
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    plan = [{"due_on": "2026-05-03", "amount_yuan": "30000.00"}]
    form = refused(story, instalments=plan, no_unlawful_waiver=True)
    assert [row["value"] for row in form.repairs["instalments"]] == [mended]
    plan[0]["due_on"] = mended
    story.do("mediator", "draft", f"{DAY} 10:00", instalments=plan, no_unlawful_waiver=True)


@db
@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("职工自愿放弃社会保险补缴", False),
        ("单位无需缴纳养老保险", False),
        ("双方不再主张最低工资差额", False),
        ("职工放弃工伤待遇", False),
        ("职工不放弃社会保险权利", True),
        ("社会保险、工伤等其他权利不受影响", True),
        ("职工放弃利息。社会保险照常缴纳", True),
    ],
)
def test_nobody_waives_what_the_law_keeps(text: str, allowed: bool):
    story = settled_one()
    data = small(clauses=[{"title": "其他", "text": text}])
    if allowed:
        story.do("mediator", "draft", f"{DAY} 09:00", **data)
    else:
        assert {"clauses", "lawyer_note"} & set(refused(story, **data).errors)


@db
def test_injury_benefits_are_settled_with_a_lawyers_note():
    story = settled_one()
    clause = [{"title": "工伤", "text": "职工放弃其余工伤待遇"}]
    story.do(
        "mediator",
        "draft",
        f"{DAY} 09:00",
        **small(clauses=clause, lawyer_note="律师核算，无显失公平"),
    )


@db
def test_the_check_of_waivers_must_be_made():
    assert (
        "no_unlawful_waiver" in refused(settled_one(), **small(no_unlawful_waiver=False)).errors
    )


@db
def test_representatives_need_their_authority():
    assert (
        "authority_attached"
        in refused(settled_group(), **draft(authority_attached=False)).errors
    )


@db
def test_each_worker_of_a_list_stands_in_it_once():
    form = refused(settled_group(), **draft(members=[{"ref": "W01", "yuan": "254700.00"}]))
    assert "members" in form.errors


@db
def test_a_relation_is_not_confirmed_by_arbitration_review():
    story = to_session(accepted(claims=[("A01.01", "确认劳动关系", None)], firms=("速渝站点",)))
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    form = refused(story, no_unlawful_waiver=True, confirmation="review")
    assert "confirmation" in form.errors
    story.do("mediator", "draft", f"{DAY} 09:00", no_unlawful_waiver=True)
