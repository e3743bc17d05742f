"""How a worker follows the case without an account; and one-time codes."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class TrackingCode(Row):
    """A 16-digit code, stored as a keyed bucket and a salted Argon2id hash: the code is nowhere."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="tracking_codes")
    party = models.ForeignKey("casework.Party", models.PROTECT, null=True, related_name="+")
    bucket = models.IntegerField(db_index=True)
    code_hash = models.CharField(max_length=160)
    phone_tail = models.BinaryField(max_length=16, default=b"")
    made_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    tail_failures = models.PositiveSmallIntegerField(default=0)
    tail_failed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return gettext("tracking code")


class OneTimeCode(Row):
    """A six-digit code sent to the number on file: 10 minutes, once, three tries."""

    subject = models.CharField(max_length=64, db_index=True)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.subject


class Attempt(Row):
    """A failed guess or log-in, counted to slow the next one down; never a lock."""

    bucket = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.bucket


class Message(Row):
    """A message to a person outside, with the cause that sent it; the text never tells the case."""

    case = models.ForeignKey(
        "casework.Case", models.PROTECT, null=True, related_name="messages"
    )
    party = models.ForeignKey("casework.Party", models.PROTECT, null=True, related_name="+")
    template = models.CharField(max_length=32)
    key = models.CharField(max_length=80, unique=True, help_text=_("idempotency key"))
    to_masked = models.CharField(max_length=24, blank=True)
    state = models.CharField(max_length=12, default="QUEUED")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.template
