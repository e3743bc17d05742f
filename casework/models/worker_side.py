"""What a worker hands in and says through the tracking code."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.models.base import Row
from casework.models.party import Side


class Evidence(Row):
    """A photograph or paper from a worker, as cleaned; nobody but the union reads it until it is disclosed."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="evidence")
    party = models.ForeignKey("casework.Party", models.PROTECT, related_name="evidence")
    name = EncryptedField(_("name of the file"))
    media_type = models.CharField(max_length=24)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(_("pages"), null=True)
    title = models.CharField(_("what it is"), max_length=80, blank=True)
    source = models.CharField(_("where it comes from"), max_length=80, blank=True)
    is_original = models.BooleanField(_("the original was seen"), default=False)
    is_application = models.BooleanField(_("the application for mediation"), default=False)
    entered_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64, help_text=_("of the bytes as they came"))
    made_at = models.DateTimeField()
    instalment = models.ForeignKey(
        "casework.Instalment", models.PROTECT, null=True, related_name="proofs"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.sha256[:8]


class EvidenceShown(Row):
    """An item of evidence was shown to a side: once a side, in a session or outside one."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="shown")
    side = models.CharField(max_length=10, choices=Side)
    session = models.ForeignKey("casework.Session", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "side"], name="shown_once_to_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.side}"


class WordKind(models.TextChoices):
    """What a worker may say. Stored in rows."""

    OBJECTION = "OBJECTION", _("I do not agree")
    CORRECTION = "CORRECTION", _("something is wrong in my data")
    NOT_PAID = "NOT_PAID", _("the money did not come")
    CONTACT = "CONTACT", _("please call me back")
    DELETION = "DELETION", _("please delete my data")


class WordResult(models.TextChoices):
    """What became of a wish to correct the own data. Stored in rows."""

    CORRECTED = "CORRECTED", _("changed as asked")
    REFUSED = "REFUSED", _("not changed")


EMPLOYERS = (
    "ANSWER"  # the kind of what an employer answers at its own door: no choice of a worker
)


class WorkerWord(Row):
    """Something a worker said, and the union's answer to it."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="words")
    party = models.ForeignKey("casework.Party", models.PROTECT, related_name="words")
    kind = models.CharField(max_length=12, choices=WordKind)
    text = EncryptedField(_("words"))
    at = models.DateTimeField()
    answer = EncryptedField(_("answer"))
    result = models.CharField(max_length=10, choices=WordResult, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "casework.User", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.kind

    @property
    def about(self) -> str:
        """The kind in words, an employer's answer among them."""
        if self.kind == EMPLOYERS:
            return gettext("answer of the employer")
        return str(WordKind(self.kind).label)
