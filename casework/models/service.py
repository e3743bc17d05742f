"""Service of papers (送达), return visits, and plain acts by others that the file follows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class Service(Row):
    """That a paper reached somebody: a period that starts from receipt starts from this row."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="services")
    party = models.ForeignKey(
        "casework.Party", models.PROTECT, null=True, related_name="services"
    )
    document = models.CharField(_("document"), max_length=8)
    paper_id = models.BigIntegerField(null=True, blank=True)
    way = models.CharField(_("way"), max_length=16)
    served_on = models.DateField()
    proof = models.CharField(_("proof"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    server = models.CharField(_("served by"), max_length=60, blank=True)
    witness = models.CharField(_("witness"), max_length=60, blank=True)
    proof_name = models.CharField(_("file of the proof"), max_length=120, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_why = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.document} {self.served_on}"


class ServiceTry(Row):
    """That a paper was brought and did not arrive: returned, refused, nobody there."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="service_tries")
    party = models.ForeignKey("casework.Party", models.PROTECT, related_name="+")
    paper_id = models.BigIntegerField()
    way = models.CharField(_("way"), max_length=16)
    on = models.DateField()
    why = models.CharField(_("why it did not arrive"), max_length=120)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.way} {self.on}"


class Contact(Row):
    """An attempt to reach the other side (2 contacts on 2 days by 2 means, then NO_CONTACT)."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="contacts")
    party = models.ForeignKey("casework.Party", models.PROTECT, related_name="contact_attempts")
    way = models.CharField(_("way"), max_length=16)
    on = models.DateField()
    reached = models.BooleanField()
    answer = models.CharField(_("answer"), max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.way} {self.on}"


class Visit(Row):
    """A return visit (回访) by somebody other than the handler."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="visits")
    closing = models.PositiveSmallIntegerField(
        _("closing"), default=0, help_text=_("how often the case had been reopened by then")
    )
    visitor = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    on = models.DateField()
    reached = models.BooleanField(default=True)
    told = models.BooleanField(_("the result was told"), null=True)
    paid = models.BooleanField(_("the money arrived"), null=True)
    satisfied = models.CharField(_("satisfaction"), max_length=16, blank=True)
    need = models.TextField(_("further need"), blank=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.on}"


class Proceeding(Row):
    """A step before a court or commission that the file only follows (payment order, arbitration...)."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="proceedings")
    kind = models.CharField(_("kind"), max_length=32)
    body = models.CharField(_("body"), max_length=80, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    step = models.CharField(_("step"), max_length=32)
    on = models.DateField()
    amount_yuan = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.step}"
