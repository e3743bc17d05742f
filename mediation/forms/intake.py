"""Steps of the intake: advice, its rating, the end of a call, an emergency."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import case as file
from casework.commands.hazard import on_duty
from casework.queries import rulebook
from casework.rules import calculators
from mediation.commands import intake as commands
from mediation.engine.steps import StepForm
from mediation.forms.fields import text


class AdviceForm(StepForm):
    """What was answered, and on what it rests."""

    submit = _("Record the answer")
    advice = forms.CharField(label=_("Answer"), widget=forms.Textarea, max_length=4000)
    source = forms.CharField(label=_("Source"), max_length=400)
    calculator = forms.ChoiceField(label=_("Calculator"), required=False)
    inputs = forms.JSONField(label=_("Inputs of the calculator"), required=False)

    def prepare(self) -> None:
        """The calculators by name."""
        self.offer(
            "calculator",
            [
                ("", "-"),
                *((name, name) for name in calculators.names()),
            ],
        )

    def clean_inputs(self) -> dict[str, Any]:
        """An object, also when it came as text."""
        given = self.cleaned_data["inputs"] or {}
        if not isinstance(given, dict):
            raise forms.ValidationError(_("The inputs are an object of names and values."))
        found: dict[str, Any] = json.loads(json.dumps(given, default=str))
        return found

    def clean(self) -> dict[str, Any]:
        """A calculator must be able to use its inputs."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("calculator") and "inputs" in data:
            try:
                calculators.calculate(data["calculator"], data["inputs"], rulebook.basis())
            except ValueError as error:
                self.add_error("inputs", str(error))
        return data

    def act(self) -> str:
        """Advise."""
        data = self.cleaned_data
        commands.give_advice(
            self.case, advice=data["advice"], source=data["source"], calculator=data["calculator"],
            inputs=data["inputs"], by=self.by, at=self.at,
        )  # fmt: skip
        return "ANSWERED"


class EndCallForm(StepForm):
    """End the call: solved, or it became a matter after all."""

    submit = _("End the call")
    decision = forms.ChoiceField(
        label=_("The caller"),
        choices=(
            ("END", _("is satisfied with the answer")),
            ("TRIAGE", _("wants the union to act")),
        ),
        initial="END",
        required=False,
    )

    def act(self) -> str:
        """Close, or go on to triage."""
        if self.cleaned_data["decision"] == "TRIAGE":
            return "TRIAGE"
        commands.end_call(self.case, by=self.by, at=self.at)
        return "END"


class RateForm(StepForm):
    """What the caller says of the answer."""

    submit = _("Record the rating")
    satisfaction = forms.ChoiceField(
        label=_("Satisfaction"),
        choices=(("very_satisfied", _("very satisfied")), ("satisfied", _("satisfied")), ("neutral", _("neutral")), ("not_satisfied", _("not satisfied"))),
    )  # fmt: skip

    def act(self) -> str:
        """Record it."""
        file.rate_call(
            self.case, satisfaction=self.cleaned_data["satisfaction"], by=self.by, at=self.at
        )
        return "RATED"


class EmergencyForm(StepForm):
    """Who was called: people first, papers later."""

    submit = _("Help is on its way")
    told = forms.MultipleChoiceField(
        label=_("Told"), widget=forms.CheckboxSelectMultiple,
        choices=(("duty", _("duty officer")), ("110", "110"), ("119", "119"), ("120", "120"), ("district", _("district union")), ("emergency_management", _("emergency management"))),
    )  # fmt: skip
    words = text(_("What was said"), 400)

    def prepare(self) -> None:
        """Who is on duty today, by name: the first seat, and the second if nobody answers."""
        duty = on_duty(self.case.district, self.on) if self.case else None
        if duty is None:
            return
        seats = {"duty": duty.first.display_name, "second": duty.second.display_name}
        phones = {"duty": duty.first.phone, "second": duty.second.phone}
        words = {"duty": _("first on duty"), "second": _("second on duty")}
        named = [
            (key, f"{words[key]}　{seats[key]}　{phones[key]}".strip())
            for key in ("duty", "second")
        ]
        self.offer("told", [*named, *self.choices_of("told")[1:]])

    def act(self) -> str:
        """Record it."""
        commands.respond(
            self.case,
            told=self.cleaned_data["told"],
            words=self.cleaned_data["words"],
            by=self.by,
            at=self.at,
        )
        return "TOLD"
