"""Joint consultation on a hard case: the question, who is asked, and sealed opinions that bind nobody."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.models.base import Row


class Consultation(Row):
    """A hard case put before two to five offices (会商): they get the facts and the question, nothing else."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="consultations")
    facts = models.TextField(_("facts"))
    agreed = models.TextField(_("agreed facts"), blank=True)
    question = models.TextField(_("question of law"))
    answer_by = models.DateField(_("answer by"))
    office_ids = ArrayField(models.BigIntegerField(), default=list)
    opened_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    duties = models.JSONField(_("tasks"), default=list, blank=True)

    def __str__(self) -> str:
        return self.question[:40]


class Opinion(Row):
    """One office's opinion: not binding, and sealed until the consultation is closed."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="opinions")
    office = models.ForeignKey("casework.Office", models.PROTECT, related_name="+")
    text = EncryptedField(_("opinion"))
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "office"], name="one_opinion_per_office"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.office_id}"
