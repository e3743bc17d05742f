"""Execution state: one process table, one task table. The record is casework's."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.related_descriptors import ManyToManyDescriptor
from viewflow.workflow.models import AbstractProcess, AbstractTask
from viewflow.workflow.status import STATUS

from casework.access.roles import roles_with
from casework.clock import end_of
from casework.ids import new_id
from casework.kept import Kept
from casework.models import Deadline
from casework.queries.of_case import open_deadlines_of
from casework.together import current, later

OPEN = (STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED, STATUS.SCHEDULED)


_Kept: Any = Kept  # beside viewflow's untyped bases


class Process(AbstractProcess, _Kept):
    """One run of one stage on one case. `answer` steers the gates; facts belong to the file."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "casework.Referral", models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(max_length=32, blank=True, default="")
    data = models.JSONField(default=dict, blank=True)
    parent_task = models.ForeignKey(
        "mediation.Task", models.PROTECT, null=True, related_name="subprocesses"
    )

    class Meta:
        ordering = ["-created"]
        default_permissions = ()
        indexes = [models.Index(fields=["case"], name="process_by_case")]


class Task(AbstractTask, _Kept):
    """One step. The engine fills case, district, office, role and due_at when it makes one."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, models.PROTECT, related_name="task_set")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_permission_content_type = models.ForeignKey(
        "contenttypes.ContentType", models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    district = models.ForeignKey(
        "casework.District", models.PROTECT, null=True, related_name="+"
    )
    office = models.ForeignKey("casework.Office", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=32, blank=True, default="")
    due_at = models.DateTimeField(null=True, blank=True)
    is_open = models.BooleanField(default=True)
    data = models.JSONField(default=dict, blank=True)
    # viewflow's reviving copies these two from its own concrete task; ours keeps facts in the file.
    seed: Any = None
    artifact: Any = None

    class Meta:
        ordering = ["-created"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["district", "role", "due_at"],
                name="work_of_district",
                condition=Q(is_open=True),
            ),
            models.Index(
                fields=["owner", "due_at"], name="work_of_person", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["office", "due_at"], name="work_of_office", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["process"], name="open_of_process", condition=Q(finished__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "flow_task", "token"],
                condition=Q(finished__isnull=True),
                name="one_open_task_per_node",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fill the columns that worklists need; viewflow does not know them."""
        if self._state.adding:
            self._place()
        self.is_open = self.finished is None and self.status in OPEN
        super().save(*args, **kwargs)

    def _place(self) -> None:
        self.case_id = self.process.case_id
        self.district_id = self.process.case.district_id
        node = self.flow_task
        if self.owner_permission:
            holders = roles_with(self.owner_permission)
            self.role = holders[0] if holders else ""
        if office := getattr(node, "office", None):
            self.office_id = office(self.process)
        if rule := getattr(node, "due_rule", ""):
            self.due_at = due_at(self.process, rule)


class _Previous(ManyToManyDescriptor):  # type: ignore[type-arg]
    """The tasks before a task; links of a task that waits to be written wait with it."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        act = current()
        if instance is None or act is None or not act.holds(instance):
            return super().__get__(instance, cls)
        return _Links(instance)


class _Links:
    """What the engine does to the links of a task that is not written yet: it adds."""

    def __init__(self, task: Task) -> None:
        self.task = task

    def __getattr__(self, name: str) -> Any:
        """Whoever asks for more than that gets the real links: asking writes what waits."""
        return getattr(ManyToManyDescriptor.__get__(_previous, self.task, Task), name)

    def add(self, *before: Task) -> None:
        """Link the task to those before it."""
        through = Task.previous.through
        for each in before:
            link = through(from_task_id=self.task.pk, to_task_id=each.pk)
            later(through._meta.db_table, (f'"{through._meta.db_table}"',), link, _link, TASKS)


TASKS = ('"mediation_task"',)


def _link(links: list[Any]) -> None:
    Task.previous.through._default_manager.bulk_create(links, ignore_conflicts=True)


_previous = _Previous(Task.previous.rel, reverse=False)
Task.previous = _previous


def due_at(process: Process, rule: str | Callable[[Process], date | None]) -> datetime | None:
    """When the open deadline of a rule, or the day that is told, is over for a process; None without one."""
    if callable(rule):
        day = rule(process)
        return end_of(day) if day else None
    found = open_deadline(process, rule)
    return end_of(found.due) if found else None


def open_deadline(process: Process, rule: str) -> Deadline | None:
    """The newest open deadline of a rule on the process's case, or on its referral."""
    rows = (each for each in open_deadlines_of(process.case) if each.rule == rule)
    if process.referral_id:
        rows = (each for each in rows if each.referral_id == process.referral_id)
    return max(rows, key=lambda each: each.pk, default=None)


class Played(models.Model):
    """How far a story was played into this house (the demo), so that it resumes and never repeats."""

    story = models.CharField(max_length=24, primary_key=True)
    acts = models.PositiveSmallIntegerField(default=0)
    case_id = models.BigIntegerField(null=True)
    table = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.story
