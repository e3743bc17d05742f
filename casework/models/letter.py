"""The union's supervision letters (一函两书): reminder, opinion, proposal; what came back."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class LetterLevel(models.TextChoices):
    """The three letters, in their order."""

    REMINDER = "REMINDER", _("reminder")
    OPINION = "OPINION", _("opinion")
    PROPOSAL = "PROPOSAL", _("proposal to the authority")


class LetterState(models.TextChoices):
    """Where a letter stands."""

    PROPOSED = "PROPOSED", _("proposed")
    GIVEN_BACK = "GIVEN_BACK", _("given back")
    SENT = "SENT", _("sent")
    SILENT = "SILENT", _("no answer in time")
    ANSWERED = "ANSWERED", _("answered")
    DROPPED = "DROPPED", _("not sent")


class LetterResult(models.TextChoices):
    """What a letter brought about (reference code list of results)."""

    CORRECTED = "CORRECTED", _("put right")
    PARTLY = "PARTLY", _("put right in part")
    EXPLAINED_OK = "EXPLAINED_OK", _("explained with good reason")
    IGNORED = "IGNORED", _("not answered or refused")
    TO_AUTHORITY = "TO_AUTHORITY", _("taken up by the authority")


class Letter(Row):
    """One letter on a case. A text that was given back is kept; what is sent is never changed.

    `lines` are the hints, demands or proposals; `rules` the provisions with their articles.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="letters")
    level = models.CharField(_("letter"), max_length=16, choices=LetterLevel)
    state = models.CharField(max_length=12, choices=LetterState, default=LetterState.PROPOSED)
    addressee = models.CharField(_("addressee"), max_length=120)
    subject = models.CharField(_("subject"), max_length=60)
    found = models.TextField(_("what was found"))
    breach = models.TextField(_("what is breached"), blank=True)
    rules = ArrayField(models.CharField(max_length=120), default=list)
    lines = ArrayField(models.CharField(max_length=300), default=list)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    supervisors = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    skipped_why = models.CharField(_("why a letter is left out"), max_length=200, blank=True)
    proposed_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    decided_why = models.CharField(max_length=200, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    paper_id = models.BigIntegerField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(_("the answer"), blank=True)
    result = models.CharField(max_length=16, choices=LetterResult, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="one_open_letter_a_case",
                condition=Q(state__in=["PROPOSED", "GIVEN_BACK", "SENT", "SILENT"]),
            ),
            models.CheckConstraint(
                condition=~Q(state="SENT") | Q(sent_on__isnull=False, decided_by__isnull=False),
                name="a_sent_letter_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="a_letter_takes_two_people",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.level} {self.addressee}"
