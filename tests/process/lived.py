"""One case in the hands of its people: acts, refusals, clocks; what each leaves behind."""

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

from django.db import transaction

from casework import clock
from casework.access.context import as_person, system
from casework.commands.base import CommandRefused
from casework.models import Case, Session, Timer
from mediation.engine import pump, run
from mediation.engine.errors import AlreadyDone, Conflict, Invalid, NotFound, NotYours
from mediation.engine.ring import ring
from tests.process.life import answers
from tests.process.promises import Seen, broken, broken_chain

NO = (CommandRefused, Invalid, NotFound, NotYours, AlreadyDone, Conflict)


class Lived:
    """A case, the instant at which it stands, and what was seen of it."""

    people: dict[str, Any]
    done: list[dict[str, Any]]  # what was done, to be tried again
    reached: set[str]  # the steps that were carried out at least once

    def settle(self, case_id: int, now: Any) -> None:
        """Begin with a case as it stands."""
        self.case_id, self.now, self.seen = case_id, now, Seen()
        self.mark, self.done = (0, 0), []
        self.look()

    def state(self) -> dict[str, Any]:
        """All that is known of the case, to go on from here later."""
        known = {"case_id": self.case_id, "now": self.now, "mark": self.mark}
        return {**known, "seen": deepcopy(self.seen), "done": list(self.done)}

    def go_on_from(self, state: dict[str, Any]) -> None:
        """Stand again where the state was taken."""
        self.case_id, self.now, self.mark = state["case_id"], state["now"], state["mark"]
        self.seen, self.done = deepcopy(state["seen"]), list(state["done"])

    def look(self) -> None:
        """The promises hold; remember how far the ledger and the open tasks are."""
        with clock.held_at(self.now), transaction.atomic(), system("life"):
            case = Case.objects.get(pk=self.case_id)
            assert list(broken(case, self.now, self.seen)) == []
            self.mark = (case.chain_seq, len(run.open_tasks(case.pk)))

    def look_at_all(self) -> None:
        """The whole ledger, every hash computed anew."""
        with transaction.atomic(), system("life"):
            assert broken_chain(Case.objects.get(pk=self.case_id)) == []

    def held(self, act: Any) -> Any:
        """Do it at this instant; a refusal must leave no trace."""
        self.now += timedelta(minutes=7)
        self.ring_until(self.now)
        with clock.held_at(self.now):
            try:
                answer = act()
            except NO:
                self.nothing_happened()
                return None
        self.ring_until(self.now)
        self.look()
        return answer

    def nothing_happened(self) -> None:
        """The ledger and the open tasks are as they were at the last look."""
        with transaction.atomic(), system("life"):
            seq = Case.objects.values_list("chain_seq", flat=True).get(pk=self.case_id)
            assert (seq, len(run.open_tasks(self.case_id))) == self.mark, "it left a trace"

    def go_on(self) -> None:
        """The straight way: the newest task, its first answer, on the day of the session."""
        self.complete_one(lambda rows: rows[0], newest=True)

    def complete_one(self, pick: Callable[[list[Any]], Any], *, newest: bool = False) -> None:
        """Carry out an open task as somebody who may."""
        with transaction.atomic(), system("life"):
            tasks = list(run.open_tasks(self.case_id))
            session = Session.objects.filter(case_id=self.case_id, state="PLANNED").first()
            if not tasks:
                return
            task = tasks[-1] if newest else pick(tasks)
            name, case = task.flow_task.name, task.case
        if name == "hold_session" and session and newest:
            self.pass_time(max(1, (session.starts_at - self.now).days + 1))
        with transaction.atomic(), system("life"):
            filled = answers(case, name, self.now, pick)
        by = self.entitled(task, case)
        act = {"task_id": task.pk, "by": by, "data": filled}
        if self.held(lambda: run.complete(**act, at=self.now)):
            self.reached.add(name)
            self.done.append(act)

    def entitled(self, task: Any, case: Case) -> Any:
        """Somebody who may; the closer and the second person are never the first."""
        if task.owner:
            return task.owner
        able = [each for each in self.people.values() if run.may_do(task, each)]
        able.sort(key=lambda each: each.pk in (case.mediator_id, case.manager_id))
        return next((each for each in able if self.sees(each)), self.people["taoyan"])

    def sees(self, person: Any) -> bool:
        """Whether the case exists for a person."""
        with transaction.atomic(), as_person(person):
            return Case.objects.filter(pk=self.case_id).exists()

    def begin(self, who: str, node: str, data: dict[str, Any]) -> None:
        """Start an act beside the tasks."""
        by, case_id = self.people[who], self.case_id
        self.held(lambda: run.start(node=node, by=by, data=data, at=self.now, case_id=case_id))

    def pass_time(self, days: int) -> None:
        """Let days pass; every clock rings at its instant."""
        until = self.now + timedelta(days=days)
        self.ring_until(until)
        self.now = until
        self.look()

    def ring_until(self, until: Any) -> None:
        """Ring what is due, one instant after the other."""
        here = self.now
        while (due := self.next_ring()) is not None and due <= until:
            here = max(here, due)
            with clock.held_at(here):
                with transaction.atomic(), system("life"):
                    claimed = pump.claim(here)
                for timer in claimed:
                    ring(timer, here)
            self.now = here
            self.look()

    def next_ring(self) -> Any:
        """The instant of the next clock."""
        with transaction.atomic(), system("life"):
            rows = Timer.objects.filter(case_id=self.case_id, state="PENDING")
            return rows.order_by("due_at").values_list("due_at", flat=True).first()
