"""A closed case is opened again: on a named ground, to where work is needed, twice at most."""

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import acting
from casework.commands.closing import ClosedByTheMediator, MoneyStillDue, NotAllPaid, TextInHand
from casework.commands.reopening import NothingToMediate, NothingToWatch, ReopenedOften
from casework.models import Case, Claim, Event, Party, Service
from documents.issue import facts_of
from documents.models import Paper
from mediation.commands import worker
from mediation.commands.closing import NotToldOfTheEnd
from mediation.engine.errors import Invalid
from mediation.models import Process
from tests.process.stage_c import accepted, at, draft, held, in_force, settled_group, to_session

pytestmark = pytest.mark.django_db
ONE = [("A02.01", "拖欠工资", "18000.00")]


def failed():
    """One worker, one firm; the session failed and D13 was delivered."""
    story = to_session(accepted(claims=ONE, firms=["砚石劳务"]))
    story.do("mediator", "hold_session", "2026-03-18 11:00",
             **held("NOT_SETTLED", reason="差距过大"))  # fmt: skip
    return story


def reported(story, outcome="FAILED", when="2026-03-19 09:00"):
    story.do("manager", "report", when, outcome=outcome, words="已告知仲裁途径。")
    return story


def close(story, who="head", when="2026-03-19 10:00", **more):
    return story.do(who, "decide_closing", when, decision="CLOSE", **more)


def closed(**more):
    story = reported(failed())
    close(story, **more)
    return story


def ask(story, when="2026-03-20 09:00", ground="NEW_FACT"):
    return story.start("manager", "closing.ask_reopening", when, ground=ground,
                       words="单位愿意再谈一次。")  # fmt: skip


def decide(story, when="2026-03-20 10:00", **more):
    answers = {"decision": "REOPEN", "ground": "NEW_FACT", "words": "单位愿意再谈。", **more}
    return story.do("head", "reopen", when, **answers)


def test_d13_tells_the_worker_the_time_left_and_the_firm_nothing_of_it():
    story = failed()
    with story.reading() as case:
        papers = {facts_of(row).addressee: facts_of(row) for row in
                  Paper.objects.filter(case=case, code="D13")}  # fmt: skip
    assert papers["工人1"].limitation.due.isoformat() == "2027-03-12"
    assert papers["砚石劳务（虚构）"].limitation is None
    assert papers["工人1"].arbitration.name


def test_a_failed_case_is_not_closed_before_its_workers_hold_the_notice():
    story = reported(failed())
    with story.reading() as case:
        row = Service.objects.filter(case=case, document="D13", party__ref="W01").get()
    story.start("manager", "hearing.void_service", "2026-03-19 09:30", service=str(row.pk),
                reason="拒收，未送达")  # fmt: skip
    with pytest.raises(NotToldOfTheEnd):
        close(story)
    story.start("manager", "hearing.deliver_end", "2026-03-19 11:00", way="post",
                proof="EMS 1", reason="差距过大")  # fmt: skip
    assert close(story, when="2026-03-19 11:10").case.status == "CLOSED"


def test_the_mediator_does_not_close_even_as_a_case_manager():
    story = reported(failed())
    with story.reading():
        Case.objects.filter(pk=story.case_id).update(mediator=story.people["head"])
    with pytest.raises(ClosedByTheMediator):
        close(story)


def test_opened_again_for_mediation_it_is_mediated_anew():
    story = closed()
    ask(story)
    assert story.names() == ["reopen", "visit"]
    done = decide(story, to="MEDIATION")
    assert (done.case.status, str(done.case)[-2:]) == ("REOPENED", "-1")
    assert story.names() == ["appoint"], "the visit of the first closing is over"
    with story.reading() as case:
        assert set(case.claims.values_list("outcome", flat=True)) == {"OPEN"}
        limit = case.deadlines.get(rule="M-04", state="OPEN")
        assert limit.start.isoformat() == "2026-03-20"
    to_session(story, called="2026-03-20 14:00", day="2026-03-25")
    story.do("mediator", "hold_session", "2026-03-25 11:00", **held("SETTLED"))
    assert story.names() == ["draft"]


def test_a_third_opening_is_for_a_review_meeting():
    story = closed()
    for day, count in (("20", 1), ("24", 2)):
        ask(story, when=f"2026-03-{day} 09:00")
        assert decide(story, when=f"2026-03-{day} 10:00").case.reopen_count == count
        reported(story, when=f"2026-03-{day} 11:00")
        close(story, when=f"2026-03-{day} 12:00")
    ask(story, when="2026-03-26 09:00")
    with pytest.raises(ReopenedOften):
        decide(story, when="2026-03-26 10:00")
    decide(story, when="2026-03-26 11:00", decision="KEEP")
    assert story.names() == ["visit"]


