"""The forms of corrections: what was wrong, what is right, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import industries
from casework.models import Case, Claim, ClaimOutcome, Party, Side
from casework.queries.of_case import claims_of
from casework.rules.checks import credit_code_ok
from mediation.commands import correction as commands
from mediation.engine.steps import StepForm


class Correction(StepForm):
    """A correction needs a reason, and something that is different."""

    submit = _("Put right")
    shown_on = "corrections"
    about = ""  # the field that names the row
    reason = forms.CharField(label=_("Reason of the correction"), max_length=120)
    field_order: tuple[str, ...] = ("party", "claim")

    def changed(self) -> dict[str, Any]:
        """The new values: an empty box leaves the old one."""
        kept = ("reason", self.about)
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in kept and value not in (None, "")
        }

    def clean(self) -> dict[str, Any]:
        """Nothing new is no correction."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.changed():
            raise forms.ValidationError(_("Fill in what is right."))
        return data

    def parties(self, side: Side) -> None:
        """The parties of one side to choose from."""
        rows = Party.objects.filter(case=self.case, side=side) if self.case else []
        self.rows = {row.ref: row for row in rows}
        self.offer("party", [(ref, f"{ref} {row.name}") for ref, row in self.rows.items()])


class RespondentForm(Correction):
    """An employer's name, code or address is wrong, or its industry is not on record."""

    about = "party"
    lead = _("An empty box leaves what is recorded.")
    party = forms.ChoiceField(label=_("Employer"))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    credit_code = forms.CharField(
        label=_("Unified social credit code"), max_length=18, required=False
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    industry = forms.ChoiceField(label=_("Industry (GB/T 4754)"), required=False)

    def prepare(self) -> None:
        """The employers of the case, the sections of the classification."""
        self.parties(Side.EMPLOYER)
        self.offer("industry", [("", "—"), *industries.choices()])

    def clean_credit_code(self) -> str:
        """Upper case, with the right check digit."""
        code = str(self.cleaned_data["credit_code"]).strip().upper()
        if code and not credit_code_ok(code):
            raise forms.ValidationError(_("The code does not fit its check digit."))
        return code

    def act(self) -> str:
        """Correct it."""
        data = self.cleaned_data
        self.say_once = commands.respondent(
            self.case,
            self.rows[data["party"]],
            fields=self.changed(),
            reason=data["reason"],
            by=self.by,
            at=self.at,
        )
        return "CORRECTED"


class WorkerForm(Correction):
    """A worker's name, telephone or address is wrong."""

    about = "party"
    lead = _("An empty box leaves what is recorded.")
    party = forms.ChoiceField(label=_("Worker"))
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)

    def prepare(self) -> None:
        """The workers of the case."""
        self.parties(Side.WORKER)

    def act(self) -> str:
        """Correct it."""
        data = self.cleaned_data
        self.say_once = commands.worker(
            self.case,
            self.rows[data["party"]],
            fields=self.changed(),
            reason=data["reason"],
            by=self.by,
            at=self.at,
        )
        return "CORRECTED"


class ClaimLine(Correction):
    """An act on one open claim line."""

    about = "claim"
    claim = forms.ChoiceField(label=_("Claim"))

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While a claim is undecided and the file is not archived."""
        undecided = any(row.outcome == ClaimOutcome.OPEN for row in claims_of(case))
        return case.archived_on is None and undecided

    def prepare(self) -> None:
        """The claims without an outcome."""
        rows = (
            Claim.objects.filter(case=self.case, outcome=ClaimOutcome.OPEN) if self.case else []
        )
        self.lines = {str(row.pk): row for row in rows}
        self.offer("claim", [(key, _words(row)) for key, row in self.lines.items()])


class ClaimForm(ClaimLine):
    """A claim line's words or sum are wrong."""

    lead = _("An empty box leaves what is recorded.")
    item = forms.CharField(label=_("Item"), max_length=60, required=False)
    amount_yuan = forms.DecimalField(
        label=_("Sum (yuan)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    period = forms.CharField(label=_("Period"), max_length=60, required=False)

    def act(self) -> str:
        """Correct it."""
        data = self.cleaned_data
        row = self.lines[data["claim"]]
        commands.claim(
            row, fields=self.changed(), reason=data["reason"], by=self.by, at=self.at
        )
        return "CORRECTED"


class WithdrawClaimForm(ClaimLine):
    """The worker no longer asks for one of the claims."""

    submit = _("Withdraw the claim")
    lead = _("The other claims go on.")
    reason = forms.CharField(label=_("Reason"), max_length=120)

    def clean(self) -> dict[str, Any]:
        """The reason is enough."""
        return forms.Form.clean(self) or {}

    def act(self) -> str:
        """Withdraw it."""
        data = self.cleaned_data
        row = self.lines[data["claim"]]
        commands.withdraw_claim(row, reason=data["reason"], by=self.by, at=self.at)
        return "WITHDRAWN"


def _words(row: Claim) -> str:
    return f"{row.item} {row.amount_yuan}" if row.amount_yuan is not None else row.item
