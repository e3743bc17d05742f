"""Bought legal services (法律服务补贴): lawyers and firms, vouchers, the work done, what was paid for it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.models.base import Row


class LegalService(models.TextChoices):
    """What a lawyer can be asked to do. The tariff of each is a figure of the rules."""

    CONSULT = "CONSULT", _("legal advice")
    DOCUMENT = "DOCUMENT", _("drawing up a document")
    MEDIATION = "MEDIATION", _("taking part in mediation")
    ARBITRATION = "ARBITRATION", _("representing in arbitration")
    LITIGATION = "LITIGATION", _("representing in court")


class SubsidyState(models.TextChoices):
    """Where a voucher stands."""

    GRANTED = "GRANTED", _("voucher granted")
    CLAIMED = "CLAIMED", _("claim handed in")
    SETTLED = "SETTLED", _("checked and settled")
    PAID = "PAID", _("paid out")
    REFUSED = "REFUSED", _("not paid")


class LawFirm(Row):
    """A firm whose lawyers work for the union."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    licence = models.CharField(_("licence number"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Lawyer(Row):
    """A lawyer of the list. The account for the payment is stored encrypted."""

    firm = models.ForeignKey(LawFirm, models.PROTECT, related_name="lawyers")
    name = models.CharField(_("name"), max_length=40)
    licence = models.CharField(_("licence number"), max_length=40, unique=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    holder = models.CharField(_("account holder"), max_length=80)
    bank = models.CharField(_("bank"), max_length=80)
    account = EncryptedField(_("account"))
    is_active = models.BooleanField(_("takes cases"), default=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class SubsidyYear(Row):
    """What a district has granted of its year's money: one row, the lock of the quota."""

    district = models.ForeignKey("casework.District", models.PROTECT)
    year = models.PositiveSmallIntegerField()
    taken_yuan = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        ordering = ["-year", "district"]
        constraints = [
            models.UniqueConstraint(fields=["district", "year"], name="one_quota_a_year"),
            models.CheckConstraint(condition=Q(taken_yuan__gte=0), name="quota_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.year}"


class Subsidy(Row):
    """One voucher: a lawyer for a case, the services granted, the claim, the settlement, the payment.

    `reserved_yuan` is what the tariff of the day gave for the granted services; `figures` name its versions.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="subsidies")
    lawyer = models.ForeignKey(Lawyer, models.PROTECT, related_name="subsidies")
    quota = models.ForeignKey(SubsidyYear, models.PROTECT, related_name="+")
    number = models.CharField(_("voucher"), max_length=40, unique=True)
    state = models.CharField(max_length=8, choices=SubsidyState, default=SubsidyState.GRANTED)
    services = ArrayField(models.CharField(max_length=12, choices=LegalService), default=list)
    why = models.CharField(_("ground"), max_length=200, blank=True)
    reserved_yuan = models.DecimalField(max_digits=12, decimal_places=2)
    figures = ArrayField(models.CharField(max_length=60), default=list)
    granted_on = models.DateField()
    granted_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    total_yuan = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    result = models.CharField(_("result"), max_length=60, blank=True)
    claimed_on = models.DateField(null=True, blank=True)
    claimed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    decided_why = models.CharField(max_length=200, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    paid_ref = models.CharField(_("number of the payment"), max_length=60, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "subsidies"
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("claimed_by")),
                name="a_settlement_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(total_yuan__isnull=True) | Q(total_yuan__lte=F("reserved_yuan")),
                name="not_more_than_the_voucher",
            ),
            models.CheckConstraint(
                condition=~Q(state="PAID") | Q(paid_on__isnull=False, decided_by__isnull=False),
                name="paid_after_settlement",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class SubsidyLine(Row):
    """A piece of the lawyer's work, with its tariff in yuan."""

    subsidy = models.ForeignKey(Subsidy, models.PROTECT, related_name="lines")
    claim = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField()
    service = models.CharField(max_length=12, choices=LegalService)
    on = models.DateField()
    what = models.CharField(max_length=120)
    yuan = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["subsidy", "-claim", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["subsidy", "claim", "number"], name="one_line_per_number"
            )
        ]

    def __str__(self) -> str:
        return self.what
