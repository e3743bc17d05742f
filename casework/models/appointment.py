"""Times for a session that a worker may choose from, and which one was chosen."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class TimeOffer(Row):
    """Free times offered to one worker; the newest offer counts. The choice is a wish: the notice fixes the day.

    `chosen` is one of `times`, empty with `answered_at` set when none suits.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="time_offers")
    party = models.ForeignKey("casework.Party", models.PROTECT, related_name="+")
    times = ArrayField(models.DateTimeField())
    offered_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    chosen = models.DateTimeField(_("chosen"), null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(chosen__isnull=True) | models.Q(answered_at__isnull=False),
                name="a_chosen_time_says_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.party_id}"
