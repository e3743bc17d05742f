"""The forms of payments that were recorded wrongly."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.base import CommandRefused
from casework.commands.payments import Money
from casework.models import Case, Payment
from casework.queries.of_case import plan_of
from mediation.commands import payment_fixes as commands
from mediation.engine.steps import StepForm


class OnePayment(StepForm):
    """An act on a payment that stands."""

    shown_on = "corrections"
    payment = forms.ChoiceField(label=_("Payment"))
    reason = forms.CharField(label=_("Reason"), max_length=120)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where money of the agreement in force came, and the case is open or still watched."""
        watched = case.closed_on is None or case.aftercare_on is not None
        return watched and any(row.paid_yuan for row in plan_of(case))

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """A closed case is opened first."""
        return commands.OpenAgainFirst() if case.closed_on else super().unfit(case)

    def prepare(self) -> None:
        """The payments that stand."""
        rows = Payment.objects.filter(
            instalment__agreement__case=self.case, voided_at__isnull=True
        ).select_related("instalment__agreement__case", "party__person")
        self.rows = {str(row.pk): row for row in rows.order_by("paid_on", "id")}
        self.offer("payment", [(key, _words(row)) for key, row in self.rows.items()])


class VoidPaymentForm(OnePayment):
    """No such payment came."""

    submit = _("Void the payment")
    lead = _("The record stays, marked void; the instalment is open again.")

    def act(self) -> str:
        """Void it."""
        data = self.cleaned_data
        row = self.rows[data["payment"]]
        return commands.void(row, reason=data["reason"], by=self.by, at=self.at)


class CorrectPaymentForm(OnePayment):
    """A payment had another sum, day or proof."""

    submit = _("Put right")
    lead = _("An empty box leaves what is recorded. The wrong record stays, marked void.")
    amount_yuan = forms.DecimalField(
        label=_("Sum (yuan)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    on_day = forms.DateField(label=_("Day"), required=False)
    proof = forms.CharField(label=_("Proof"), max_length=80, required=False)
    field_order = ("payment", "amount_yuan", "on_day", "proof", "reason")

    def clean_on_day(self) -> Any:
        """Nothing lies in the future."""
        day = self.cleaned_data["on_day"]
        if day and day > self.on:
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def act(self) -> str:
        """Put it right."""
        data = self.cleaned_data
        row = self.rows[data["payment"]]
        yuan = data["amount_yuan"]
        money = Money(
            yuan=row.amount_yuan if yuan is None else yuan,
            on=data["on_day"] or row.paid_on,
            proof=data["proof"] or row.proof,
        )
        return commands.correct(row, money, reason=data["reason"], by=self.by, at=self.at)


def _words(row: Payment) -> str:
    who = f" {row.party}" if row.party else ""
    return f"{row.paid_on}  {row.amount_yuan}{who}  {row.proof}".strip()
