"""The forms of services that were recorded wrongly."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Service
from mediation.commands import correction as commands
from mediation.engine.steps import StepForm
from mediation.forms.mediation import SERVICES


class OneService(StepForm):
    """An act on a record of service that stands."""

    shown_on = "corrections"
    service = forms.ChoiceField(label=_("Service"))
    reason = forms.CharField(label=_("Reason"), max_length=120)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While the case is open and something was served."""
        standing = any(row.voided_at is None for row in case.services.all())
        return case.closed_on is None and standing

    def prepare(self) -> None:
        """Offer the services that stand."""
        rows = Service.objects.filter(case=self.case, voided_at__isnull=True).order_by("id")
        rows = rows.select_related("party__person", "party__employer", "case")
        self.services = {str(row.pk): row for row in rows}
        self.offer("service", [(pk, _words(row)) for pk, row in self.services.items()])


class VoidServiceForm(OneService):
    """The paper did not reach this party."""

    submit = _("Void the service")
    lead = _("The record and its slip stay, marked void; the paper counts as not served.")

    def act(self) -> str:
        """Void it."""
        service = self.services[self.cleaned_data["service"]]
        self.say_once = commands.void_service(
            service, reason=self.cleaned_data["reason"], by=self.by, at=self.at
        )
        return "VOIDED"


class CorrectServiceForm(OneService):
    """The paper reached the party on another day, or in another way."""

    submit = _("Put right")
    lead = _("An empty box leaves what is recorded. The wrong record stays, marked void.")
    served_on = forms.DateField(label=_("Served on"), required=False)
    way = forms.ChoiceField(
        label=_("How the notice was served"), choices=[("", ""), *SERVICES], required=False
    )
    proof = forms.CharField(label=_("Proof of service"), required=False, max_length=120)
    field_order = ("service", "served_on", "way", "proof", "reason")

    def act(self) -> str:
        """Put it right."""
        data: dict[str, Any] = self.cleaned_data
        row = self.services[data["service"]]
        self.say_once = commands.service(
            row, served_on=data["served_on"] or row.served_on, way=data["way"] or row.way,
            proof=data["proof"] or row.proof, reason=data["reason"], by=self.by, at=self.at,
        )  # fmt: skip
        return "CORRECTED"


def _words(row: Service) -> str:
    return f"{row.document} {row.party.name if row.party else ''} {row.served_on} {row.proof}".strip()
