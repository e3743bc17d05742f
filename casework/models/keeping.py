"""How long a file is kept, what holds it, and what became of it at the end."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class KeepingState(models.TextChoices):
    """Where a file that was put away stands."""

    KEPT = "KEPT", _("kept")
    HANDED = "HANDED", _("handed to the archive")
    DESTROYED = "DESTROYED", _("destroyed")


class Keeping(Row):
    """The term of a file that was put away. The row outlives the contents: it is the register of what was destroyed.

    `kind` and `version` name the class in values/retention.yaml; `ends_on` empty: kept for ever.
    """

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="keeping")
    district = models.ForeignKey("casework.District", models.PROTECT, null=True)
    number = models.CharField(_("case number"), max_length=44)
    kind = models.CharField(_("class"), max_length=12)
    version = models.DateField(_("in force from"))
    counted_from = models.DateField(_("counted from"))
    ends_on = models.DateField(_("kept until"), null=True)
    state = models.CharField(max_length=10, choices=KeepingState, default=KeepingState.KEPT)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["ends_on", "id"]
        indexes = [models.Index(fields=["state", "ends_on"], name="keeping_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="KEPT", ended_on=None)
                | (~Q(state="KEPT") & Q(ended_on__isnull=False)),
                name="keeping_ends_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class LegalHold(Row):
    """Nothing of the file is destroyed while a hold stands; lifted by somebody other than who placed it."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="holds")
    ground = models.CharField(_("reason"), max_length=200)
    paper = models.CharField(_("paper that asks for it"), max_length=120, blank=True)
    placed_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["placed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(lifted_by=F("placed_by")), name="hold_lifted_by_another"
            )
        ]

    def __str__(self) -> str:
        return self.ground


class DisposalAct(models.TextChoices):
    """What an archivist may decide when a term ends."""

    LONGER = "LONGER", _("keep longer")
    HANDED = "HANDED", _("hand to the archive")
    DESTROYED = "DESTROYED", _("destroy")


class Disposal(Row):
    """What was decided about a file whose term ends. To destroy takes two people."""

    keeping = models.ForeignKey(Keeping, models.PROTECT, related_name="disposals")
    act = models.CharField(max_length=10, choices=DisposalAct)
    ground = models.CharField(_("reason"), max_length=200)
    until = models.DateField(_("kept until"), null=True)
    receiver = models.CharField(_("archive that takes it"), max_length=80, blank=True)
    asked_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    words = models.CharField(_("remarks"), max_length=200, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(act="DESTROYED")
                | Q(agreed=None)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="destroyed_by_two",
            ),
            models.UniqueConstraint(
                fields=["keeping"], condition=Q(agreed=None), name="one_request_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.keeping_id} {self.act}"
