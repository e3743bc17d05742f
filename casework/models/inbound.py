"""A matter that another body sent to the union (委派, 委托, 转办): its number is kept, its source told."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row
from casework.models.referral import ReferralState


class Procedure(models.TextChoices):
    """By what right the source sends it."""

    APPOINTED = "APPOINTED", _("appointed by the court before filing")
    ENTRUSTED = "ENTRUSTED", _("entrusted by the court after filing")
    TRANSFERRED = "TRANSFERRED", _("transferred for handling")


class Inbound(Row):
    """One matter from outside, from the offer to the result that goes back. It becomes a case.

    `number` is the source's own. `office` is set when its people registered it by hand.
    `terms` keeps what the source's pack said about itself: hash, ledger head, expiry, papers.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="inbound")
    agency = models.ForeignKey("casework.Agency", models.PROTECT, related_name="+")
    office = models.ForeignKey("casework.Office", models.PROTECT, null=True, related_name="+")
    number = models.CharField(_("number at the source"), max_length=60)
    matter = models.CharField(_("matter"), max_length=40)
    procedure = models.CharField(
        _("procedure"), max_length=12, choices=Procedure, default=Procedure.TRANSFERRED
    )
    summary = models.BooleanField(_("summary procedure"), default=False)
    asked = models.TextField(_("what is asked"), blank=True)
    state = models.CharField(max_length=16, choices=ReferralState, default=ReferralState.SENT)
    sent_on = models.DateField(_("sent on"))
    received_at = models.DateTimeField()
    online_agreed_on = models.DateField(_("both sides agreed to mediate online on"), null=True)
    terms = models.JSONField(default=dict)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    handler = models.CharField(_("handler"), max_length=40, blank=True)
    expected_on = models.DateField(_("expected on"), null=True)
    reason_code = models.CharField(max_length=32, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    missing = ArrayField(models.CharField(max_length=80), default=list)
    result = models.CharField(_("result"), max_length=32, blank=True)
    result_text = models.TextField(blank=True)
    result_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number", "matter"], name="one_inbound_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.number}"
