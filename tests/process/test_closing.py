"""Closing: reported, closed by another, visited by a third, archived; and opened again."""

from datetime import date

import pytest

from casework import clock
from casework.access.context import system
from casework.commands.base import CommandRefused
from casework.commands.closing import ReferralOpen
from casework.commands.deadlines import set_deadline
from casework.commands.visits import VisitedByTheHandler
from casework.models import Case, Deadline, Event, Timer
from documents import issue
from documents.models import Paper
from mediation.engine import pump
from mediation.engine.errors import AlreadyDone, Invalid, NotFound, NotYours
from mediation.engine.ring import ring
from mediation.engine.run import open_tasks
from tests.process.conftest import instant
from tests.process.journey import called, do, only, print_papers, received, start

WORDS = "工人撤回来电事项，无需继续处理。"


def reported(people):
    return start(
        people["dengchuan"], "closing.begin_closing", "2026-03-03 09:00",
        called(people).case, outcome="SETTLED_PRIVATELY", words=WORDS,
    )  # fmt: skip


def closed(people):
    return do(people["weijia"], only(reported(people), "decide_closing"), "2026-03-04 09:00",
              decision="CLOSE")  # fmt: skip


def visit(people, done, at, **data):
    return do(people["qinxiaoyue"], only(done, "visit"), at, **data)


def test_closing_starts_the_clocks_of_visit_and_archive(people):
    case = closed(people).case
    assert (case.status, case.outcome) == ("CLOSED", "SETTLED_PRIVATELY")
    with system("test"):
        rows = Deadline.objects.filter(case=case, rule__in=["P-06", "P-07"])
        due = dict(rows.values_list("rule", "due"))
    assert {rule: str(on) for rule, on in due.items()} == {
        "P-06": "2026-03-11",
        "P-07": "2026-04-03",
    }


def test_the_head_may_ask_for_another_report(people):
    done = do(people["weijia"], only(reported(people), "decide_closing"), "2026-03-04 09:00",
              decision="BACK")  # fmt: skip
    assert only(done, "report")
    assert done.case.closed_on is None


def test_a_satisfied_caller_and_an_archivist_end_the_file(people, settings, tmp_path):
    settings.WUFANG_FILES = tmp_path
    done = visit(
        people, closed(people), "2026-03-05 09:00", reached=True, satisfied="satisfied"
    )
    task = only(done, "archive")
    with pytest.raises(CommandRefused, match="来电登记表"):  # not printed: no pages to list
        do(people["gongwen"], task, "2026-03-06 08:59", complete=True)
    print_papers(done.case)
    done = do(people["gongwen"], task, "2026-03-06 09:00", complete=True)
    with system("test"):
        cover = issue.facts_of(Paper.objects.get(case=done.case, code="D32"))
    assert [row.title for row in cover.pieces] == [
        "12351职工服务热线来电登记表",
        "回访记录",
        "结案报告",
    ]
    assert (done.case.status, done.open_tasks) == ("ARCHIVED", ())
    with pytest.raises(AlreadyDone):
        do(people["gongwen"], task, "2026-03-06 09:01", complete=True)


def test_three_tries_on_three_days_stand_for_a_visit(people):
    done = closed(people)
    for day in ("2026-03-05", "2026-03-05", "2026-03-06"):
        done = visit(people, done, f"{day} 09:00", reached=False)
        assert only(done, "visit")
    assert only(visit(people, done, "2026-03-09 09:00", reached=False), "archive")


def test_somebody_reached_says_how_satisfied_they_are(people):
    with pytest.raises(Invalid):
        visit(people, closed(people), "2026-03-05 09:00", reached=True)


def test_a_stranger_cannot_visit_or_close(people):
    with pytest.raises((NotFound, NotYours)):
        do(people["taoyan"], only(reported(people), "decide_closing"), "2026-03-04 09:00",
           decision="CLOSE")  # fmt: skip


def test_the_handler_does_not_visit(people):
    done = closed(people)
    with system("test"):
        Case.objects.filter(pk=done.case.pk).update(manager=people["dengchuan"])
    with pytest.raises(VisitedByTheHandler):
        do(people["dengchuan"], only(done, "visit"), "2026-03-05 09:00", reached=True,
           satisfied="satisfied")  # fmt: skip


def unsatisfied(people):
    return visit(people, closed(people), "2026-03-05 09:00", reached=True,
                 satisfied="not_satisfied", need="单位没有开离职证明")  # fmt: skip


def test_a_ground_to_stay_closed_leads_to_the_archive(people):
    done = do(people["weijia"], only(unsatisfied(people), "reopen"), "2026-03-06 09:00",
              decision="KEEP", ground="DISSATISFIED", words="所述事项已另案办理")  # fmt: skip
    assert only(done, "archive")