def test_left_closed_the_visit_goes_on_as_it_was():
    story = closed()
    ask(story)
    decide(story, decision="KEEP")
    assert story.names() == ["visit"]
    with story.reading() as case:
        assert Process.objects.filter(case=case, finished__isnull=True).count() == 1


def test_nothing_agreed_is_not_watched_and_nothing_failed_is_not_mediated():
    story = closed()
    ask(story)
    with pytest.raises(NothingToWatch):
        decide(story, to="FOLLOWUP")
    with story.reading() as case:
        Claim.objects.filter(case=case).update(outcome="AGREED")
    with pytest.raises(NothingToMediate):
        decide(story, to="MEDIATION")


def signed():
    """A group's agreement in force, with two payments to come."""
    story = settled_group()
    story.do("mediator", "draft", "2026-03-25 14:00", **draft())
    return story


def test_a_case_is_not_closed_over_a_text_in_hand():
    story = signed()
    with pytest.raises(TextInHand):
        story.start("manager", "closing.begin_closing", "2026-03-25 15:00", outcome="FAILED",
                    words="试行报结。")  # fmt: skip
        close(story, when="2026-03-25 16:00")


def test_money_still_owed_is_followed_or_said_to_be_lost():
    story = in_force()
    story.start("manager", "closing.begin_closing", "2026-03-26 09:00",
                outcome="AGREED_PERFORMING", words="履行中，转后续跟踪。")  # fmt: skip
    with pytest.raises(NotAllPaid):
        close(story, when="2026-03-26 10:00", outcome="AGREED_PERFORMED")
    with pytest.raises(MoneyStillDue):
        close(story, when="2026-03-26 10:00")
    close(story, when="2026-03-26 11:00", aftercare=True)
    assert story.names() == ["visit", "watch"]
    ask(story, when="2026-03-27 09:00", ground="DEFAULT")
    decide(story, when="2026-03-27 10:00", ground="DEFAULT", to="FOLLOWUP")
    assert story.names() == ["watch"], "one watch, not two"


def object_to(story, when="2026-03-20 09:00"):
    with clock.held_at(at(when)), transaction.atomic(), acting(story.case_id, None):
        case, me = (
            Case.objects.get(pk=story.case_id),
            Party.objects.get(case_id=story.case_id, ref="W01"),
        )
        worker.say(case, me, kind="OBJECTION", text="钱没有收到，也没人告诉我。", at=at(when))


def test_a_workers_objection_to_a_closed_case_opens_one_review():
    story = reported(failed())
    object_to(story, "2026-03-19 09:30")
    assert "reopen" not in story.names(), "before the closing it is a word to be answered"
    close(story)
    object_to(story)
    object_to(story, "2026-03-20 09:30")
    assert story.names() == ["reopen", "visit"]
    with story.reading() as case:
        (asked,) = Event.objects.filter(case=case, kind="reopening.asked")
        assert asked.payload["ground"] == "DISSATISFIED"
        assert "没有收到" not in str(asked.payload)
    decide(story, ground="DISSATISFIED", to="MEDIATION")
    with story.reading() as case:
        assert (case.reopen_count, case.closed_on) == (1, None)


def test_asking_says_who_asked_and_why():
    story = closed()
    ask(story)
    with story.reading() as case:
        told = Event.objects.get(case=case, kind="reopening.asked").payload
    assert told == {"ground": "NEW_FACT", "words": "单位愿意再谈一次。"}
    with pytest.raises(Invalid):
        ask(story, ground="nonsense")


def test_aftercare_asks_every_thirty_days_until_it_is_over_there_too():
    story = closed(aftercare=True)
    assert story.names() == ["visit"]
    story.until("2026-04-21 00:00")
    assert story.names() == ["ask", "visit"]
    story.start("manager", "aftercare.follow", "2026-04-21 09:00", kind="ARBITRATION",
                step="FILED", body="试验区劳动人事争议仲裁委员会")  # fmt: skip
    story.do("manager", "ask", "2026-04-21 10:00", decision="MORE", words="5月开庭")
    assert story.names() == ["visit"]
    story.until("2026-05-22 00:00")
    story.do("manager", "ask", "2026-05-22 10:00", decision="OVER", words="已裁决")
    with story.reading() as case:
        running = Process.objects.filter(case=case, finished__isnull=True)
        assert [row.flow_class.__name__ for row in running] == ["ClosingFlow"]
        assert not case.deadlines.filter(rule="GEN-CARE", state="OPEN").exists()
