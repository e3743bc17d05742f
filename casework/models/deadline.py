"""Explained deadlines, and the clocks that ring for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.kept import Kept
from casework.models.base import Row


class DeadlineState(models.TextChoices):
    """Where a deadline stands."""

    OPEN = "OPEN", _("running")
    MET = "MET", _("met")
    MISSED = "MISSED", _("missed")
    LAPSED = "LAPSED", _("not used")  # a window of a right, not a duty
    PAUSED = "PAUSED", _("paused")
    SUPERSEDED = "SUPERSEDED", _("superseded")
    VOID = "VOID", _("void")


class Deadline(Kept, Row):
    """A due date with its law, computed by casework.rules and never edited: superseded instead.

    `start`, `raw` and `due` are days in Shanghai. `explanation` is the rule's own account of itself.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="deadlines")
    rule = models.CharField(_("rule"), max_length=12)
    rule_version = models.CharField(max_length=24, blank=True)
    start_event = models.CharField(_("start event"), max_length=40)
    start = models.DateField()
    length = models.PositiveIntegerField()
    unit = models.CharField(max_length=14)
    raw = models.DateField()
    due = models.DateField()
    provisional = models.BooleanField(default=False)
    nature = models.CharField(_("nature"), max_length=12)
    article = models.CharField(_("article"), max_length=120, blank=True)
    explanation = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=DeadlineState, default=DeadlineState.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    ground = models.CharField(_("ground"), max_length=160, blank=True)
    claim = models.ForeignKey("casework.Claim", models.PROTECT, null=True, blank=True)
    referral = models.ForeignKey("casework.Referral", models.PROTECT, null=True, blank=True)
    instalment = models.ForeignKey("casework.Instalment", models.PROTECT, null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="successor"
    )

    class Meta:
        ordering = ["due", "id"]
        indexes = [
            models.Index(fields=["case", "rule"], name="deadline_by_rule"),
            models.Index(fields=["due"], name="deadline_open", condition=Q(state="OPEN")),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due}"


class Escalation(Row):
    """A rung of the ladder that something late has reached; each rung once (`whom` as in values/escalation.yaml)."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="escalations")
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="escalations")
    whom = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["deadline", "whom"], name="each_rung_once")
        ]

    def __str__(self) -> str:
        return self.whom


class TimerState(models.TextChoices):
    """Where a clock stands."""

    PENDING = "PENDING", _("pending")
    CLAIMED = "CLAIMED", _("claimed")
    DONE = "DONE", _("done")
    VOID = "VOID", _("void")
    DEAD = "DEAD", _("dead letter")


class Timer(Kept, Row):
    """One pending clock: the only thing that the pump sweeps.

    `kind` names the handler. `task_id` is the workflow task that waits, if one does.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="timers")
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="timers")
    task_id = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=TimerState, default=TimerState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    fired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="timer_sweep", condition=Q(state="PENDING")),
            models.Index(fields=["case"], name="timer_cancel", condition=Q(state="PENDING")),
            models.Index(
                fields=["fired_at"], name="timer_claimed", condition=Q(state="CLAIMED")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at}"
