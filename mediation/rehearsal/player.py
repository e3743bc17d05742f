"""Plays a story: real steps, real clocks, real jobs, under a clock that is moved by hand."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from asgiref.sync import sync_to_async
from django.db import connection, connections, transaction
from django.utils.translation import gettext as _

from casework import clock
from casework.access.context import system
from casework.commands.base import CommandRefused
from casework.events import Kind
from casework.models import Case, Event, Timer, TimerState, User
from documents.issue import render_pending
from documents.models import Paper, PaperState
from mediation.engine import jobs, pump, run
from mediation.engine.errors import Conflict, Invalid, NotFound, NotYours
from mediation.engine.registry import node_named
from mediation.models import Task
from mediation.rehearsal import expectations
from mediation.rehearsal.report import Line, Report, counted
from mediation.rehearsal.story import Act, Story

REFUSALS = (CommandRefused, Conflict, Invalid, NotFound, NotYours)

WAITING = (
    "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = ANY(%s)"
)


class CannotGoOn(Exception):
    """The story and the process have parted: the step that comes next is not open."""


class Player:
    """One story being played on one case."""

    queues: list[str] = [
        "clocks",
        "papers",
    ]  # the jobs that are done between the acts

    def __init__(
        self, story: Story, people: dict[str, User], after: Callable[[int, int | None], None]
    ) -> None:
        self.story, self.people, self._after = story, people, after
        self.case_id: int | None = None
        self.report = Report(story=story.name, title=story.title, path=str(story.path))
        self._events = 0
        if not story.prints:
            self.queues = [name for name in self.queues if name != "papers"]

    def play(self, *, skip: int = 0, case_id: int | None = None) -> Report:
        """Play the acts from `skip` on; `after(number, case_id)` commits together with each act."""
        with _short_connections():
            return self._play(skip, case_id)

    @property
    def begun(self) -> int:
        """The case that the story is about. Raises: CannotGoOn, before its first act."""
        if self.case_id is None:
            raise CannotGoOn(f"{self.story.path}: no act has made a case")
        return self.case_id

    def _play(self, skip: int, case_id: int | None) -> Report:
        self.case_id = case_id
        if case_id is not None:
            self._print_what_waits(case_id)
            self._put_back_claimed()
        for number, act in enumerate(self.story.acts):
            if number >= skip:
                self._pass_time(act.at)
                with clock.held_at(act.at):
                    self._perform(number, act)
                    self._do_jobs()
                    self._check_status(act)
        if self.story.until:
            self._pass_time(self.story.until)
        last = self.story.until or self.story.acts[-1].at
        with clock.held_at(last), transaction.atomic(), system("rehearsal"):
            expectations.check_all(self.story, self.begun, self.report)
        return self.report

    def _pass_time(self, until: datetime) -> None:
        """Let every clock ring that is due before an instant, each at its own time."""
        while (at := self._next_ring()) is not None and at <= until:
            with clock.held_at(at):
                pump.sweep(at)
                self._do_jobs()
                self._tell(at, who="", what="")

    @staticmethod
    def _next_ring() -> datetime | None:
        with transaction.atomic(), system("rehearsal"):
            due = Timer.objects.filter(state=TimerState.PENDING).order_by("due_at")
            return due.values_list("due_at", flat=True).first()

    def _do_jobs(self) -> None:
        """Do all jobs that are due, by procrastinate's own worker."""
        with connection.cursor() as cursor:
            cursor.execute(WAITING, [self.queues])
            if not cursor.fetchone()[0]:
                return
        jobs.worker_app().run_worker(
            wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="successful",
            queues=self.queues,
        )  # fmt: skip

    @staticmethod
    def _print_what_waits(case_id: int) -> None:
        """What a killed play left unprinted: the job or the printer died with it."""
        with transaction.atomic(), system("rehearsal"):
            rows = Paper.objects.filter(case_id=case_id).exclude(state=PaperState.READY)
            waiting = list(rows.values_list("pk", flat=True))
        for number in waiting:
            render_pending(number)

    @staticmethod
    def _put_back_claimed() -> None:
        """Clocks that a killed play had claimed and not rung; nobody else works while a story is played."""
        with transaction.atomic(), system("rehearsal"):
            claimed = Timer.objects.filter(state=TimerState.CLAIMED)
            claimed.update(state=TimerState.PENDING)

    def _perform(self, number: int, act: Act) -> None:
        if not act.node:
            self._after(number, self.case_id)
            return
        by = self.people[act.by]
        title = str(node_named(act.node).task_title)
        try:
            with transaction.atomic():
                done = self._carry_out(act, by)
                self.case_id = self.case_id or done.case.pk
                self._after(number, self.case_id)
        except REFUSALS as error:
            if act.refused is None:
                raise CannotGoOn(f"{self.story.path}:{act.line}: {title}: {error!r}") from error
            self.report.check(
                act.line, f"{title} is refused", act.refused, _refusal(error, act.refused)
            )
            self._after(number, self.case_id)
            return
        if act.refused is not None:
            self.report.check(
                act.line, f"{title} is refused", act.refused, "it was carried out"
            )
        self._tell(act.at, by.display_name, title)

    def _carry_out(self, act: Act, by: User) -> run.Done:
        node = node_named(act.node)
        if node.task_type == "HUMAN_START":
            case_id = self.case_id if node.case_needed else None
            return run.start(node=act.node, by=by, data=act.data, at=act.at, case_id=case_id)
        return run.complete(task_id=self._task(act), by=by, data=act.data, at=act.at)

    def _task(self, act: Act) -> int:
        """The open task of a step; `of` tells several referrals apart by agency or matter."""
        with transaction.atomic(), system("rehearsal"):
            rows = Task.objects.filter(
                case_id=self.case_id, is_open=True, flow_task=node_named(act.node)
            ).select_related("process__referral")
            open_now = [row for row in rows if not act.of or _is_of(row, act.of)]
            if len(open_now) == 1:
                return int(open_now[0].pk)
            waiting = Task.objects.filter(
                case_id=self.case_id, is_open=True, flow_task_type="HUMAN"
            )
            titles = ", ".join(
                f"{row.flow_task.flow_class.__name__}.{row.flow_task.name}" for row in waiting
            )
        found = "several tasks are" if open_now else "no task is"
        raise CannotGoOn(
            f"{self.story.path}:{act.line}: {found} open on '{act.node}' (open: {titles or 'none'})"
        )

    def _check_status(self, act: Act) -> None:
        if act.status:
            with transaction.atomic(), system("rehearsal"):
                seen = Case.objects.get(pk=self.begun).status
            self.report.check(
                act.line, f"headline after '{act.note or act.node}'", act.status, seen
            )

    def _tell(self, at: datetime, who: str, what: str) -> None:
        """Write a line: what a person did, or what the clocks set in motion by themselves."""
        with transaction.atomic(), system("rehearsal"):
            case = Case.objects.filter(pk=self.case_id or 0).first()
            fresh = Event.objects.filter(case_id=self.case_id or 0, seq__gt=self._events)
            events = list(fresh.order_by("seq"))
        papers = counted(
            str(event.payload["code"]) for event in events if event.kind == Kind.PAPER_ISSUED
        )
        if events:
            self._events = events[-1].seq
        if case is not None:
            self.report.case = str(case)
        words = what or counted(str(Kind(event.kind).label) for event in events)
        if not words:
            return  # a clock rang and had nothing to do
        status = case.status if case else ""
        self.report.lines.append(Line(at, who or str(_("system")), words, papers, status))


@contextmanager
def _short_connections() -> Iterator[None]:
    """Let the worker's threads keep no connection: the next story has another database."""
    default = connections.databases["default"]
    before, default["CONN_MAX_AGE"] = default["CONN_MAX_AGE"], 0
    try:
        yield
    finally:
        asyncio.run(sync_to_async(connections.close_all)())
        default["CONN_MAX_AGE"] = before


def _refusal(error: Exception, expected: str) -> str:
    """The expected words if they fit the refusal (any, its name, or a part of its words), else its own."""
    fits = expected in ("True", type(error).__name__) or expected in str(error)
    return expected if fits else f"{type(error).__name__}: {error}"


def _is_of(task: Task, words: str) -> bool:
    referral = task.process.referral
    return referral is not None and words in (referral.agency_id, referral.matter)
