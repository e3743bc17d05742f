"""Whatever people do to a case in whatever order, the promises hold (I1-I9, I17); a replay does nothing.

WUFANG_LIFE_STEPS sets the size: a few hundred steps by default, 100,000 at night.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from casework import clock
from casework.access.context import as_person, system
from casework.commands.base import CommandRefused
from casework.models import Case, Session, Timer
from mediation.engine import pump, run
from mediation.engine.errors import AlreadyDone, Conflict, Invalid, NotFound, NotYours
from mediation.engine.ring import ring
from tests.process import journey
from tests.process.conftest import instant
from tests.process.life import ACTS, answers, broken, one_session_at_most

STEPS = int(os.environ.get("WUFANG_LIFE_STEPS", "120"))
LENGTH = 15
NO = (CommandRefused, Invalid, NotFound, NotYours, AlreadyDone, Conflict)
PEOPLE: dict[str, Any] = {}
REACHED: set[str] = set()  # the steps that were carried out at least once


class Life(RuleBasedStateMachine):
    """One case from the call on, under a clock that only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.seen: dict[int, Any] = {}
        self.done: list[Any] = []
        self.case_id = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(
        begin=st.sampled_from([journey.called, journey.received, journey.accepted]),
        steps=st.integers(0, 18),
    )
    def call(self, begin: Any, steps: int) -> None:
        self.case_id = begin(PEOPLE).case.pk
        self.now = instant("2026-03-04 09:01")
        for _step in range(steps):
            self.go_on()

    def held(self, act: Any) -> Any:
        """Do it at this instant; a refusal must leave no trace."""
        self.now += timedelta(minutes=7)
        before = self.mark()
        with clock.held_at(self.now):
            try:
                return act()
            except NO:
                assert self.mark() == before, "a refusal left a trace"
                return None

    def mark(self) -> tuple[int, int]:
        with transaction.atomic(), system("life"):
            case = Case.objects.get(pk=self.case_id)
            return case.chain_seq, len(run.open_tasks(case.pk))

    @rule()
    def walk(self) -> None:
        self.go_on()

    @rule(data=st.data())
    def complete(self, data: Any) -> None:
        self.complete_one(lambda rows: data.draw(st.sampled_from(rows)))

    def go_on(self) -> None:
        """The straight way: the newest task, its first answer, on the day of the session."""
        self.complete_one(lambda rows: rows[0], newest=True)

    def complete_one(self, pick: Callable[[list[Any]], Any], *, newest: bool = False) -> None:
        with transaction.atomic(), system("life"):
            tasks = list(run.open_tasks(self.case_id))
            session = Session.objects.filter(case_id=self.case_id, state="PLANNED").first()
        if not tasks:
            return
        task = tasks[-1] if newest else pick(tasks)
        name = task.flow_task.name
        if name == "hold_session" and session and newest:
            self.pass_time(max(1, (session.starts_at - self.now).days + 1))
        with transaction.atomic(), system("life"):
            case = Case.objects.get(pk=self.case_id)
            filled = answers(case, name, self.now, pick)
        by = self.entitled(task, case)
        if self.held(lambda: run.complete(task_id=task.pk, by=by, data=filled, at=self.now)):
            REACHED.add(name)
            self.done.append((task.pk, by, filled))

    def entitled(self, task: Any, case: Case) -> Any:
        """Somebody who may; the closer and the second person are never the first."""
        wanted = [p for p in PEOPLE.values() if run.may_do(task, p) and self.sees(p)]
        strangers = [p for p in wanted if p.pk not in (case.mediator_id, case.manager_id)]
        first = strangers or wanted or [PEOPLE["taoyan"]]
        return task.owner or first[0]

    def sees(self, person: Any) -> bool:
        with transaction.atomic(), as_person(person):
            return Case.objects.filter(pk=self.case_id).exists()

    @rule(act=st.sampled_from(ACTS))
    def begin(self, act: tuple[str, str, dict[str, Any]]) -> None:
        who, node, data = act
        self.held(
            lambda: run.start(
                node=node, by=PEOPLE[who], data=data, at=self.now, case_id=self.case_id
            )
        )

    @rule(data=st.data())
    def replay(self, data: Any) -> None:
        if not self.done:
            return
        task_id, by, filled = data.draw(st.sampled_from(self.done))
        with transaction.atomic(), system("life"):
            if any(task.pk == task_id for task in run.open_tasks(self.case_id)):
                return
        before = self.mark()
        with clock.held_at(self.now), pytest.raises((AlreadyDone, NotFound, NotYours)):
            run.complete(task_id=task_id, by=by, data=filled, at=self.now)
        assert self.mark() == before

    @rule(data=st.data())
    def strangers_get_nowhere(self, data: Any) -> None:
        with transaction.atomic(), system("life"):
            tasks = list(run.open_tasks(self.case_id))
        before = self.mark()
        for task in tasks[:1]:
            with clock.held_at(self.now), pytest.raises((NotFound, NotYours)):
                run.complete(task_id=task.pk, by=PEOPLE["shenmu"], data={}, at=self.now)
        assert self.mark() == before

    @rule(days=st.sampled_from([1, 1, 2, 3, 5, 16, 31, 400]))
    def let_time_pass(self, days: int) -> None:
        self.pass_time(days)

    def pass_time(self, days: int) -> None:
        until = self.now + timedelta(days=days)
        while (due := self.next_ring()) is not None and due <= until:
            self.now = max(self.now, due)
            with clock.held_at(self.now):
                with transaction.atomic(), system("life"):
                    claimed = pump.claim(self.now)
                for timer in claimed:
                    ring(timer, self.now)
        self.now = until

    def next_ring(self) -> Any:
        with transaction.atomic(), system("life"):
            rows = Timer.objects.filter(case_id=self.case_id, state="PENDING").order_by(
                "due_at"
            )
            return rows.values_list("due_at", flat=True).first()

    @invariant()
    def promises_hold(self) -> None:
        if not self.case_id:
            return
        self.pass_time_to_now()
        with clock.held_at(self.now), transaction.atomic(), system("life"):
            case = Case.objects.get(pk=self.case_id)
            assert list(broken(case, self.now, self.seen)) == []
            assert one_session_at_most(case)

    def pass_time_to_now(self) -> None:
        """Ring what became due in the minutes between two acts."""
        while (due := self.next_ring()) is not None and due <= self.now:
            with clock.held_at(self.now):
                with transaction.atomic(), system("life"):
                    claimed = pump.claim(self.now)
                for timer in claimed:
                    ring(timer, self.now)


@pytest.mark.slow
def test_the_promises_hold_whatever_happens(people):
    PEOPLE.clear()
    PEOPLE.update(people)
    REACHED.clear()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life,
        settings=settings(
            max_examples=max(1, STEPS // LENGTH), stateful_step_count=LENGTH, deadline=None,
            suppress_health_check=list(HealthCheck), print_blob=True,
            phases=[Phase.explicit, Phase.generate],
        ),
    )  # fmt: skip


def test_the_straight_way_leads_to_an_agreement_in_force(people):
    PEOPLE.clear()
    PEOPLE.update(people)
    REACHED.clear()
    life = Life()
    life.case_id, life.now = journey.accepted(people).case.pk, instant("2026-03-04 09:01")
    try:
        for _step in range(9):
            life.go_on()
            with clock.held_at(life.now), transaction.atomic(), system("life"):
                case = Case.objects.get(pk=life.case_id)
                assert list(broken(case, life.now, life.seen)) == []
        assert {"appoint", "notify", "hold_session", "draft", "make_ready"} <= REACHED
        assert case.status == "PERFORMED"
    finally:
        life.teardown()
