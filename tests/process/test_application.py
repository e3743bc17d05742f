"""Applications after an agreement: offered only while the law allows them, made from the file."""

from decimal import Decimal

import pytest

from casework import clock
from casework.commands.base import CommandRefused
from casework.models import Deadline
from documents import issue
from documents.models import Paper
from mediation.commands.application import NothingUnpaid, NoTitle
from mediation.engine.errors import NotYours
from mediation.engine.registry import path_of, starts_for
from tests.process.stage_c import Story, at
from tests.process.test_agreement import ready_one

pytestmark = pytest.mark.django_db
COURT = {"court": "重庆市两江新区人民法院"}
ORDER = {"money": ["WAGES"], "no_counter_duty": True, **COURT}


@pytest.fixture
def story() -> Story:
    """36,000 yuan in three parts from 30 April, in force on 25 March."""
    told = ready_one()
    everyone = ["W01", "R1", "mediator"]
    told.do("mediator", "collect_signatures", "2026-03-25 09:00", signed_by=everyone)
    told.do("manager", "seal", "2026-03-25 11:00")
    return told


def offered(story: Story, when: str) -> set[str]:
    with story.reading() as case, clock.held_at(at(when)):
        starts = {path_of(node) for node in starts_for(story.people["manager"], case)}
    return {path for path in starts if path.startswith("application.")}


def watch(story: Story, when: str, **data: str) -> None:
    story.do("manager", "watch", when, **data)


def step(story: Story, when: str, step: str, kind: str = "PAYMENT_ORDER") -> None:
    watch(story, when, what="PROCEEDING", kind=kind, step=step, number="（2026）渝01民督7号")


def test_each_application_is_offered_only_while_it_can_be_made(story):
    assert offered(story, "2026-04-01 09:00") == {"application.confirmation"}
    story.until("2026-05-06 09:00")
    assert offered(story, "2026-05-06 09:00") == {"application.payment_order"}


def test_both_sides_ask_for_confirmation_within_thirty_days(story):
    story.start("manager", "application.confirmation", "2026-04-01 09:00", both=True, **COURT)
    with story.reading() as case:
        facts = issue.facts_of(Paper.objects.get(case=case, code="D16"))
        assert str(facts.last_day) == str(Deadline.objects.get(case=case, rule="A-01").due)
        assert len(facts.applicants) == 2


def test_a_payment_order_is_asked_for_what_is_due_and_unpaid(story):
    with pytest.raises(NothingUnpaid):
        story.start("manager", "application.payment_order", "2026-04-20 09:00", **ORDER)
    story.until("2026-05-06 09:00")
    paid = {"amount_yuan": "2000.00", "proof": "银行回单"}
    watch(story, "2026-05-06 10:00", what="PAYMENT", **paid)
    story.start("manager", "application.payment_order", "2026-05-06 11:00", **ORDER)
    with story.reading() as case:
        facts = issue.facts_of(Paper.objects.get(case=case, code="D18"))
        assert [row.number for row in facts.unpaid] == [1]
        assert facts.open_yuan == Decimal("10000.00")


def test_only_a_title_is_enforced_and_an_objection_takes_it_away(story):
    ask = {"checked": True, **COURT}
    story.until("2026-05-06 09:00")
    step(story, "2026-05-06 10:00", "FILED")
    step(story, "2026-05-08 10:00", "ACCEPTED")
    step(story, "2026-05-12 10:00", "ISSUED")
    step(story, "2026-05-13 10:00", "SERVED")
    with pytest.raises(NoTitle):
        story.start("manager", "application.enforcement", "2026-05-28 09:00", **ask)
    assert "application.enforcement" in offered(story, "2026-05-29 09:00")
    step(story, "2026-05-27 10:00", "OBJECTED")
    with pytest.raises(NoTitle):
        story.start("manager", "application.enforcement", "2026-05-29 09:00", **ask)


def test_a_confirmed_agreement_is_enforced_from_its_last_pay_day(story):
    story.until("2026-05-06 09:00")
    step(story, "2026-05-06 10:00", "ISSUED", kind="CONFIRMATION")
    ask = {"checked": True, **COURT}
    story.start("manager", "application.enforcement", "2026-05-06 11:00", **ask)
    with story.reading() as case:
        facts = issue.facts_of(Paper.objects.get(case=case, code="D19"))
        assert "民事裁定书" in facts.title
        assert str(facts.last_day) == "2028-06-30"
    step(story, "2026-05-07 10:00", "FILED", kind="ENFORCEMENT")
    with story.reading() as case:
        assert Deadline.objects.get(case=case, rule="A-07").state == "MET"


def test_without_a_court_the_paper_names_what_it_lacks(story):
    with pytest.raises(CommandRefused, match="受理法院"):
        story.start("manager", "application.confirmation", "2026-04-01 09:00", both=True)


def test_an_agency_draws_up_nothing(story):
    with pytest.raises(NotYours):
        story.start(
            "stranger", "application.confirmation", "2026-04-01 09:00", both=True, **COURT
        )
