"""The call, the triage, the application and its decision; and who may not."""

import pytest
from django.db import transaction

from casework.access.context import acting, system
from casework.models import Case, Deadline, Event, Timer
from mediation.engine import pump, run
from mediation.engine.errors import AlreadyDone, Invalid, NotFound, NotYours
from mediation.engine.ring import ring
from tests.process.conftest import instant
from tests.process.journey import DISPUTE, accepted, called, do, only, received, start


def see(case):
    with transaction.atomic(), system("test"):
        return Case.objects.get(pk=case.pk)


def rows(model, case, **where):
    with transaction.atomic(), system("test"):
        return list(model.objects.filter(case_id=case.pk, **where))


def test_a_call_becomes_a_case_with_a_ticket_and_no_case_number(people):
    done = called(people)
    assert done.case.ticket_no == "CQ12351-20260302-0001"
    assert done.case.number == ""
    assert done.case.status == "REGISTERED"


def test_the_tracking_code_is_said_once_and_stored_nowhere(people):
    done = called(people)
    digits = "".join(each for each in done.say_once if each.isdigit())
    assert len(digits) == 16
    payloads = str([event.payload for event in rows(Event, done.case)])
    assert digits not in payloads


def test_a_call_without_number_or_name_must_be_anonymous(people):
    data = {**DISPUTE, "phone": "", "name": ""}
    with pytest.raises(Invalid) as refused:
        start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:00", **data)
    assert "phone" in refused.value.form.errors


def test_union_has_three_working_days_to_accept_and_the_right_opens_after_fifteen(people):
    done = received(people)
    found = {row.rule: row.due.isoformat() for row in rows(Deadline, done.case)}
    assert (found["M-01"], found["M-03"]) == ("2026-03-06", "2026-03-18")


def test_acceptance_gives_a_number_and_starts_the_mediation(people):
    done = accepted(people)
    assert done.case.number == "渝工调两江〔2026〕1号"
    assert [task.flow_task.name for task in done.open_tasks] == ["appoint"]


def test_acceptance_needs_the_other_side(people):
    done = do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00",
              classes=["DISPUTE"], main_cause="A02.01", district="两江新区", priority="NORMAL")  # fmt: skip
    done = do(people["dengchuan"], only(done, "receive_application"), "2026-03-03 09:00")
    with pytest.raises(Exception, match="agree|同意"):
        do(
            people["dengchuan"],
            only(done, "decide_acceptance"),
            "2026-03-04 09:00",
            decision="ACCEPT",
        )


def test_missing_materials_are_asked_once_and_the_clock_starts_anew(people):
    done = received(people)
    done = do(people["dengchuan"], only(done, "decide_acceptance"), "2026-03-04 09:00",
              decision="ASK", missing="工资流水")  # fmt: skip
    assert done.case.status == "PENDING_MATERIALS"
    done = do(
        people["dengchuan"],
        only(done, "supply_materials"),
        "2026-03-10 09:00",
        words="工资流水",
    )
    (running,) = rows(Deadline, done.case, rule="M-01", state="OPEN")
    assert running.due.isoformat() == "2026-03-13"


def test_a_refusal_needs_a_second_person(people):
    done = received(people)
    done = do(people["weijia"], only(done, "decide_acceptance"), "2026-03-04 09:00",
              decision="REFUSE", reason="不属于劳动争议")  # fmt: skip
    task = only(done, "approve_refusal")
    with pytest.raises(Exception, match="second person|第二"):
        do(people["weijia"], task, "2026-03-04 10:00", decision="REFUSE")


def test_nobody_decided_in_time_and_it_is_written_down(people):
    done = received(people)
    at = instant("2026-03-07 00:01")
    for timer in _claim(at):
        ring(timer, at)
    kinds = [event.kind for event in rows(Event, done.case)]
    assert "reminder.sent" in kinds
    assert rows(Timer, done.case, state="PENDING") == []


def _claim(at):
    with transaction.atomic(), system("pump"):
        return pump.claim(at)


@pytest.mark.parametrize("stranger", ["luoqiming", "zhongping", "admin"])
def test_strangers_do_not_even_find_the_task(people, stranger):
    task = only(called(people), "triage")
    with pytest.raises(NotFound):
        do(people[stranger], task, "2026-03-02 10:00")


def test_the_operator_sees_the_task_but_may_not_do_it(people):
    task = only(called(people), "triage")
    with pytest.raises(NotYours):
        do(people["qinxiaoyue"], task, "2026-03-02 10:00")


def test_a_liaison_records_no_calls(people):
    with pytest.raises(NotYours):
        start(people["luoqiming"], "intake.record_call", "2026-03-02 09:00", **DISPUTE)


def test_a_step_is_done_once(people):
    done = called(people)
    task = only(done, "triage")
    data = {
        "classes": ["DISPUTE"],
        "main_cause": "A02.01",
        "district": "两江新区",
        "priority": "NORMAL",
    }
    do(people["dengchuan"], task, "2026-03-02 10:00", **data)
    with pytest.raises(AlreadyDone):
        do(people["dengchuan"], task, "2026-03-02 10:01", **data)


def test_an_emergency_has_thirty_minutes(people):
    done = start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 14:05",
                 **{**DISPUTE, "classes": ["EMERGENCY"], "danger": True})  # fmt: skip
    (clock_row,) = rows(Timer, done.case, state="PENDING")
    assert clock_row.due_at == instant("2026-03-02 14:35")
    done = do(
        people["qinxiaoyue"],
        only(done, "dispatch_emergency"),
        "2026-03-02 14:12",
        told=["duty", "119"],
    )
    assert done.case.status == "EMERGENCY_RESPONSE"
    assert rows(Timer, done.case, state="PENDING") == []


def test_engine_works_on_its_own_case_only(people):
    first, second = called(people), called(people)
    with transaction.atomic(), acting(first.case.pk, None):
        assert list(Case.objects.values_list("pk", flat=True)) == [first.case.pk]
    assert run.open_tasks(second.case.pk) == ()
