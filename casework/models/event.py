"""The ledger: what happened, append-only, one hash chain per case."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class Event(Row):
    """One thing that happened. Written only by the database function `append_event`.

    `at` is when it happened, `recorded_at` when it was written. `hash` is SHA-256 over the previous
    hash and this row's canonical text, in which `digest` (SHA-256 over `salt` and payload) stands for the payload: so
    the words of a destroyed file go, and the chain still verifies. Entries without a digest are older: their hash
    covers the payload itself. The newest hash lies on the case.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=48)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=60, blank=True)
    by_role = models.CharField(max_length=32, blank=True)
    sealed = models.BooleanField(_("content sealed"), default=False)
    payload = models.JSONField(default=dict)
    salt = models.BinaryField(max_length=16, null=True, editable=False)
    digest = models.BinaryField(max_length=32, null=True, editable=False)
    hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["case", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="ledger_has_no_gap"),
            models.CheckConstraint(
                condition=models.Q(recorded_at__gte=F("at")), name="no_event_from_the_future"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"
