"""Whatever people do to a case in whatever order, the promises hold (I1-I9, I17).

The straight way is walked once to each stage; at each station of the stage, from the last back to the first,
a machine of hypothesis tries things, and each of its lives is rolled back. A step is one try of somebody:
an act that is carried out, an act that is refused, the same act again, a stranger's look, a clock that moves.
A try that is refused must leave no trace; after one that is carried out every promise is looked at.
WUFANG_LIFE_STEPS sets the number of steps in all; WUFANG_LIFE_SEED other lives than those of every day.
"""

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from casework import clock
from casework.access.context import system
from casework.models import Case
from documents.models import Paper
from mediation.engine import run
from mediation.engine.errors import AlreadyDone, NotFound, NotYours
from tests.process import journey
from tests.process.conftest import instant
from tests.process.life import ACTS, ANSWERS, DAYS, OF_THE_CASE
from tests.process.lived import Lived
from tests.process.openings import STAGES, Move, Opening, catalogue
from tests.process.strangers import PAGES_OF_LOOKS, look_at_page, look_at_rows

STEPS = int(os.environ.get("WUFANG_LIFE_STEPS", "20000"))
SEED = int(os.environ.get("WUFANG_LIFE_SEED", "12351"))
LENGTH = 100
MIX = (
    ["walk"] * 4 + ["complete"] * 9 + ["beside"] * 5 + ["wait"] * 5 + ["torn"]
    + ["again"] * 22 + ["not_theirs"] * 22 + ["look"] * 32
)  # fmt: skip
# Hypothesis likes to draw numbers that stand in a module which happens to be imported: none is as large as these,
# so that a seed makes the same lives whatever ran before it.
FIRST, RANGE = 3**30, 2**20
CARRIED_OUT = 0.1  # of all steps at least


class Life(Lived, RuleBasedStateMachine):
    """One case from a station of the straight way on, under a clock that only goes forward."""

    station: dict[str, Any]
    opening: tuple[Move, ...]
    count: Counter[str]
    tale: Any  # a hash of all that happened, step by step

    def __init__(self) -> None:
        super().__init__()
        self.stack, self.tried, self.to_do = ExitStack(), 0, list(self.opening)
        self.stack.enter_context(transaction.atomic())
        self.origin = transaction.savepoint()
        self.go_on_from(self.station)

    def teardown(self) -> None:
        try:
            self.look_at_all()
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    @rule(number=st.integers(FIRST, FIRST + len(MIX) * RANGE - 1))
    def try_something(self, number: int) -> None:
        """The opening first. The number of the try turns the choice on: the simplest life is a walk through the catalogue."""
        which, what = divmod(number - FIRST, len(MIX))
        kind = MIX[(what + 37 * self.tried) % len(MIX)]
        pick = picks((which + 7919 * self.tried) % RANGE)
        self.tried += 1
        if self.to_do:
            move = self.to_do.pop(0)
            kind = move.kind
            note(f"{self.now}: {move}")
            done = self.follow(move)
        else:
            if self.snap.is_over or (kind in ("torn", "not_theirs") and not self.snap.human):
                kind = "look"
            note(f"{self.now}: {kind} {which}")
            done = getattr(self, f"try_{kind}")(pick)
        self.told(kind, bool(done))
        if self.snap.is_over or self.refused_at == "archive" or self.waits_for_the_printer():
            self.begin_anew()

    def waits_for_the_printer(self) -> bool:
        """Nothing but archiving is left, which asks for printed papers: they are printed at that station only."""
        here, there = self.snap.human, self.station["snap"].human
        return [task.name for task in here] == ["archive"] and there[-1].name != "archive"

    def told(self, kind: str, done: bool) -> None:
        """Count the try; two runs with one seed tell the same tale."""
        self.count[kind] += 1
        self.count["carried out"] += done
        names = [task.name for task in self.snap.human]
        self.tale.update(f"{kind} {done} {self.now} {self.seen.seq} {names}\n".encode())

    def begin_anew(self) -> None:
        """What nothing moves any more, or only the printer: what remains of this life begins anew."""
        self.look_at_all()
        transaction.savepoint_rollback(self.origin)
        self.go_on_from(self.station)
        self.to_do = list(self.opening[:-1])

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
        """Mostly the row policies are asked; now and then a page."""
        with clock.held_at(self.now):
            if pick(range(PAGES_OF_LOOKS)):
                look_at_rows(self.people, self.case_id, pick)
            else:
                self.reached[look_at_page(self.people, self.ids(), pick)] += 1

    def ids(self) -> dict[str, int]:
        """Numbers for addresses of the case: a person's task and a paper, if there are any."""
        paper = Paper.objects.filter(case_id=self.case_id).order_by("-id").first()
        task = self.snap.human[-1].pk if self.snap.human else 1
        return {"case": self.case_id, "paper": paper.pk if paper else 1, "task": task}


