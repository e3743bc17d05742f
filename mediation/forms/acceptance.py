"""Steps of the acceptance: the application, the decision, the materials, the second person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Party, Side
from mediation.commands import acceptance as commands
from mediation.engine.steps import StepForm
from mediation.forms.intake import text


class ReceiveForm(StepForm):
    """The application for mediation, written or taken down; who represents, who agrees."""

    submit = _("Receive the application")
    received_on = forms.DateField(label=_("Received on"), required=False)
    oral = forms.BooleanField(label=_("Spoken, taken down and read back"), required=False)
    representatives = forms.MultipleChoiceField(
        label=_("Elected representatives"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agreeing = forms.MultipleChoiceField(
        label=_("Employers that agree to mediation"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        """The workers and the employers of the case."""
        rows = (
            list(Party.objects.filter(case=self.case).select_related("person", "employer"))
            if self.case
            else []
        )
        self.offer(
            "representatives",
            [(row.ref, f"{row.ref} {row.name}") for row in rows if row.side == Side.WORKER],
        )
        self.offer(
            "agreeing",
            [(row.ref, f"{row.ref} {row.name}") for row in rows if row.side == Side.EMPLOYER],
        )

    def clean(self) -> dict[str, Any]:
        """Not in the future; three to five representatives where there are any (practice)."""
        data: dict[str, Any] = super().clean() or {}
        data["received_on"] = data.get("received_on") or self.on
        if data["received_on"] > self.on:
            self.add_error("received_on", _("This day has not come yet."))
        if len(data.get("representatives", [])) > 5:  # noqa: PLR2004
            self.add_error("representatives", _("Three to five representatives are usual."))
        return data

    def act(self) -> str:
        """Receive."""
        data = self.cleaned_data
        commands.receive(
            self.case, received_on=data["received_on"], oral=data["oral"],
            representatives=data["representatives"], agreeing=data["agreeing"], by=self.by, at=self.at,
        )  # fmt: skip
        return "RECEIVED"


class DecideForm(StepForm):
    """Accept, ask once for what is missing, or propose to refuse."""

    submit = _("Decide")
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(
            ("ACCEPT", _("accept")),
            ("ASK", _("ask for materials")),
            ("REFUSE", _("refuse")),
        ),
    )
    missing = text(_("What is missing, one a line"), 1000, widget=forms.Textarea)
    reason = text(_("Reason of a refusal"), 400)

    def clean(self) -> dict[str, Any]:
        """Asking names what is missing; a refusal gives its reason."""
        data: dict[str, Any] = super().clean() or {}
        needed = {"ASK": "missing", "REFUSE": "reason"}.get(data.get("decision", ""))
        if needed and not data.get(needed):
            self.add_error(needed, _("This field is required."))
        return data

    def act(self) -> str:
        """Do what was decided."""
        decision: str = self.cleaned_data["decision"]
        if decision == "ACCEPT":
            commands.accept(self.case, by=self.by, at=self.at)
        elif decision == "ASK":
            rows = [
                line.strip()
                for line in self.cleaned_data["missing"].splitlines()
                if line.strip()
            ]
            commands.ask(self.case, missing=rows, by=self.by, at=self.at)
        else:
            commands.propose_refusal(
                self.case, reason=self.cleaned_data["reason"], by=self.by, at=self.at
            )
        return decision


class SupplyForm(StepForm):
    """What was missing has come."""

    submit = _("Materials are complete")
    words = forms.CharField(label=_("What came"), max_length=400)

    def act(self) -> str:
        """Record it."""
        commands.supply(self.case, words=self.cleaned_data["words"], by=self.by, at=self.at)
        return "SUPPLIED"


class ApproveRefusalForm(StepForm):
    """A second person on a refusal."""

    submit = _("Answer")
    decision = forms.ChoiceField(
        label=_("Refuse?"), choices=(("REFUSE", _("refuse")), ("BACK", _("look again")))
    )

    def act(self) -> str:
        """Refuse, or give back."""
        if self.cleaned_data["decision"] == "REFUSE":
            commands.refuse(self.case, by=self.by, at=self.at)
        return str(self.cleaned_data["decision"])
