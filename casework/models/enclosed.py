"""Papers and files that another system's pack names: fetched from there, kept once their hash fits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.models.base import Row


class EnclosedKind(models.TextChoices):
    """What it is at its source."""

    PAPER = "PAPER", _("paper")
    FILE = "FILE", _("file")


class EnclosedState(models.TextChoices):
    """Where the bytes stand."""

    WAITING = "WAITING", _("being fetched")
    HERE = "HERE", _("here, its hash fits")
    GONE = "GONE", _("no longer given by its source")
    REFUSED = "REFUSED", _("refused")
    DEAD = "DEAD", _("could not be fetched")
    SETTLED = "SETTLED", _("settled by hand")


class Enclosed(Row):
    """One paper or file of a pack that came by machine; `number` is its id at the source.

    `promised` is the SHA-256 that the source named before it gave the bytes. Bytes with another hash
    are not kept. They lie beside those of papers, encrypted.
    """

    strand = models.ForeignKey("casework.Strand", models.PROTECT, related_name="enclosed")
    inbound = models.ForeignKey("casework.Inbound", models.PROTECT, related_name="enclosed")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=EnclosedKind)
    number = models.CharField(max_length=40)
    title = EncryptedField(_("title"))
    promised = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=EnclosedState, default=EnclosedState.WAITING)
    media_type = models.CharField(max_length=24, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    attempts = models.PositiveIntegerField(default=0)
    problem = models.CharField(_("problem"), max_length=240, blank=True)
    waiting_since = models.DateTimeField()
    next_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(_("note"), max_length=240, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["strand", "kind", "number"], name="enclosed_once_a_strand"
            ),
            models.CheckConstraint(
                condition=~Q(state="HERE") | ~Q(promised=""), name="here_has_its_hash"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], name="enclosed_sweep", condition=Q(state="WAITING")
            ),
            models.Index(
                fields=["case"],
                name="enclosed_alarm",
                condition=Q(state__in=["REFUSED", "DEAD"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
