"""A matter handed to an agency, and what it answers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.kept import Kept
from casework.models.base import Row


class ReferralState(models.TextChoices):
    """Where a referral stands."""

    FINDING_OFFICE = "FINDING_OFFICE", _("looking for an office")
    ASKING_CONSENT = "ASKING_CONSENT", _("asking for consent")
    SENT = "SENT", _("sent")
    SIGNED = "SIGNED", _("signed for")
    ACCEPTED = "ACCEPTED", _("accepted")
    RETURNED = "RETURNED", _("returned for material")
    DECLINED = "DECLINED", _("declined")
    REDIRECTED = "REDIRECTED", _("redirected")
    MEETING = "MEETING", _("before the joint meeting")
    RESULT = "RESULT", _("result given")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    LAPSED = "LAPSED", _("lapsed")


class Referral(Kept, Row):
    """One matter sent to one office (转办). Each is a process of its own, beside mediation."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="referrals")
    agency = models.ForeignKey("casework.Agency", models.PROTECT, related_name="referrals")
    office = models.ForeignKey("casework.Office", models.PROTECT, related_name="referrals")
    matter = models.CharField(_("matter"), max_length=40)
    number = models.CharField(_("letter number"), max_length=40, blank=True)
    asked = models.TextField(_("what is asked"), blank=True)
    side_track = models.BooleanField(_("beside the dispute"), default=False)
    state = models.CharField(max_length=16, choices=ReferralState, default=ReferralState.SENT)
    hop = models.PositiveSmallIntegerField(default=0)
    came_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="redirected_to"
    )
    consent = models.ForeignKey("casework.Consent", models.PROTECT, null=True, related_name="+")
    ground = models.CharField(_("ground without consent"), max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=24, blank=True)
    reason_code = models.CharField(max_length=32, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    missing = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    own_number = models.CharField(_("the office's own number"), max_length=60, blank=True)
    handler = models.CharField(_("handler"), max_length=40, blank=True)
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
    result = models.CharField(max_length=32, blank=True)
    result_text = models.TextField(blank=True)
    result_on = models.DateField(null=True, blank=True)
    result_number = models.CharField(_("number of the document"), max_length=60, blank=True)
    result_yuan = models.DecimalField(
        _("sum (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("case manager's decision"), max_length=24, blank=True)
    returns = models.PositiveSmallIntegerField(_("times returned for material"), default=0)
    named = models.BooleanField(_("named by the joint meeting"), default=False)
    desk_user = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    shown = models.JSONField(_("what was shown for this matter"), default=dict, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(hop__lte=2), name="at_most_two_hops")]

    def __str__(self) -> str:
        return f"{self.matter} {self.office_id}"


class Pack(Kept, Row):
    """A frozen snapshot of exactly what one office may see: fields and papers, purpose, expiry.

    `sha256` covers all of it and the head of the case's ledger. A supplement is a new pack. The receipt
    is a keyed signature over that hash and the head of the ledger at the moment of signing for it.
    A pack that was closed, or has expired, is read by nobody outside.
    """

    needs = ('"casework_referral"',)

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="packs")
    number = models.PositiveSmallIntegerField(default=1)
    purpose = models.CharField(max_length=80)
    fields = models.JSONField(default=dict)
    papers = models.JSONField(default=list)
    paper_ids = ArrayField(models.BigIntegerField(), default=list)
    sha256 = models.CharField(max_length=64)
    ledger_head = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    receipt = models.CharField(max_length=64, blank=True)
    receipt_head = models.CharField(max_length=64, blank=True)
    receipt_at = models.DateTimeField(null=True, blank=True)
    receipt_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="one_pack_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.referral_id}/{self.number}"
