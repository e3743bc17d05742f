"""Applications after an agreement: offered only while the law allows them, made from the file."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from casework import clock
from casework.commands.base import CommandRefused
from casework.models import Deadline
from documents import issue
from documents.models import Paper
from mediation.commands.application import NothingUnpaid, NoTitle, ReviewNotOpen
from mediation.commands.petition import NotOnPayAlone
from mediation.engine.errors import NotYours
from mediation.engine.registry import path_of, starts_for
from mediation.forms.ways import ways
from tests.process.agreements import ready_one
from tests.process.stage_c import Story, accepted, at, held, in_force, to_session

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
    both = {"application.confirmation", "application.review"}
    assert offered(story, "2026-04-01 09:00") == both
    assert offered(story, "2026-04-10 09:00") == {"application.confirmation"}
    story.until("2026-05-06 09:00")
    assert offered(story, "2026-05-06 09:00") == {
        "application.payment_order", "application.arbitration", "application.legal_aid",
    }  # fmt: skip


def test_the_page_names_each_way_with_its_condition_clock_and_paper(story):
    """Six ways; those that are not open are named too, and cannot be drawn up."""
    assert shown(story, "2026-04-01 09:00") == [
        ("司法确认", True, "2026-04-24", "application.confirmation"),
        ("仲裁审查", True, "2026-04-09", "application.review"),
        ("支付令", False, "None", ""), ("直接起诉", False, "2027-03-12", ""),
        ("仲裁", False, "2027-03-12", ""), ("强制执行", False, "None", ""),
    ]  # fmt: skip
    story.until("2026-05-06 09:00")
    assert [row[:2] for row in shown(story, "2026-05-06 09:00")] == [
        ("司法确认", False), ("仲裁审查", False), ("支付令", True), ("直接起诉", False),
        ("仲裁", True), ("强制执行", False),
    ]  # fmt: skip
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(story.people["manager"])
    with clock.held_at(at("2026-05-06 09:00")):
        page = client.get(reverse("task", args=[story.task("watch")])).content.decode()
    assert "各种途径及条件" in page
    assert reverse("start", args=[story.case_id, "application.payment_order"]) in page
    assert reverse("start", args=[story.case_id, "application.enforcement"]) not in page


def shown(story: Story, when: str) -> list[tuple[str, bool, str, str]]:
    with story.reading() as case, clock.held_at(at(when)), override("zh-hans"):
        rows = ways(case, story.people["manager"], clock.today())
        return [
            (row.words, row.is_open, str(row.due), row.url.strip("/").split("/")[-1])
            for row in rows
        ]


def test_both_sides_ask_for_review_within_fifteen_days(story):
    story.start("manager", "application.review", "2026-04-01 09:00", both=True)
    with story.reading() as case:
        facts = issue.facts_of(Paper.objects.get(case=case, code="D17"))
        assert str(facts.last_day) == "2026-04-09"
        assert len(facts.applicants) == 2
    with pytest.raises(ReviewNotOpen):
        story.start("manager", "application.review", "2026-04-10 09:00", both=True)


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
    # 解释（一）第十三条: an order on the agreement that lapsed opens the court, also where it is on more than pay.
    assert ("直接起诉", True) in [row[:2] for row in shown(story, "2026-05-29 09:00")]
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


# Where mediation failed, or the agreement is not kept.

PIECES = [{"name": "记工单", "source": "申请人提交", "proves": "欠付工资"}]


def failed_story() -> Story:
    told = to_session(accepted(claims=[("A02.01", "拖欠工资", Decimal("18000.00"))], firms=("砺锋机械",)))  # fmt: skip
    told.do("mediator", "hold_session", "2026-03-18 11:00", **held("NOT_SETTLED", reason="分歧过大"))  # fmt: skip
    return told


def petition(story: Story, when: str, **more: object) -> None:
    asked = {"party": "W01", "evidence": PIECES, "situation": "三个月工资没有发。",
             "body": "两江新区劳动人事争议仲裁委员会", **more}  # fmt: skip
    story.start("manager", "application.arbitration", when, **asked)


def test_after_failure_arbitration_and_aid_are_drawn_up_with_the_last_day(db):
    story = failed_story()
    both = {"application.arbitration", "application.legal_aid"}
    assert offered(story, "2026-03-19 09:00") == both
    petition(story, "2026-03-19 09:00")
    aid = {
        "party": "W01",
        "form": "ARBITRATION",
        "exempt_why": "进城务工人员请求支付劳动报酬",
        "situation": "三个月工资没有发。",
    }
    story.start("manager", "application.legal_aid", "2026-03-19 10:00", **aid)
    with story.reading() as case:
        asked = issue.facts_of(Paper.objects.get(case=case, code="D20"))
        aided = issue.facts_of(Paper.objects.get(case=case, code="D21"))
    assert [(row.item, row.yuan) for row in asked.claims] == [("拖欠工资", Decimal("18000.00"))]
    assert asked.last_day == aided.last_day is not None
    assert "终止" in asked.mediation
    with pytest.raises(CommandRefused):
        petition(story, "2026-03-19 11:00", suit=True)


def test_an_unpaid_agreement_on_pay_alone_may_go_to_court_at_once(db):
    story = in_force()
    story.until("2026-05-06 09:00")
    petition(story, "2026-05-06 10:00", suit=True, body="两江新区人民法院")
    with story.reading() as case:
        facts = issue.facts_of(Paper.objects.get(case=case, code="D20"))
    assert (facts.title, facts.claims[0].yuan) == ("民事起诉状", Decimal("18000.00"))


def test_an_unpaid_agreement_on_more_goes_to_arbitration_first(story):
    story.until("2026-05-06 09:00")
    with pytest.raises(NotOnPayAlone):
        petition(story, "2026-05-06 10:00", suit=True)
    petition(story, "2026-05-06 10:00")


def test_nothing_is_asked_where_nothing_is_open(story):
    with pytest.raises(CommandRefused):
        petition(story, "2026-04-01 09:00")
