"""Issued papers: frozen facts, number, hash; and what anybody may ask about them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.kept import Kept
from casework.models.base import Row


class NumberSeries(models.Model):
    """A gapless number series of one kind of paper, office and year. Its row is the lock."""

    name = models.CharField(max_length=80, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class PaperState(models.TextChoices):
    """Whether the bytes of a paper exist yet."""

    PENDING = "PENDING", _("being printed")
    READY = "READY", _("ready")
    FAILED = "FAILED", _("could not be printed")
    EMPTIED = "EMPTIED", _("contents taken out")


class Life(models.TextChoices):
    """Whether a paper still stands. A number is never used again."""

    VALID = "VALID", _("valid")
    SUPERSEDED = "SUPERSEDED", _("superseded")
    VOIDED = "VOIDED", _("voided")


class WordingLife(models.TextChoices):
    """Where a version of a template stands."""

    DRAFT = "DRAFT", _("draft")
    ACTIVE = "ACTIVE", _("in use")
    ENDED = "ENDED", _("no longer in use")


class Wording(Row):
    """One version of a paper's template, drafted by one person and activated by another."""

    code = models.CharField(_("code"), max_length=8)
    version = models.PositiveIntegerField(_("version"))
    source = models.TextField(_("template"))
    reason = models.CharField(_("reason"), max_length=200)
    life = models.CharField(max_length=8, choices=WordingLife, default=WordingLife.DRAFT)
    drafted_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    activated_by = models.ForeignKey(
        "casework.User", models.PROTECT, null=True, related_name="+"
    )
    activated_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=PaperState, default=PaperState.PENDING)
    failure = models.CharField(_("why it could not be printed"), max_length=240, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="versions_of_a_wording"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(life="ACTIVE"), name="one_wording_in_use"
            ),
            models.CheckConstraint(
                condition=~Q(activated_by=models.F("drafted_by")),
                name="wording_activated_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Paper(Kept, Row):
    """One issued paper (文书). Facts are stored encrypted; bytes lie in a file named by their hash."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="papers")
    code = models.CharField(_("code"), max_length=8)
    title = models.CharField(_("title"), max_length=60)
    subject_id = models.BigIntegerField(_("about"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    sealed = models.BooleanField(_("sealed"), default=False)
    wording = models.ForeignKey(Wording, models.PROTECT, null=True, related_name="+")
    facts = EncryptedField(_("facts"))
    facts_sha256 = models.CharField(max_length=64)
    check_code = models.CharField(_("verification code"), max_length=16, unique=True)
    issued_on = models.DateField(_("issued on"))
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=PaperState, default=PaperState.PENDING)
    life = models.CharField(max_length=12, choices=Life, default=Life.VALID)
    reason = models.CharField(_("reason"), max_length=240, blank=True)
    failure = models.CharField(_("why it could not be printed"), max_length=240, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="successor"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    sm3 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0)

    class Meta:
        ordering = ["issued_at", "id"]
        indexes = [models.Index(fields=["case", "code"], name="paper_by_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code", "subject_id", "facts_sha256", "sealed"],
                condition=Q(life="VALID"),
                name="issued_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["code", "number", "edition"],
                condition=~Q(number=""),
                name="one_paper_per_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="READY") | ~Q(sha256=""), name="ready_has_bytes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number or self.title}"


class Preview(Row):
    """A look at a paper that is not issued: facts encrypted, bytes beside those of papers."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=8)
    facts = EncryptedField(_("facts"))
    made_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=PaperState, default=PaperState.PENDING)
    failure = models.CharField(_("why it could not be printed"), max_length=240, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["made_by", "case", "code"], name="preview_by_maker")]

    def __str__(self) -> str:
        return f"{self.code} {self.made_at:%Y-%m-%d}"


class Mark(Kept):
    """What the public verification page may say: no names, no case, no facts."""

    check_code = models.CharField(max_length=16, primary_key=True)
    title = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField()
    life = models.CharField(max_length=12, choices=Life, default=Life.VALID)
    facts_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    sm3 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.check_code} {self.title}"


class TimeStamp(Row):
    """A trusted time (RFC 3161) for bytes, named by their hash alone: no case, no name."""

    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=PaperState, default=PaperState.PENDING)
    asked_at = models.DateTimeField()
    stamped_at = models.DateTimeField(_("stamped at"), null=True)
    stamped_by = models.CharField(_("time-stamp authority"), max_length=120, blank=True)
    token = models.BinaryField(default=bytes)
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(_("why there is no stamp yet"), max_length=240, blank=True)

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.state}"


class Report(Row):
    """The statistics of a period (D33) as they were reported: counts only, no case and no name."""

    span = models.CharField(max_length=8)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    title = models.CharField(_("title"), max_length=60)
    facts = models.TextField()
    facts_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=PaperState, default=PaperState.PENDING)
    failure = models.CharField(_("why it could not be printed"), max_length=240, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-first"]
        constraints = [models.UniqueConstraint(fields=["span", "first"], name="reported_once")]

    def __str__(self) -> str:
        return self.title


class VolumeKind(models.TextChoices):
    """The volumes of a file: the sealed one is for the house alone."""

    MAIN = "MAIN", _("main volume")
    SEALED = "SEALED", _("sealed volume")


class Dossier(Row):
    """A bound volume of a case, made by a job; `done` of `total` papers are in."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="dossiers")
    volume = models.CharField(max_length=8, choices=VolumeKind, default=VolumeKind.MAIN)
    state = models.CharField(max_length=8, choices=PaperState, default=PaperState.PENDING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    cover = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    failure = models.CharField(_("why it could not be bound"), max_length=240, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "volume"],
                condition=Q(state="PENDING"),
                name="bound_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.volume}"
