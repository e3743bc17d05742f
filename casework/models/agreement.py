"""The agreement: clauses, instalments, signatures, payments."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class AgreementState(models.TextChoices):
    """Where a version of the agreement stands."""

    DRAFT = "DRAFT", _("draft")
    READY = "READY", _("ready to sign")
    SIGNED = "SIGNED", _("signed by all")
    IN_FORCE = "IN_FORCE", _("in force")
    SUPERSEDED = "SUPERSEDED", _("superseded")


class PenaltyKind(models.TextChoices):
    """What the payer owes besides when an instalment is late (民法典 585)."""

    NONE = "", _("no penalty agreed")
    FIXED = "FIXED", _("a fixed sum (yuan)")
    DAILY = "DAILY", _("each day, parts per ten thousand of what is late")


class Agreement(Row):
    """One version of a mediation agreement (调解协议书). A change is a new version.

    In force from the last signature and the body's seal on (LDMAL 14; PML 29). Sums in yuan.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=12, choices=AgreementState, default=AgreementState.DRAFT
    )
    clauses = models.JSONField(_("clauses"), default=list)
    duties = models.JSONField(_("other duties"), default=list)
    payer = models.ForeignKey("casework.Party", models.PROTECT, null=True, related_name="+")
    total_yuan = models.DecimalField(_("total"), max_digits=14, decimal_places=2)
    accelerates = models.BooleanField(_("a missed instalment makes all due"), default=True)
    penalty_kind = models.CharField(
        _("agreed penalty"), max_length=8, choices=PenaltyKind, default="", blank=True
    )
    penalty_value = models.DecimalField(
        _("penalty: yuan, or parts per ten thousand"),
        max_digits=14,
        decimal_places=2,
        default=0,
    )
    is_partial = models.BooleanField(_("partial"), default=False)
    confirmation = models.CharField(_("confirmation"), max_length=20, default="none")
    content_sha256 = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        "casework.User", models.PROTECT, null=True, related_name="+"
    )
    sealed_at = models.DateTimeField(null=True, blank=True)
    sealed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    effective_on = models.DateField(_("in force from"), null=True, blank=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "version"], name="one_agreement_per_version"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["DRAFT", "READY", "SIGNED"]),
                name="one_open_draft_per_case",
            ),
            models.CheckConstraint(condition=Q(total_yuan__gte=0), name="total_not_negative"),
            models.CheckConstraint(
                condition=Q(penalty_kind="", penalty_value=0)
                | Q(penalty_kind__in=["FIXED", "DAILY"], penalty_value__gt=0),
                name="penalty_has_a_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"


class SigningWay(models.TextChoices):
    """How somebody signed."""

    PAPER = "paper", _("on paper, original checked")
    CODE = "code", _("by one-time code")
    CERTIFICATE = "certificate", _("by certificate")


class Signature(Row):
    """A signature under the frozen bytes of one version (`content_sha256`).

    `paper_sha256`: the printed paper that was read or signed; `proof_*`: the scan of the signed original,
    or the paper with the certificate signatures, kept as a file.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    party = models.ForeignKey("casework.Party", models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(_("capacity"), max_length=16)
    way = models.CharField(_("way"), max_length=16, choices=SigningWay, default="paper")
    content_sha256 = models.CharField(max_length=64)
    paper_sha256 = models.CharField(max_length=64, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    proof_name = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party"],
                condition=Q(party__isnull=False),
                name="each_party_signs_once",
            ),
            models.UniqueConstraint(
                fields=["agreement", "user", "capacity"],
                condition=Q(user__isnull=False),
                name="each_official_signs_once",
            ),
        ]

    def __str__(self) -> str:
        return self.capacity


class InstalmentState(models.TextChoices):
    """Where an instalment stands (reference: performance plan)."""

    PENDING = "PENDING", _("pending")
    DUE = "DUE", _("due")
    PAID = "PAID", _("paid")
    LATE = "LATE", _("late")
    DUNNED = "DUNNED", _("dunned")
    DEFAULTED = "DEFAULTED", _("defaulted")
    ACCELERATED = "ACCELERATED", _("accelerated")
    WAIVED = "WAIVED", _("waived")


class Instalment(Row):
    """One payment of the plan. `states` keeps every state it went through, in order."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    accelerated_to = models.DateField(null=True, blank=True)
    amount_yuan = models.DecimalField(max_digits=14, decimal_places=2)
    paid_yuan = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    paid_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=12, choices=InstalmentState, default=InstalmentState.PENDING
    )
    states = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="one_instalment_per_number"
            ),
            models.CheckConstraint(
                condition=Q(amount_yuan__gt=0), name="instalment_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(paid_yuan__lte=F("amount_yuan"), paid_yuan__gte=0),
                name="paid_at_most_what_is_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.amount_yuan}"


class Share(Row):
    """What one worker gets of one instalment."""

    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="shares")
    party = models.ForeignKey("casework.Party", models.PROTECT, related_name="shares")
    amount_yuan = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instalment", "party"], name="one_share_per_worker")
        ]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.amount_yuan}"


class Payment(Row):
    """Money that arrived, counted towards one instalment. Voided by an act, never deleted.

    `party`: it was for this worker of a group alone.
    """

    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    amount_yuan = models.DecimalField(max_digits=14, decimal_places=2)
    by_enforcement = models.BooleanField(default=False)
    party = models.ForeignKey("casework.Party", models.PROTECT, null=True, related_name="+")
    proof = models.CharField(_("proof"), max_length=80, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    proof_name = models.CharField(max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        "casework.User", models.PROTECT, null=True, related_name="+"
    )
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_why = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_yuan__gt=0), name="payment_is_positive")
        ]

    def __str__(self) -> str:
        return f"{self.paid_on}: {self.amount_yuan}"
