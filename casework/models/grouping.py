"""Several callers about one employer: looked at, and no group. It is about the firm's matters, never about callers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class NotAGroup(Row):
    """These tickets are no group. A further ticket brings the hint back; so does taking this back."""

    name_key = models.CharField(max_length=100, db_index=True)
    case_ids = ArrayField(models.BigIntegerField())
    reason = models.CharField(_("reason"), max_length=200)
    decided_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        "casework.User", models.PROTECT, null=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="no_group_says_why"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(taken_back_by__isnull=False),
                name="no_group_taken_back_says_who",
            ),
        ]

    def __str__(self) -> str:
        return self.name_key
