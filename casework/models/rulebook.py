"""What people changed in the book of rules: edits with two signatures, and loaded calendar years."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class EditKind(models.TextChoices):
    """What an edit changes."""

    RULE = "RULE", _("time limit")
    PARAMETER = "PARAMETER", _("parameter")
    TABLE = "TABLE", _("decision table")


class EditState(models.TextChoices):
    """Where an edit stands. Only an approved one counts, from its day on."""

    PROPOSED = "PROPOSED", _("proposed")
    APPROVED = "APPROVED", _("approved")
    REJECTED = "REJECTED", _("rejected")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


class RuleEdit(Row):
    """One change of a time limit or parameter, laid over the release from `effective_from` on.

    `changes` holds what is new, `was` the same fields before. `number` is given on approval, without
    gaps. Rows are never deleted: they are the history of the book.
    """

    number = models.PositiveIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=10, choices=EditKind)
    code = models.CharField(_("code"), max_length=40)
    changes = models.JSONField(default=dict)
    was = models.JSONField(default=dict)
    effective_from = models.DateField(_("in effect from"))
    reason = models.CharField(_("reason"), max_length=200)
    state = models.CharField(max_length=10, choices=EditState, default=EditState.PROPOSED)
    proposed_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    withdrawn_by = models.ForeignKey(
        "casework.User", models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="nobody_approves_their_own_edit",
            ),
            models.CheckConstraint(
                condition=~Q(state="APPROVED")
                | Q(number__isnull=False, decided_by__isnull=False),
                name="an_approved_edit_is_signed",
            ),
            models.UniqueConstraint(
                fields=["kind", "code", "effective_from"],
                condition=Q(state="APPROVED"),
                name="one_edit_a_code_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.effective_from}"


class CalendarLoad(Row):
    """One loading of official years: what a library says otherwise, and which deadlines moved."""

    years = ArrayField(models.PositiveSmallIntegerField())
    source = models.CharField(_("source document"), max_length=160)
    loaded_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField()
    unchecked = ArrayField(models.PositiveSmallIntegerField(), default=list)
    differences = models.JSONField(default=list)
    moved = models.JSONField(default=list)
    counted = models.PositiveIntegerField(default=0)
    recounted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.source
