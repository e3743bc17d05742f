"""Parties, their claims and their consents."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class Side(models.TextChoices):
    """On which side a party stands."""

    WORKER = "WORKER", _("worker")
    EMPLOYER = "EMPLOYER", _("employer")


class Party(Row):
    """A disputant in one case (当事人). In a collective case every member is a party of their own."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="parties")
    ref = models.CharField(
        _("reference"), max_length=8, help_text=_("W01, R1: stable in papers")
    )
    side = models.CharField(max_length=10, choices=Side)
    person = models.ForeignKey(
        "casework.Person", models.PROTECT, null=True, related_name="parties"
    )
    employer = models.ForeignKey(
        "casework.Employer", models.PROTECT, null=True, related_name="parties"
    )
    capacity = models.CharField(_("capacity"), max_length=32, blank=True)
    is_applicant = models.BooleanField(_("applicant"), default=False)
    is_representative = models.BooleanField(_("representative"), default=False)
    contact = models.ForeignKey("casework.Person", models.PROTECT, null=True, related_name="+")
    agrees_to_mediate = models.BooleanField(_("agrees to mediation"), null=True)
    settlement_consent_on = models.DateField(_("consented to the settlement on"), null=True)
    settlement_refused_on = models.DateField(_("refused the settlement on"), null=True)
    left_on = models.DateField(_("left the case on"), null=True, blank=True)

    class Meta:
        ordering = ["ref"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="one_party_per_ref"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, employer__isnull=True)
                | Q(person__isnull=True, employer__isnull=False),
                name="party_is_person_or_employer",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.employer)

    @property
    def name(self) -> str:
        """The name as it stands on papers."""
        return self.person.name if self.person else self.employer.name if self.employer else ""


class ClaimOutcome(models.TextChoices):
    """What became of a claim line."""

    OPEN = "OPEN", _("undecided")
    AGREED = "AGREED", _("agreed")
    FAILED = "FAILED", _("failed")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    DEFERRED = "DEFERRED", _("deferred")


class Claim(Row):
    """One line of what is asked (请求). For a member of a collective case, that member's own sum."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="claims")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="claims")
    code = models.CharField(_("cause"), max_length=8)
    item = models.CharField(_("item"), max_length=60)
    amount_yuan = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    agreed_yuan = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    period = models.CharField(_("period"), max_length=60, blank=True)
    outcome = models.CharField(max_length=10, choices=ClaimOutcome, default=ClaimOutcome.OPEN)
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    estimate = models.JSONField(_("calculator result"), default=dict, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_yuan__isnull=True) | Q(amount_yuan__gte=0),
                name="claim_is_not_negative",
            )
        ]

    def __str__(self) -> str:
        return self.item


class Consent(Row):
    """A person's consent to one use of their data, per receiver and kind of data (PIPL arts 23, 29)."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="consents")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=24)
    agency = models.ForeignKey("casework.Agency", models.PROTECT, null=True, blank=True)
    kinds = ArrayField(models.CharField(max_length=24), default=list)
    how = models.CharField(_("how it was given"), max_length=24, blank=True)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "agency"], name="consent_by_agency")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.agency_id or ''}".strip()
