"""Asking for a later day: one person asks with a ground, another decides; the deadline itself is superseded."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class ExtensionState(models.TextChoices):
    """Where a request stands."""

    ASKED = "ASKED", _("waits for a second person")
    GRANTED = "GRANTED", _("granted")
    REFUSED = "REFUSED", _("refused")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


class Extension(Row):
    """A request to let one deadline run longer.

    `length` is the whole new length in the deadline's own unit, `would_be` the day it gave when it was
    asked; what counts is the successor that the grant makes. Rows are kept: they are the history.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="extensions")
    deadline = models.ForeignKey("casework.Deadline", models.PROTECT, related_name="extensions")
    length = models.PositiveIntegerField(_("whole length"))
    would_be = models.DateField()
    ground = models.CharField(_("ground"), max_length=120)
    evidence = models.CharField(_("evidence"), max_length=120, blank=True)
    state = models.CharField(
        max_length=10, choices=ExtensionState, default=ExtensionState.ASKED
    )
    asked_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="WITHDRAWN")
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("asked_by")),
                name="nobody_grants_their_own_extension",
            ),
            models.CheckConstraint(
                condition=Q(state="ASKED") | Q(decided_by__isnull=False),
                name="a_decided_extension_is_signed",
            ),
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(state="ASKED"), name="one_request_a_deadline"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline} {self.get_state_display()}"