def picks(number: int) -> Callable[[list[Any]], Any]:
    """One choice after the other out of one number, each of its own."""
    rest = number

    def pick(rows: list[Any]) -> Any:
        nonlocal rest
        rest, index = divmod(rest, len(rows))
        return rows[index]

    return pick


class Walk(Lived):
    """The straight way, station by station."""

    def __init__(self, people: dict[str, Any]) -> None:
        Lived.people, Lived.reached = dict(sorted(people.items())), Counter()
        self.settle(journey.called(people).case.pk, instant("2026-03-02 09:01"))

    def stations(self, names: list[str]) -> dict[str, tuple[str, dict[str, Any]]]:
        """Walk to the named steps in their order; what to go back to, and what is known there."""
        found = {}
        for name in dict.fromkeys(names):
            while self.snap.human[-1].name != name:
                assert self.go_on(), f"the straight way ends at {self.snap.human[-1].name}"
            if name == "archive":
                journey.print_papers(Case.objects.get(pk=self.case_id))
            found[name] = transaction.savepoint(), self.state()
        return found


def live(steps: int, number: int) -> None:
    """Lives from one station with one opening: one at least, until so many steps are done in all."""
    at_least_one = True
    while at_least_one or tried(Life.count) < steps:
        at_least_one, number = False, number + 1
        seed(SEED + 1000 * number)(Life)
        run_state_machine_as_test(
            Life,
            settings=settings(
                max_examples=max(1, round((steps - tried(Life.count)) / LENGTH)),
                stateful_step_count=LENGTH, deadline=None, print_blob=True, database=None,
                suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
                phases=[Phase.explicit, Phase.generate, Phase.shrink],
            ),
        )  # fmt: skip


def lives(stage: str, people: Any, steps: int, openings: list[Opening]) -> str:
    """Lives of a stage; what was carried out, how often, and the hash of the tale."""
    with transaction.atomic(), system("life"):
        way, Life.count, Life.tale = Walk(people), Counter(), hashlib.sha256()
        stations = way.stations([opening.station for opening in reversed(openings)])
        Lived.reached = Counter()
        for place, opening in enumerate(openings, 1):
            mark, Life.station = stations[opening.station]
            transaction.savepoint_rollback(mark)
            Life.opening = opening.moves
            live(steps * place // len(openings), 100 * place)
        transaction.set_rollback(True)
    times = dict(sorted(Lived.reached.items()))
    return f"{stage}: {dict(Life.count)}; done: {times}; tale {Life.tale.hexdigest()[:16]}"


@pytest.mark.slow(50)
@pytest.mark.parametrize("stage", STAGES)
def test_the_promises_hold_whatever_happens(people, stage):
    steps = STEPS // len(STAGES)
    sys.stdout.write(lives(stage, people, steps, STAGES[stage]) + "\n")
    assert tried(Life.count) >= steps
    assert Life.count["carried out"] >= steps * CARRIED_OUT
    assert not catalogue(stage) - set(Lived.reached), "never carried out"


def tried(count: Counter[str]) -> int:
    return count.total() - count["carried out"]


def test_what_the_stages_must_carry_out_is_all_that_people_can_do():
    acts = {node for _who, node, _data in ACTS}
    assert set().union(*map(catalogue, STAGES)) == acts | set(ANSWERS) | set(OF_THE_CASE)


def test_two_runs_with_one_seed_tell_the_same_tale(people):
    recusal, failure = STAGES["mediation"][:2]
    first, again = (lives("mediation", people, 200, [recusal, failure]) for _run in range(2))
    assert first == again
    assert lives("mediation", people, 100, [failure]) not in first


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
