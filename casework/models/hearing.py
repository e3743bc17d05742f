"""Mediation sessions, and the notes that nobody else may read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class SessionState(models.TextChoices):
    """Where a session stands."""

    PLANNED = "PLANNED", _("planned")
    HELD = "HELD", _("held")
    CANCELLED = "CANCELLED", _("cancelled")


class ReadBack(models.TextChoices):
    """How a record came to those who were there before they signed it."""

    ALOUD = "ALOUD", _("read aloud to them")
    THEMSELVES = "THEMSELVES", _("they read it themselves")


class Session(Row):
    """A mediation session (调解会): planned, notified, held, recorded (D12)."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_planned = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(_("place"), max_length=80)
    room = models.ForeignKey("casework.Room", models.PROTECT, null=True, related_name="+")
    way = models.CharField(_("way"), max_length=12, default="meeting")
    mediator = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorder = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    attendance = models.JSONField(_("attendance"), default=list, blank=True)
    agreed_facts = models.TextField(_("agreed facts"), blank=True)
    issues = models.TextField(_("issues"), blank=True)
    record = models.TextField(_("record"), blank=True)
    result = models.CharField(_("result"), max_length=24, blank=True)
    moves = models.PositiveSmallIntegerField(_("times moved"), default=0)
    cancelled_why = models.CharField(max_length=120, blank=True)
    read_back = models.CharField(
        _("how it was read back"), max_length=12, choices=ReadBack, blank=True
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_by = models.JSONField(_("signed by"), default=list, blank=True)
    signed_pages = models.PositiveSmallIntegerField(_("pages signed"), null=True, blank=True)
    not_signed_why = models.CharField(_("why a side did not sign"), max_length=200, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    proof_name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_session_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"


class Note(Row):
    """A mediator's own note, or an offer (sealed): read by its author alone."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="notes")
    author = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    about = models.CharField(_("about"), max_length=16, default="joint")
    text = models.TextField(_("note"))
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.about}"
