"""What viewflow leaves open is closed: locks, permissions, clocks, errors, races."""

import threading

import pytest
from django.core.checks import run_checks
from django.db import connection, connections, transaction
from viewflow.workflow import flow as stock
from viewflow.workflow import nodes

from casework.access.context import acting, system
from casework.commands.deadlines import void_rule
from casework.models import Case, Deadline, Event, Timer
from mediation.engine import checks, clocks, flow, pump, run
from mediation.engine.activations import FailedBranch
from mediation.engine.errors import AlreadyDone, Conflict
from mediation.engine.ring import failed, ring
from mediation.engine.steps import StepForm
from mediation.models import Process, Task
from tests.process.conftest import instant
from tests.process.journey import TRIAGE, called, do, only, received


def in_system(question):
    with transaction.atomic(), system("test"):
        return question()


def race(*acts):
    """Run acts at the same moment, each in a thread with a connection of its own."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def one(number, act):
        try:
            barrier.wait()
            outcomes[number] = act()
        except Exception as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


class Nothing(StepForm):
    def act(self):
        return ""


def problems(flow_class):
    return {problem.id for problem in checks.problems_of(flow_class)}


def test_the_flows_of_the_house_are_safe():
    assert [
        problem for problem in run_checks() if problem.id and problem.id.startswith("wufang")
    ] == []


def test_planted_flow_without_lock_is_refused():
    class PlantedNoLockFlow(stock.Flow):
        begin = flow.StartHandle().Annotation(title="x").Next(flow.this.end)
        end = flow.End().Annotation(title="x")

    assert "wufang.E001" in problems(PlantedNoLockFlow)


def test_planted_step_open_to_everybody_is_refused():
    class PlantedOpenFlow(flow.Flow):
        begin = flow.StartHandle().Annotation(title="x").Next(flow.this.step)
        step = flow.View(Nothing).Annotation(title="x").Next(flow.this.end)
        end = flow.End().Annotation(title="x")

    assert "wufang.E006" in problems(PlantedOpenFlow)


def test_planted_unknown_permission_and_stock_node_are_refused():
    class PlantedStockFlow(flow.Flow):
        begin = flow.StartHandle().Annotation(title="x").Next(flow.this.step)
        step = (
            flow.View(Nothing)
            .Annotation(title="x")
            .Permission("mediation.fly")
            .Next(flow.this.end)
        )
        end = nodes.End().Annotation(title="x")

    assert {"wufang.E005", "wufang.E007"} <= problems(PlantedStockFlow)


def test_planted_inherited_flow_is_refused():
    # never a flow of the house: viewflow moves the parent's edges to the child
    class PlantedParentFlow(flow.Flow):
        begin = flow.StartHandle().Annotation(title="x").Next(flow.this.end)
        end = flow.End().Annotation(title="x")

    class PlantedChildFlow(PlantedParentFlow):
        pass

    assert "wufang.E002" in problems(PlantedChildFlow)


@pytest.mark.django_db
def test_open_task_on_a_vanished_node_is_refused(people):
    task = only(called(people), "triage")
    in_system(
        lambda: Task.objects.filter(pk=task.pk).update(
            flow_task="mediation/flows.intake.IntakeFlow.gone"
        )
    )
    assert [each.id for each in checks.no_task_on_a_vanished_node(databases=["default"])] == [
        "wufang.E009"
    ]


@pytest.mark.django_db
def test_clock_task_and_deadline_tell_the_same_instant(people):
    done = received(people)
    task = in_system(
        lambda: Task.objects.get(case=done.case, flow_task_type="TIMER", is_open=True)
    )
    timer = in_system(lambda: Timer.objects.get(task_id=task.pk))
    due = in_system(lambda: Deadline.objects.get(case=done.case, rule="M-01"))
    assert task.scheduled == timer.due_at == instant("2026-03-07 00:00")
    assert due.due.isoformat() == "2026-03-06"


@pytest.mark.django_db
def test_a_done_step_takes_its_clock_away(people):
    done = received(people)
    do(
        people["dengchuan"],
        only(done, "decide_acceptance"),
        "2026-03-04 09:00",
        decision="ACCEPT",
    )
    states = in_system(
        lambda: list(
            Timer.objects.filter(
                case=done.case, kind=clocks.RING_TASK, deadline__rule="M-01"
            ).values_list("state", flat=True)
        )
    )
    assert states == ["VOID"]


@pytest.mark.django_db
def test_a_voided_deadline_does_not_ring(people):
    done, at = received(people), instant("2026-03-08 09:00")
    with transaction.atomic(), system("pump"):
        (timer_id,) = pump.claim(at)
    with transaction.atomic(), acting(done.case.pk, None):
        void_rule(done.case, "M-01", by=None, at=instant("2026-03-04 09:00"), ground="test")
    assert ring(timer_id, at) is False


@pytest.mark.django_db
def test_ringing_twice_acts_once(people):
    done, at = received(people), instant("2026-03-08 09:00")
    with transaction.atomic(), system("pump"):
        (timer_id,) = pump.claim(at)
    assert [ring(timer_id, at), ring(timer_id, at)] == [True, False]
    kinds = in_system(
        lambda: list(Event.objects.filter(case=done.case).values_list("kind", flat=True))
    )
    assert kinds.count("reminder.sent") == 1


@pytest.mark.django_db
def test_a_clock_that_fails_is_tried_again_later_and_at_last_left_to_people(people):
    received(people)
    at = instant("2026-03-08 09:00")
    with transaction.atomic(), system("pump"):
        (timer_id,) = pump.claim(at)
    failed(timer_id, at)
    row = in_system(lambda: Timer.objects.get(pk=timer_id))
    assert (row.state, row.due_at) == ("PENDING", instant("2026-03-08 09:02"))
    in_system(lambda: Timer.objects.filter(pk=timer_id).update(state="CLAIMED", attempts=6))
    failed(timer_id, at)
    assert in_system(lambda: Timer.objects.get(pk=timer_id).state) == "DEAD"


@pytest.mark.django_db
def test_a_lost_job_is_put_back(people):
    received(people)
    with transaction.atomic(), system("pump"):
        pump.claim(instant("2026-03-08 09:00"))
    assert pump.rescue(instant("2026-03-08 09:01")) == 0
    assert pump.rescue(instant("2026-03-08 09:10")) == 1


@pytest.mark.django_db
def test_an_end_refuses_to_hide_a_failed_branch(people):
    done = received(people)
    in_system(
        lambda: Task.objects.filter(case=done.case, flow_task_type="TIMER").update(
            status="ERROR", finished=instant("2026-03-04 08:00")
        )
    )
    with pytest.raises(FailedBranch):
        do(
            people["dengchuan"],
            only(done, "decide_acceptance"),
            "2026-03-04 09:00",
            decision="ACCEPT",
        )


@pytest.mark.django_db
def test_a_failing_step_leaves_nothing_behind(people, monkeypatch):
    done = received(people)
    before = in_system(lambda: Event.objects.filter(case=done.case).count())
    monkeypatch.setattr("mediation.commands.acceptance.issue", _breaks)
    with pytest.raises(ZeroDivisionError):
        do(
            people["dengchuan"],
            only(done, "decide_acceptance"),
            "2026-03-04 09:00",
            decision="ACCEPT",
        )
    assert in_system(lambda: Event.objects.filter(case=done.case).count()) == before
    assert in_system(lambda: Task.objects.get(pk=only(done, "decide_acceptance").pk).data) == {}


def _breaks(*_args, **_keys):
    return 1 // 0


@pytest.mark.django_db
def test_cancelling_takes_fresh_rows_and_stops_clocks(people):
    done = received(people)
    stale = in_system(lambda: Process.objects.get(case=done.case, finished__isnull=True))
    stale.answer = "stale"
    with transaction.atomic(), acting(done.case.pk, None):
        run.cancel_flows(Case.objects.get(pk=done.case.pk))
    row = in_system(lambda: Process.objects.get(pk=stale.pk))
    assert (row.status, row.answer) == (
        "CANCELED",
        "RECEIVED" if row.answer == "RECEIVED" else row.answer,
    )
    assert in_system(lambda: Timer.objects.filter(case=done.case, state="PENDING").count()) == 0


def test_two_people_at_one_step_one_wins(own_people):
    for _round in range(5):
        task = only(called(own_people), "triage")
        outcomes = race(
            *(
                lambda: do(own_people["dengchuan"], task, "2026-03-02 10:00", **TRIAGE)
                for _each in range(2)
            )
        )
        losers = [each for each in outcomes if isinstance(each, Exception)]
        assert len(losers) == 1
        assert isinstance(losers[0], (AlreadyDone, Conflict))


def test_step_against_withdrawal_never_leaves_half_a_case(own_people):
    def withdraw(case):
        with transaction.atomic(), acting(case.pk, None):
            return run.cancel_flows(Case.objects.select_for_update(no_key=True).get(pk=case.pk))

    for _round in range(5):
        done = received(own_people)
        task = only(done, "decide_acceptance")
        race(
            lambda: do(own_people["dengchuan"], task, "2026-03-04 09:00", decision="ACCEPT"),
            lambda: withdraw(done.case),
        )
        running = in_system(
            lambda: Process.objects.filter(case=done.case, finished__isnull=True).count()
        )
        tasks = in_system(lambda: Task.objects.filter(case=done.case, is_open=True).count())
        assert (running == 0) == (tasks == 0)


def test_timer_against_cancel_rings_once_or_not_at_all(own_people):
    at = instant("2026-03-08 09:00")

    def sweep():
        with transaction.atomic(), system("pump"):
            ids = pump.claim(at)
        return [ring(each, at) for each in ids]

    for _round in range(5):
        done = received(own_people)
        task = only(done, "decide_acceptance")
        race(
            sweep,
            lambda: do(own_people["dengchuan"], task, "2026-03-08 09:00", decision="ACCEPT"),
        )
        kinds = in_system(
            lambda: list(Event.objects.filter(case=done.case).values_list("kind", flat=True))
        )
        assert kinds.count("reminder.sent") <= 1
        assert kinds.count("case.accepted") == 1
        assert (
            in_system(
                lambda: Timer.objects.filter(
                    case=done.case, state__in=["PENDING", "CLAIMED"], deadline__rule="M-01"
                ).count()
            )
            == 0
        )


def test_a_held_case_answers_in_two_seconds_with_words(own_people):
    done = received(own_people)
    held, go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic(), acting(done.case.pk, None):
            Case.objects.select_for_update(no_key=True).get(pk=done.case.pk)
            held.set()
            go.wait(10)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    with pytest.raises(Conflict), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
        do(
            own_people["dengchuan"],
            only(done, "decide_acceptance"),
            "2026-03-04 09:00",
            decision="ACCEPT",
        )
    go.set()
    thread.join()
