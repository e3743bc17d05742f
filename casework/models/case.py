"""The case: a file on a desk."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.models.base import Row


class Status(models.TextChoices):
    """Headline status of a case: derived from its record, never chosen."""

    REGISTERED = "REGISTERED", _("registered")
    TRIAGED = "TRIAGED", _("triaged")
    ADVICE_ANSWERED = "ADVICE_ANSWERED", _("advice given")
    EMERGENCY_RESPONSE = "EMERGENCY_RESPONSE", _("emergency response")
    SUPERVISION = "SUPERVISION", _("under supervision")
    PENDING_MATERIALS = "PENDING_MATERIALS", _("waiting for materials")
    REFUSED = "REFUSED", _("refused")
    ACCEPTED = "ACCEPTED", _("accepted")
    IN_REFERRAL = "IN_REFERRAL", _("in referral")
    IN_MEDIATION = "IN_MEDIATION", _("in mediation")
    PARTIALLY_AGREED = "PARTIALLY_AGREED", _("partially agreed")
    MEDIATION_FAILED = "MEDIATION_FAILED", _("mediation failed")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    PERFORMING = "PERFORMING", _("being performed")
    PERFORMED = "PERFORMED", _("performed")
    DEFAULTED = "DEFAULTED", _("defaulted")
    IN_AFTERCARE = "IN_AFTERCARE", _("in aftercare")
    UNRECOVERED = "UNRECOVERED", _("unrecovered")
    CLOSED = "CLOSED", _("closed")
    ARCHIVED = "ARCHIVED", _("archived")
    REOPENED = "REOPENED", _("reopened")


class Priority(models.TextChoices):
    """Order of urgency."""

    CRITICAL = "CRITICAL", _("critical")
    HIGH = "HIGH", _("high")
    NORMAL = "NORMAL", _("normal")
    LOW = "LOW", _("low")


class Case(Row):
    """One matter from the call to the archive. It exists from the call on, under its ticket number.

    The 渝工调 number comes with acceptance. `status` is the derived headline, stored for lists and
    refreshed by every command. `catalogue_version` is the day of the newest rule edit that was in effect
    when the case was opened (empty: the release): the case keeps it to its end. The ledger's head lies here, under the case's lock.
    """

    ticket_no = models.CharField(_("ticket number"), max_length=32, unique=True)
    number = models.CharField(_("case number"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=160, blank=True)
    status = models.CharField(max_length=24, choices=Status, default=Status.REGISTERED)
    classes = ArrayField(models.CharField(max_length=24), default=list)
    main_cause = models.CharField(_("main cause"), max_length=8, blank=True)
    causes = ArrayField(models.CharField(max_length=8), default=list)
    district = models.ForeignKey("casework.District", models.PROTECT, null=True, blank=True)
    level = models.CharField(_("level"), max_length=16, default="district")
    priority = models.CharField(max_length=12, choices=Priority, default=Priority.NORMAL)
    group_size = models.PositiveIntegerField(_("people affected"), default=1)
    is_collective = models.BooleanField(_("collective"), default=False)
    is_new_form = models.BooleanField(_("new employment form"), default=False)
    channel = models.CharField(_("channel"), max_length=16, default="phone")
    source_number = models.CharField(_("number at the source"), max_length=60, blank=True)
    opened_at = models.DateTimeField(_("opened at"))
    catalogue_version = models.CharField(_("version of the rules"), max_length=10, blank=True)
    triaged_on = models.DateField(null=True, blank=True)
    advised_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(_("application received on"), null=True, blank=True)
    materials_asked_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    refused_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    failed_on = models.DateField(_("mediation failed on"), null=True, blank=True)
    aftercare_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    reopened_on = models.DateField(null=True, blank=True)
    archived_on = models.DateField(null=True, blank=True)
    destroyed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=32, blank=True)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    relation = models.CharField(_("relation test"), max_length=12, blank=True)
    criminal_clue = models.CharField(max_length=8, default="NONE")
    triage = models.JSONField(_("triage result"), default=dict, blank=True)
    intake_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    manager = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    mediator = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    co_mediator_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    recorder = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="split_off")
    chain_seq = models.PositiveIntegerField(default=0, editable=False)
    chain_head = models.BinaryField(max_length=32, default=b"", editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["district", "status", "opened_at"], name="case_by_district"),
            models.Index(fields=["mediator"], name="case_by_mediator"),
            models.Index(fields=["intake_by", "opened_at"], name="case_by_intake"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="one_case_per_number"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(received_on__isnull=True)
                | Q(closed_on__gte=F("received_on")),
                name="case_closes_after_receipt",
            ),
        ]

    def __str__(self) -> str:
        shown = self.number or self.ticket_no
        return f"{shown}-{self.reopen_count}" if self.reopen_count else shown


class CallRecord(Row):
    """What was said in a call, a visit or a letter (来电登记)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="calls")
    caller = models.ForeignKey(
        "casework.Person", models.PROTECT, null=True, related_name="calls"
    )
    operator = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=16, default="phone")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    anonymous = models.BooleanField(_("wants to stay anonymous"), default=False)
    sealed_caller = EncryptedField(_("who called, under seal"))
    classes = ArrayField(models.CharField(max_length=24), default=list)
    facts = models.TextField(_("what happened"))
    confidential = models.TextField(_("for the union only"), blank=True)
    work_place = models.CharField(_("place of work"), max_length=120, blank=True)
    hired_on = models.DateField(_("hire date"), null=True, blank=True)
    left_on = models.DateField(_("last day"), null=True, blank=True)
    month_pay_yuan = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    contract_kind = models.CharField(_("contract"), max_length=24, blank=True)
    evidence = models.TextField(_("evidence held"), blank=True)
    tried = models.TextField(_("already tried"), blank=True)
    wish = models.CharField(_("wish"), max_length=24, blank=True)
    danger = models.BooleanField(_("danger now"), default=False)
    advice = models.TextField(_("advice given"), blank=True)
    advice_source = models.TextField(_("source of the advice"), blank=True)
    estimate = models.JSONField(_("calculator result"), default=dict, blank=True)
    satisfaction = models.CharField(max_length=16, blank=True)
    recording_id = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.case} {self.channel}"
