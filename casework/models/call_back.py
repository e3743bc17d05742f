"""Promises to call somebody back: what for, between which hours, and what came of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class CallBackState(models.TextChoices):
    """What came of a promise. Not reached always has a next one, which `follows` it."""

    OPEN = "OPEN", _("promised")
    REACHED = "REACHED", _("reached")
    NOT_REACHED = "NOT_REACHED", _("not reached, tried again")
    NOT_NEEDED = "NOT_NEEDED", _("no longer needed")


class CallBack(Row):
    """One promised call. A case has at most one that is open; it ends only with what came of it."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="call_backs")
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    why = models.CharField(_("what the call is for"), max_length=120)
    number = models.PositiveSmallIntegerField(_("which try"), default=1)
    promised_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    promised_at = models.DateTimeField()
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="followed_by"
    )
    state = models.CharField(max_length=12, choices=CallBackState, default=CallBackState.OPEN)
    words = models.CharField(_("what was said"), max_length=200, blank=True)
    settled_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["ends_at", "id"]
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(state="OPEN"), name="call_back_open"),
            models.Index(fields=["-settled_at"], name="call_back_settled"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="OPEN"), name="one_open_call_back_a_case"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="call_back_window_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", settled_at__isnull=True)
                | (~Q(state="OPEN") & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="a_settled_call_back_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.begins_at:%Y-%m-%d}"
