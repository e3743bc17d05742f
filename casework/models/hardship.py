"""Warnings of hardship (困难预警): a person in need, visited, helped; forgotten with the archive."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class HelpResult(models.TextChoices):
    """What a visit led to."""

    RELIEF = "RELIEF", _("one-off relief")
    FILE = "FILE", _("a help file, with consent")
    REFER = "REFER", _("referred to another office")
    NOT_NEEDED = "NOT_NEEDED", _("no help is needed")
    NOT_WANTED = "NOT_WANTED", _("the person does not want help")


class Hardship(Row):
    """One warning about one person's need. `signs` are codes with the fact in words at the time.

    On archiving signs and words are emptied, unless a help file was opened with consent.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="hardships")
    party = models.ForeignKey("casework.Party", models.PROTECT, related_name="hardships")
    signs = models.JSONField(default=list)
    words = models.TextField(_("what is needed"), blank=True)
    parameters = ArrayField(models.CharField(max_length=60), default=list)
    warned_at = models.DateTimeField()
    visited_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=12, choices=HelpResult, blank=True)
    relief_yuan = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    told = models.TextField(_("what was found"), blank=True)
    consented_on = models.DateField(_("consent to a help file"), null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"], name="one_open_warning_a_person", condition=Q(result="")
            ),
            models.CheckConstraint(
                condition=~Q(result="FILE") | Q(consented_on__isnull=False),
                name="a_help_file_needs_consent",
            ),
            models.CheckConstraint(
                condition=~Q(result="RELIEF") | Q(relief_yuan__gt=0), name="relief_has_a_sum"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.party_id} {self.result}"