def test_a_reopened_case_is_visited_again_before_the_archive(people):
    done = do(people["weijia"], only(unsatisfied(people), "reopen"), "2026-03-06 09:00",
              decision="REOPEN", ground="DISSATISFIED", words="离职证明未开")  # fmt: skip
    assert (done.case.status, done.case.reopen_count) == ("REOPENED", 1)
    done = do(people["dengchuan"], only(done, "report"), "2026-03-09 09:00",
              outcome="CORRECTED", words="离职证明已补开。")  # fmt: skip
    done = do(
        people["weijia"], only(done, "decide_closing"), "2026-03-10 09:00", decision="CLOSE"
    )
    done = visit(people, done, "2026-03-11 09:00", reached=False)
    assert only(done, "visit"), "the visit before the reopening does not stand for this one"


def states(case):
    with system("test"):
        return dict(Deadline.objects.filter(case=case).values_list("rule", "state"))


def told(case, kind):
    with system("test"):
        rows = Event.objects.filter(case=case, kind=kind)
        return [row.payload["rule"] for row in rows]


def test_at_closing_each_clock_ends_as_it_was(people):
    case = received(people).case  # M-01 ends on 2026-03-06, M-03 on 2026-03-18
    done = start(people["dengchuan"], "closing.begin_closing", "2026-03-10 09:00", case,
                 outcome="SETTLED_PRIVATELY", words=WORDS)  # fmt: skip
    do(people["weijia"], only(done, "decide_closing"), "2026-03-10 10:00", decision="CLOSE")
    seen = states(case)
    assert (seen["M-01"], seen["M-03"]) == ("MISSED", "VOID")
    assert "M-01" in told(case, "deadline.missed")
    assert told(case, "deadline.voided") == ["M-03"]
    with system("test"):
        left = Timer.objects.filter(case=case, state="PENDING").values_list(
            "deadline__rule", flat=True
        )
        assert set(left) == {"P-06"}


def test_what_is_followed_in_aftercare_keeps_its_clock(people):
    case = received(people).case
    with system("test"):
        set_deadline(case, "A-07", start=date(2026, 3, 3), start_event="performance_ended",
                     by=None, at=instant("2026-03-03 09:00"), ring="window.over")  # fmt: skip
    done = start(people["dengchuan"], "closing.begin_closing", "2026-03-05 09:00", case,
                 outcome="TO_COURT", words=WORDS)  # fmt: skip
    do(people["weijia"], only(done, "decide_closing"), "2026-03-05 10:00", decision="CLOSE",
       aftercare=True)  # fmt: skip
    seen = states(case)
    assert (seen["A-07"], seen["M-03"]) == ("OPEN", "VOID")
    with system("test"):
        assert Timer.objects.filter(case=case, deadline__rule="A-07", state="PENDING").exists()


def test_a_return_visit_that_is_not_made_is_reminded_of(people):
    done = closed(people)
    with system("test"):
        (timer,) = Timer.objects.filter(case=done.case, state="PENDING")
    moment = instant("2026-03-12 00:00")
    with clock.held_at(moment):
        with system("test"):
            due = pump.claim(moment)
        for each in due:
            ring(each, moment)
    assert timer.pk in due
    with system("test"):
        assert Event.objects.filter(case=done.case, kind="reminder.sent").count() == 1
        assert any(task.flow_task.name == "visit" for task in open_tasks(done.case.pk))


def test_withdrawal_before_acceptance_leaves_no_task_behind(people):
    case = received(people).case
    done = start(people["dengchuan"], "hearing.withdraw", "2026-03-04 09:00", case,
                 reason="单位已付清")  # fmt: skip
    assert [task.flow_task.name for task in done.open_tasks] == ["report"]


def referred(people):
    case = received(people).case
    start(people["dengchuan"], "referral.refer", "2026-03-04 09:00", case,
          matter="LABOUR_INSPECTION", asked="核查是否拖欠工资。", side_track=True)  # fmt: skip
    return start(people["dengchuan"], "closing.begin_closing", "2026-03-05 09:00", case,
                 outcome="TO_INSPECTION", words=WORDS)  # fmt: skip


def test_a_case_with_an_office_at_work_is_closed_into_aftercare_only(people):
    done = referred(people)
    with pytest.raises(ReferralOpen):
        do(people["weijia"], only(done, "decide_closing"), "2026-03-05 10:00", decision="CLOSE")
    done = do(people["weijia"], only(done, "decide_closing"), "2026-03-05 11:00",
              decision="CLOSE", aftercare=True)  # fmt: skip
    assert {task.flow_task.name for task in done.open_tasks} == {"visit", "sign_for"}
