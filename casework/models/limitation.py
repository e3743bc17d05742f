"""What is known about limitation: for one worker or for all of a case, with the evidence."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class FactKind(models.TextChoices):
    """What can be known. The first three say where the year begins, the others what moved it."""

    ENDED = "ENDED", _("employment ended")
    STILL = "STILL", _("employment still ran on that day")
    KNEW = "KNEW", _("knew or should have known")
    INTERRUPT = "INTERRUPT", _("interrupted: claim on the other side, relief sought, promise")
    SUSPEND_START = "SUSPEND_START", _("suspension began: force majeure or other good reason")
    SUSPEND_END = "SUSPEND_END", _("suspension ended")
    AGREE_TO_PERFORM = "AGREE_TO_PERFORM", _("after expiry the other side agreed to perform")


class LimitationFact(Row):
    """One fact of the chain. Without a party it holds for every worker of the case.

    Never edited: voided with a reason, and recorded anew.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="limitation_facts")
    party = models.ForeignKey("casework.Party", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("what"), max_length=16, choices=FactKind)
    on = models.DateField(_("day"))
    cause = models.CharField(_("what happened"), max_length=120, blank=True)
    evidence = models.CharField(_("evidence"), max_length=120, blank=True)
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    voided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="a_void_fact_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["ENDED", "STILL", "KNEW"]) | ~Q(evidence=""),
                name="what_moves_limitation_is_proved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"
