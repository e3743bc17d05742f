"""Steps of aftercare: what a commission, a court or an office did."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.proceeding import KINDS, STEPS
from casework.models import Case, Proceeding
from mediation.commands import aftercare as commands
from mediation.commands import followup
from mediation.engine.steps import StepForm
from mediation.forms.followup import KIND_WORDS, STEP_WORDS
from mediation.forms.listed import table


class FollowForm(StepForm):
    """A step before a commission or court, told by the worker or seen on a paper."""

    template = "steps/listed.html"
    submit = _("Record it")
    kind = forms.ChoiceField(
        label=_("Proceeding"), choices=[(code, KIND_WORDS[code]) for code in KINDS]
    )
    step = forms.ChoiceField(
        label=_("Step"), choices=[(code, STEP_WORDS[code]) for code in STEPS]
    )
    on_day = forms.DateField(label=_("Day"), required=False)
    body = forms.CharField(label=_("Body"), max_length=80, required=False)
    number = forms.CharField(label=_("Its number"), max_length=60, required=False)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Once mediation was decided on; also after the closing."""
        return bool(case.accepted_on or case.refused_on) and case.archived_on is None

    def context(self) -> dict[str, Any]:
        """What is known of each proceeding."""
        return {"tables": [proceedings(self.case)]}

    def clean_on_day(self) -> Any:
        """Not in the future."""
        day = self.cleaned_data["on_day"] or self.on
        if day > self.on:
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def act(self) -> str:
        """Record it."""
        data = self.cleaned_data
        followup.follow(
            self.case, kind=data["kind"], step=data["step"], on=data["on_day"],
            body=data["body"], number=data["number"], by=self.by, at=self.at,
        )  # fmt: skip
        return "FOLLOWED"


class AskForm(StepForm):
    """How does it stand there? Ask again in thirty days, or end the aftercare."""

    template = "steps/listed.html"
    submit = _("Record it")
    decision = forms.ChoiceField(
        label=_("There it is"), choices=(("MORE", _("still going on")), ("OVER", _("over")))
    )
    words = forms.CharField(label=_("What was told"), max_length=400, widget=forms.Textarea)

    def context(self) -> dict[str, Any]:
        """What is known of each proceeding."""
        return {"tables": [proceedings(self.case)]}

    def act(self) -> str:
        """Record the answer."""
        data = self.cleaned_data
        commands.asked(self.case, words=data["words"], by=self.by, at=self.at)
        return str(data["decision"])


def proceedings(case: Case) -> dict[str, Any]:
    """The steps elsewhere that the file knows."""
    rows = [
        (row.on, KIND_WORDS.get(row.kind, row.kind), STEP_WORDS.get(row.step, row.step),
         row.body, row.number)
        for row in Proceeding.objects.filter(case=case)
    ]  # fmt: skip
    heads = (_("Day"), _("Proceeding"), _("Step"), _("Body"), _("Its number"))
    return table(_("So far elsewhere"), heads, rows, empty=_("Nothing is known yet."))
