"""M-06 to M-10 of a matter that a court sends: guard, clock, number and result of each."""

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import system
from casework.models import Case, Deadline, Event, Inbound
from mediation.engine import pump, ring
from mediation.engine.errors import Invalid
from mediation.forms.acceptance import ContactForm
from mediation.forms.closing import OUTCOME_WORDS
from tests.exchange.conftest import at
from tests.exchange.test_receiving import due, offered, signed, told
from tests.process.conftest import instant
from tests.process.journey import do, start
from tests.process.referred import task_on
from tests.process.test_engine import in_system

pytestmark = pytest.mark.django_db
MANAGER, HEAD, CONTACT = "dengchuan", "weijia", "acceptance.contact"


def taken(people, court, **answer):
    """Sent on 2 March (a Monday), taken on the 3rd."""
    row = signed(people, court)
    task = task_on(row.case, "answer")
    do(people[MANAGER], task, "2026-03-03 09:00", answer="ACCEPTED", handler="邓川", **answer)
    return row


def mediated(people, row):
    """The file is accepted; a mediator can be named."""
    do(people[MANAGER], task_on(row.case, "receive_application"), "2026-03-03 10:00")
    task = task_on(row.case, "decide_acceptance")
    do(people[MANAGER], task, "2026-03-03 11:00", decision="ACCEPT")


def named(people, row, text):
    do(people[HEAD], task_on(row.case, "appoint"), text, mediator="heminzhi")


def wait(text):
    """Let ring what is due by then."""
    moment = instant(text)
    with clock.held_at(moment):
        with transaction.atomic(), system("pump"):
            ids = pump.claim(moment)
        return [ring.ring(each, moment) for each in ids]


def late(case):
    rows = in_system(lambda: list(Event.objects.filter(case=case, kind="case.escalated")))
    return [row.payload["rule"] for row in rows]


def rules(case):
    return in_system(
        lambda: set(Deadline.objects.filter(case=case).values_list("rule", flat=True))
    )


def test_m08_silence_for_three_working_days_is_written_down_and_the_court_may_take_it_back(
    people, court
):
    row = offered(court)
    wait("2026-03-05 23:59")
    assert "M-08" not in late(row.case)
    wait("2026-03-06 00:01")
    assert {"P-11", "M-08"} <= set(late(row.case))
    with at("2026-03-06 09:00"):
        court.tell("withdrawn", "court-cq/2026-0417", 2, {"reason": "另行指派"})
    assert in_system(lambda: Inbound.objects.get().state) == "WITHDRAWN"
    assert due(row.case, "M-08")[1] != "OPEN"


def test_m08_a_no_needs_its_reason_and_keeps_the_courts_number(people, court):
    row = signed(people, court)
    task = task_on(row.case, "answer")
    with pytest.raises(Invalid, match="reason"):
        do(people[MANAGER], task, "2026-03-03 09:00", answer="DECLINED")
    do(people[MANAGER], task, "2026-03-03 09:00", answer="DECLINED",
       reason_code="NO_JURISDICTION", reason="用工地不在本区")  # fmt: skip
    assert due(row.case, "M-08") == ("2026-03-05", "MET")
    (no,) = told(court, "declined")
    assert (no["reason_code"], no["reason"]) == ("NO_JURISDICTION", "用工地不在本区")
    assert in_system(lambda: Inbound.objects.get().number) == "（2026）诉前调417号"


def test_m09_chosen_in_time_m10_asked_m06_over_and_the_result_goes_back(people, court):
    row = taken(people, court, online_agreed_on="2026-03-03")
    assert due(row.case, "M-09") == ("2026-03-05", "OPEN")
    mediated(people, row)
    assert not in_system(lambda: ContactForm.fits(Case.objects.get(pk=row.case_id)))
    named(people, row, "2026-03-04 10:00")
    assert due(row.case, "M-09") == ("2026-03-05", "MET")
    assert due(row.case, "M-10") == ("2026-03-09", "OPEN")
    asked = {"party": "R1", "way": "phone"}
    start(people["heminzhi"], CONTACT, "2026-03-05 09:00", row.case, **asked)
    assert due(row.case, "M-10")[1] == "OPEN"  # nobody was reached
    start(people["heminzhi"], CONTACT, "2026-03-06 09:00", row.case, **asked, reached=True,
          answer="AGREES")  # fmt: skip
    assert due(row.case, "M-10") == ("2026-03-09", "MET")
    assert due(row.case, "M-06") == ("2026-04-02", "OPEN")
    wait("2026-04-03 00:01")
    assert "M-09b" not in rules(row.case)
    task = task_on(row.case, "limit_reached")
    do(people["heminzhi"], task, "2026-04-03 09:00", decision="END", reason="期满未达成协议")
    report = task_on(row.case, "report")
    do(
        people["heminzhi"],
        report,
        "2026-04-03 10:00",
        outcome="FAILED",
        words="内部记录：对方底线一万元",
    )
    do(people[HEAD], task_on(row.case, "decide_closing"), "2026-04-03 11:00", decision="CLOSE")
    (result,) = told(court, "result", "2026-04-03 12:00")
    assert (result["result"], result["words"]) == ("FAILED", str(OUTCOME_WORDS["FAILED"]))
    kept = in_system(lambda: Inbound.objects.get())
    assert (kept.number, kept.state) == ("（2026）诉前调417号", "RESULT")


def test_m09_not_chosen_in_time_the_court_is_asked_and_names_one_within_three(people, court):
    row = taken(people, court)
    mediated(people, row)
    do(people[MANAGER], task_on(row.case, "report_back"), "2026-03-03 14:00",
       what="PROGRESS", words="双方同意线上调解", online_agreed_on="2026-03-03")  # fmt: skip
    wait("2026-03-06 00:01")
    assert due(row.case, "M-09") == ("2026-03-05", "LAPSED")
    assert due(row.case, "M-09b") == ("2026-03-10", "OPEN")
    said = [each["words"] for each in told(court, "progressed", "2026-03-06 00:02")]
    assert len(said) == 2
    named(people, row, "2026-03-09 10:00")
    assert due(row.case, "M-09b") == ("2026-03-10", "MET")
    wait("2026-03-13 00:01")
    assert "M-10" in late(row.case)  # and nobody asked the other side


def test_m09_nobody_agrees_on_a_day_to_come_and_the_question_is_asked_of_courts_only(
    people, court
):
    with pytest.raises(Invalid, match="online_agreed_on"):
        taken(people, court, online_agreed_on="2026-03-04")
    other = signed_by_hand(people)
    task = task_on(other, "answer")
    do(people[MANAGER], task, "2026-03-03 09:00", answer="ACCEPTED", handler="邓川",
       online_agreed_on="2026-03-03")  # fmt: skip
    assert "M-09" not in rules(other)


def signed_by_hand(people):
    """A matter that another office hands over, no court's."""
    done = start(
        people["luoqiming"], "inbound.register", "2026-03-02 09:00", agency="HRSS", number="监9号",
        matter="MEDIATION", procedure="TRANSFERRED", district="两江新区", facts="拖欠工资",
        names=[{"name": "邹世海"}], employers=[{"name": "岚桥机电"}],
    )  # fmt: skip
    do(people[MANAGER], task_on(done.case, "sign_for"), "2026-03-02 10:00")
    return done.case
