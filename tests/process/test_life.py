"""Whatever people do to a case in whatever order, the promises hold (I1-I9, I17); a replay does nothing.

The straight way is walked once; at each of its stations, from the last back to the first, a machine does
random acts, and each of its examples is rolled back. WUFANG_LIFE_STEPS sets the number of steps in all.
"""

import os
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from casework import clock
from casework.access.context import system
from casework.models import Case
from mediation.engine import run
from mediation.engine.errors import AlreadyDone, NotFound, NotYours
from tests.process import journey
from tests.process.conftest import instant
from tests.process.life import ACTS
from tests.process.lived import Lived

STEPS = int(os.environ.get("WUFANG_LIFE_STEPS", "500"))
LENGTH = 25
ROUND = 5000  # steps in one transaction
STATIONS = 17  # from the call to the archive


class Life(Lived, RuleBasedStateMachine):
    """One case from a station of the straight way on, under a clock that only goes forward."""

    station: dict[str, Any]
    taken = 0

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.go_on_from(self.station)

    def teardown(self) -> None:
        try:
            self.look_at_all()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def count(self) -> None:
        Life.taken += 1

    @rule()
    def walk(self) -> None:
        self.count()
        self.go_on()

    @rule(data=st.data())
    def complete(self, data: Any) -> None:
        self.count()
        self.complete_one(lambda rows: data.draw(st.sampled_from(rows)))

    @rule(act=st.sampled_from(ACTS))
    def act_beside(self, act: tuple[str, str, dict[str, Any]]) -> None:
        self.count()
        self.begin(*act)

    @rule(data=st.data())
    def no_way(self, data: Any) -> None:
        """Neither the same again nor a stranger leaves a trace."""
        self.count()
        self.strangers_get_nowhere()
        if self.done:
            self.replay(data)

    def replay(self, data: Any) -> None:
        act = data.draw(st.sampled_from(self.done))
        with transaction.atomic(), system("life"):
            if any(task.pk == act["task_id"] for task in run.open_tasks(self.case_id)):
                return
        with clock.held_at(self.now), pytest.raises((AlreadyDone, NotFound, NotYours)):
            run.complete(**act, at=self.now)
        self.nothing_happened()

    def strangers_get_nowhere(self) -> None:
        with transaction.atomic(), system("life"):
            tasks = run.open_tasks(self.case_id)
        for task in tasks[:1]:
            with clock.held_at(self.now), pytest.raises((NotFound, NotYours)):
                run.complete(task_id=task.pk, by=self.people["shenmu"], data={}, at=self.now)
        self.nothing_happened()

    @rule(days=st.sampled_from([1, 1, 2, 3, 5, 16, 31, 400]))
    def let_time_pass(self, days: int) -> None:
        self.count()
        self.pass_time(days)


class Walk(Lived):
    """The straight way, station by station."""

    def __init__(self, people: dict[str, Any]) -> None:
        Lived.people, Lived.reached = people, set()
        self.settle(journey.called(people).case.pk, instant("2026-03-02 09:01"))


@pytest.mark.slow(25)
@pytest.mark.parametrize("steps", [min(STEPS, ROUND)] * max(1, STEPS // ROUND))
def test_the_promises_hold_whatever_happens(people, steps):
    way, stations, Life.taken = Walk(people), [], 0
    for _station in range(STATIONS):
        stations.append((transaction.savepoint(), way.state()))
        way.go_on()
    assert {"appoint", "hold_session", "seal", "watch", "decide_closing"} <= Lived.reached
    for left, (mark, state) in zip(range(STATIONS, 0, -1), reversed(stations), strict=True):
        transaction.savepoint_rollback(mark)
        Life.station = state
        wanted = max(1, round((steps - Life.taken) / left / LENGTH))
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Life,
            settings=settings(
                max_examples=wanted, stateful_step_count=LENGTH, deadline=None,
                suppress_health_check=list(HealthCheck), print_blob=True,
                phases=[Phase.explicit, Phase.generate], database=None,
            ),
        )  # fmt: skip
    assert Life.taken >= steps * 0.9


def test_the_straight_way_leads_to_an_agreement_in_force(people):
    way = Walk(people)
    way.settle(journey.accepted(people).case.pk, instant("2026-03-04 09:01"))
    for _step in range(9):
        way.go_on()
    way.look_at_all()
    assert {"appoint", "notify", "hold_session", "draft", "make_ready"} <= Lived.reached
    with transaction.atomic(), system("life"):
        assert Case.objects.get(pk=way.case_id).status == "PERFORMED"
