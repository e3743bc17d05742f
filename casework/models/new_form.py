"""What is special about a case of new employment forms: trade, platform and partner firm, facts of the relation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class Trade(models.TextChoices):
    """What the worker does."""

    DELIVERY = "DELIVERY", _("meal delivery")
    RIDE = "RIDE", _("ride hailing")
    FREIGHT = "FREIGHT", _("freight")
    PARCEL = "PARCEL", _("parcels")
    STREAMING = "STREAMING", _("live streaming")
    HOUSEHOLD = "HOUSEHOLD", _("household services")


class NewForm(Row):
    """One case of new employment forms. The relation is an estimate for the way of the case, no finding.

    `subject_fit`, `management`, `business` are the three facts as the triage tables name them;
    `orders` and `pays` say which records of the platform are held, one a line.
    """

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="new_form")
    trade = models.CharField(_("trade"), max_length=12, choices=Trade)
    platform = models.ForeignKey("casework.Party", models.PROTECT, related_name="+")
    partner = models.ForeignKey("casework.Party", models.PROTECT, null=True, related_name="+")
    subject_fit = models.CharField(max_length=8)
    management = models.CharField(max_length=8)
    business = models.CharField(max_length=8)
    relation = models.CharField(_("labour relation"), max_length=12)
    relation_row = models.CharField(max_length=8)
    orders = models.TextField(_("order records"), blank=True)
    pays = models.TextField(_("pay records"), blank=True)
    one_stop = models.CharField(_("one-stop body"), max_length=80, blank=True)
    injured_on = models.DateField(_("injured on"), null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(partner=None) | ~models.Q(partner=models.F("platform")),
                name="platform_and_partner_are_two",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.trade}"
