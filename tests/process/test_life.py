"""Whatever people do to a case in whatever order, the promises hold (I1-I9, I17).

The straight way is walked once to each stage; at each station of the stage, from the last back to the first,
a machine of hypothesis tries things, and each of its lives is rolled back. A step is one try of somebody:
an act that is carried out, an act that is refused, the same act again, a stranger's look, a clock that moves.
A try that is refused must leave no trace; after one that is carried out every promise is looked at.
WUFANG_LIFE_STEPS sets the number of steps in all; WUFANG_LIFE_SEED other lives than those of every day.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from casework import clock
from casework.access.context import as_person, system
from casework.models import Case
from mediation.engine import run
from mediation.engine.errors import AlreadyDone, NotFound, NotYours
from tests.process import journey
from tests.process.conftest import instant
from tests.process.life import ACTS, ALL_ACTS, DAYS, SECRETS, STAGES, STRANGERS, TABLES
from tests.process.lived import Lived

STEPS = int(os.environ.get("WUFANG_LIFE_STEPS", "20000"))
SEED = int(os.environ.get("WUFANG_LIFE_SEED", "12351"))
LENGTH = 100
MIX = (
    ["walk"] * 4 + ["complete"] * 8 + ["beside"] * 7 + ["wait"] * 6 + ["torn"]
    + ["again"] * 22 + ["not_theirs"] * 22 + ["look"] * 30
)  # fmt: skip
RANGE = 2**20  # of the number that chooses who, what and how
CARRIED_OUT = 0.1  # of all steps at least
ENOUGH, ALL_REACHED = (
    5000,
    25_000,
)  # in so many steps of a stage nearly each of its acts, or each, is carried out
RARE = 2


class Life(Lived, RuleBasedStateMachine):
    """One case from a station of the straight way on, under a clock that only goes forward."""

    station: dict[str, Any]
    count: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.stack, self.tried = ExitStack(), 0
        self.stack.enter_context(transaction.atomic())
        self.origin = transaction.savepoint()
        self.go_on_from(self.station)

    def teardown(self) -> None:
        try:
            self.look_at_all()
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    @rule(what=st.integers(0, len(MIX) - 1), which=st.integers(0, RANGE - 1))
    def try_something(self, what: int, which: int) -> None:
        """The number of the try turns the choice on: the simplest life is a walk through the catalogue."""
        kind = MIX[(what + 37 * self.tried) % len(MIX)]
        pick = picks((which + 7919 * self.tried) % RANGE)
        self.tried += 1
        if self.snap.is_over or (kind in ("torn", "not_theirs") and not self.snap.human):
            kind = "look"
        note(f"{self.now}: {kind} {which}")
        done = getattr(self, f"try_{kind}")(pick)
        self.count[kind] += 1
        self.count["carried out"] += bool(done)
        if self.snap.is_over or self.refused_at == "archive":
            self.begin_anew()

    def begin_anew(self) -> None:
        """What nothing moves any more, or only the printer: what remains of this life begins at its station."""
        self.look_at_all()
        transaction.savepoint_rollback(self.origin)
        self.go_on_from(self.station)

    def try_walk(self, _pick: Any) -> bool:
        return self.go_on()

    def try_complete(self, pick: Any) -> bool:
        return self.complete_one(pick)

    def try_beside(self, pick: Any) -> bool:
        return self.begin(*pick(ACTS))

    def try_wait(self, pick: Any) -> None:
        self.pass_time(pick(DAYS))

    def try_torn(self, pick: Any) -> None:
        self.torn(pick)

    def try_again(self, pick: Any) -> None:
        """The same form again: its task is over."""
        if self.done:
            self.refused(pick(self.done))

    def try_not_theirs(self, pick: Any) -> None:
        """Somebody whose task it is not, with whatever they send."""
        task = pick(self.snap.human)
        others = [each for each in self.people.values() if not self.may(task, each)]
        self.refused({"task_id": task.pk, "by": pick(others), "data": {"decision": "CLOSE"}})

    def refused(self, act: dict[str, Any]) -> None:
        with clock.held_at(self.now), pytest.raises((AlreadyDone, NotFound, NotYours)):
            run.complete(**act, at=self.now)
        self.nothing_happened()

    def try_look(self, pick: Any) -> None:
        """Strangers see nothing of the case; of caucus notes and sealed offers nobody but mediators does."""
        names, tables = pick([(STRANGERS, TABLES), (self.not_mediators(), SECRETS)])
        with clock.held_at(self.now), as_person(self.people[pick(names)]):
            assert not seen_in(pick(tables), self.case_id)

    def not_mediators(self) -> list[str]:
        return [name for name, each in self.people.items() if "mediator" not in each.roles]


def picks(number: int) -> Callable[[list[Any]], Any]:
    """One choice after the other out of one number, each of its own."""
    rest = number

    def pick(rows: list[Any]) -> Any:
        nonlocal rest
        rest, index = divmod(rest, len(rows))
        return rows[index]

    return pick


def seen_in(table: str, case_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table} WHERE case_id = %s)", [case_id])
        return bool(cursor.fetchone()[0])


class Walk(Lived):
    """The straight way, station by station."""

    def __init__(self, people: dict[str, Any]) -> None:
        Lived.people, Lived.reached = people, Counter()
        self.settle(journey.called(people).case.pk, instant("2026-03-02 09:01"))

    def stations(self, names: list[str]) -> list[tuple[str, dict[str, Any]]]:
        """Walk to the named steps in their order; what to go back to, and what is known there."""
        found = []
        for name in names:
            while self.snap.human[-1].name != name:
                assert self.go_on(), f"the straight way ends at {self.snap.human[-1].name}"
            if name == "archive":
                journey.print_papers(Case.objects.get(pk=self.case_id))
            found.append((transaction.savepoint(), self.state()))
        return found


def live(steps: int, number: int, done: Callable[[], int]) -> None:
    """Lives of one station until so many steps are done."""
    while done() < steps:
        number += 1
        seed(SEED + 1000 * number)(Life)
        run_state_machine_as_test(
            Life,
            settings=settings(
                max_examples=max(1, round((steps - done()) / LENGTH)),
                stateful_step_count=LENGTH, deadline=None, print_blob=True, database=None,
                suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
                phases=[Phase.explicit, Phase.generate, Phase.shrink],
            ),
        )  # fmt: skip


@pytest.mark.slow(55)
@pytest.mark.parametrize("stage", STAGES)
def test_the_promises_hold_whatever_happens(people, stage):
    steps, names = STEPS // len(STAGES), STAGES[stage]
    with transaction.atomic(), system("life"):
        way, Life.count = Walk(people), Counter()
        stations = way.stations(names)
        Lived.reached = Counter()
        for place, (mark, state) in enumerate(reversed(stations), 1):
            transaction.savepoint_rollback(mark)
            Life.station = state
            live(steps * place // len(names), place, lambda: tried(Life.count))
    times = {act: Lived.reached[act] for act in sorted(ALL_ACTS[stage])}
    sys.stdout.write(f"{stage}: {dict(Life.count)}; carried out: {times}\n")
    assert tried(Life.count) >= steps
    assert Life.count["carried out"] >= steps * CARRIED_OUT
    missing = [act for act, number in times.items() if not number]
    assert len(missing) <= (0 if steps >= ALL_REACHED else RARE) or steps < ENOUGH, times


def tried(count: Counter[str]) -> int:
    return count.total() - count["carried out"]


def test_the_straight_way_leads_to_an_agreement_in_force(people):
    with transaction.atomic(), system("life"):
        way = Walk(people)
        way.settle(journey.accepted(people).case.pk, instant("2026-03-04 09:01"))
        for _step in range(9):
            way.go_on()
        way.look_at_all()
        assert {"appoint", "notify", "hold_session", "draft", "make_ready"} <= set(
            Lived.reached
        )
        assert Case.objects.get(pk=way.case_id).status == "PERFORMED"
