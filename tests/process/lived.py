"""One case in the hands of its people: acts, refusals, clocks; what each leaves behind."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

from django.db import transaction

from casework import clock
from casework.access.context import as_person
from casework.commands.base import CommandRefused
from casework.models import Case, Session
from mediation.engine import pump, run
from mediation.engine.errors import AlreadyDone, Conflict, Invalid, NotFound, NotYours
from mediation.engine.ring import ring
from tests.process.life import ACTS, answers
from tests.process.openings import Move
from tests.process.promises import Seen, broken, broken_in_depth
from tests.process.snapshot import OpenTask, Snapshot, take, trace

NO = (CommandRefused, Invalid, NotFound, NotYours, AlreadyDone, Conflict)
ROUNDS = 5  # a clock that rings may set one that is due already, and that one another


class Lived:
    """A case, the instant at which it stands, and what was seen of it, under a system context."""

    people: dict[str, Any]
    reached: Counter[str]  # how often each step and act was carried out
    snap: Snapshot
    mark: tuple[Any, ...]
    refusal: Exception  # the last one

    def settle(self, case_id: int, now: Any) -> None:
        """Begin with a case as it stands."""
        self.case_id, self.now, self.seen = case_id, now, Seen()
        self.done: list[dict[str, Any]] = []  # what was done, to be tried again
        self.refused_at = ""  # the step that was refused last
        self.look()

    def state(self) -> dict[str, Any]:
        """All that is known of the case, to go on from here later."""
        known = {"case_id": self.case_id, "now": self.now, "mark": self.mark, "snap": self.snap}
        return {**known, "seen": deepcopy(self.seen), "done": list(self.done)}

    def go_on_from(self, state: dict[str, Any]) -> None:
        """Stand again where the state was taken."""
        self.__dict__.update(state)
        self.refused_at = ""
        self.seen, self.done = deepcopy(state["seen"]), list(state["done"])

    def look(self) -> None:
        """The promises hold; remember what an act would change."""
        self.snap = take(self.case_id, self.seen.seq)
        self.check()

    def check(self) -> None:
        """What was last seen keeps the promises."""
        with clock.held_at(self.now):
            problems = list(broken(self.snap, self.case_id, self.now, self.seen))
        assert not problems, problems
        self.mark = trace(self.case_id)

    def look_at_all(self) -> None:
        """The whole file, every hash computed anew."""
        with clock.held_at(self.now):
            problems = list(broken_in_depth(self.case_id))
        assert not problems, problems

    def held(self, act: Callable[[], Any]) -> Any:
        """Do it at this instant; a refusal must leave no trace. None if it was refused."""
        self.now += timedelta(minutes=7)
        self.ring_until(self.now)
        with clock.held_at(self.now):
            try:
                answer = act()
            except NO as error:
                self.refusal = error
                self.nothing_happened()
                return None
        self.snap = take(self.case_id, self.seen.seq)
        if self.is_due(self.now):
            self.ring_until(self.now)
        else:
            self.check()
        return answer

    def nothing_happened(self) -> None:
        """The ledger, the headline, the open tasks and the clocks are as they were at the last look."""
        assert trace(self.case_id) == self.mark, "it left a trace"

    def go_on(self) -> bool:
        """The straight way: the newest task, its first answer, on the day of the session."""
        return self.complete_one(lambda rows: rows[0], newest=True)

    def complete_one(self, pick: Callable[[list[Any]], Any], *, newest: bool = False) -> bool:
        """Carry out an open task as somebody who may. True if it was carried out."""
        if not self.snap.human:
            return False
        task = self.snap.human[-1] if newest else pick(self.snap.human)
        if newest and task.name == "hold_session":
            self.wait_for_the_session()
        return self.carry_out(task, pick)

    def carry_out(self, task: OpenTask, pick: Callable[[list[Any]], Any]) -> bool:
        """Carry out a task with an answer that is picked. True if it was carried out."""
        act = self.filled(task, pick)
        if self.held(lambda: run.complete(**act, at=self.now)) is None:
            self.refused_at = task.name
            return False
        self.reached[task.name] += 1
        self.done.append(act)
        return True

    def follow(self, move: Move) -> bool:
        """Make a move of an opening: it must be possible. True if it was an act."""
        if move.kind == "wait":
            self.pass_time(move.days)
            return False

        def chosen(rows: list[Any]) -> Any:
            return next(row for row in rows if move.chosen.items() <= row.items())

        if move.kind == "beside":
            who = [(by, data) for by, node, data in ACTS if node == move.name]
            data = chosen([data for _by, data in who])
            done = self.begin(who[0][0], move.name, data)
        else:
            open_now = {task.name: task for task in self.snap.human}
            assert move.name in open_now, f"{move} finds {sorted(open_now)}"
            if move.name == "hold_session":
                self.wait_for_the_session()
            done = self.carry_out(open_now[move.name], chosen)
        assert done, f"{move} was refused: {self.refusal!r}"
        return done

    def filled(self, task: OpenTask, pick: Callable[[list[Any]], Any]) -> dict[str, Any]:
        """An open task with an answer, in the name of somebody who may."""
        data = answers(Case(pk=self.case_id), task.name, self.now, pick)
        return {"task_id": task.pk, "by": self.entitled(task), "data": data}

    def wait_for_the_session(self) -> None:
        planned = Session.objects.filter(case_id=self.case_id, state="PLANNED").first()
        if planned:
            self.pass_time(max(1, (planned.starts_at - self.now).days + 1))

    def may(self, task: OpenTask, person: Any) -> bool:
        """Whether a person is the one, or one of those, whose task it is."""
        if task.owner_id is not None:
            return bool(task.owner_id == person.pk)
        return bool(task.permission) and person.has_perm(task.permission)

    def entitled(self, task: OpenTask) -> Any:
        """Somebody who may; the closer and the second person are never the first."""
        last = [act["by"].pk for act in self.done[-1:]]
        first = [self.snap.case["mediator_id"], self.snap.case["manager_id"], *last]
        able = [each for each in self.people.values() if self.may(task, each)]
        able.sort(key=lambda each: each.pk in first)
        return next((each for each in able if self.sees(each)), self.people["taoyan"])

    def sees(self, person: Any) -> bool:
        """Whether the case exists for a person."""
        with as_person(person):
            return Case.objects.filter(pk=self.case_id).exists()

    def begin(self, who: str, node: str, data: dict[str, Any]) -> bool:
        """Start an act beside the tasks. True if it was carried out."""
        by, case_id = self.people[who], self.case_id
        done = self.held(
            lambda: run.start(node=node, by=by, data=data, at=self.now, case_id=case_id)
        )
        if done is not None:
            self.reached[node] += 1
        return done is not None

    def torn(self, pick: Callable[[list[Any]], Any]) -> None:
        """An act whose transaction is lost at its end: as if it had never been."""
        act = self.filled(pick(self.snap.human), pick)
        with clock.held_at(self.now):
            try:
                with transaction.atomic():
                    run.complete(**act, at=self.now)
                    transaction.set_rollback(True)
            except NO:
                pass
        self.nothing_happened()

    def pass_time(self, days: int) -> None:
        """Let days pass; every clock rings at its instant."""
        until = self.now + timedelta(days=days)
        self.ring_until(until)
        self.now = until

    def is_due(self, until: Any) -> bool:
        return (due := self.snap.next_due) is not None and due <= until

    def ring_until(self, until: Any) -> None:
        """Ring what is due, one instant after the other; look when nothing more is due at it."""
        rounds = 0
        while self.is_due(until):
            assert self.snap.next_due is not None
            self.now = max(self.now, self.snap.next_due)
            with clock.held_at(self.now):
                for timer in sorted(pump.claim(self.now)):
                    ring(timer, self.now)
            self.snap, rounds = take(self.case_id, self.seen.seq), rounds + 1
            if not self.is_due(self.now):
                self.check()
                rounds = 0
            assert rounds < ROUNDS, f"clocks ring one another for ever: {self.snap.clocks}"
