"""Texts that wait to leave the house. Number and words are sealed, and gone once they have left."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.models.base import Row


class TextState(models.TextChoices):
    """Stored in rows: rename only with a data migration."""

    QUEUED = "QUEUED", _("waits")
    SENT = "SENT", _("sent")
    REFUSED = "REFUSED", _("refused")
    EXPIRED = "EXPIRED", _("too late to send")


class OutgoingText(Row):
    """One text on its way. Only the sender reads."""

    template = models.CharField(max_length=32)
    to = EncryptedField()
    words = EncryptedField(help_text="JSON")
    message = models.ForeignKey("casework.Message", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=TextState, default=TextState.QUEUED)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    taken_until = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], name="texts_that_wait", condition=models.Q(state="QUEUED")
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.state}"
