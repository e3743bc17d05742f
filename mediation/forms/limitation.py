"""The forms of the limitation page: try a date without storing, record a fact, void one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import FactKind, Party


class TryForm(forms.Form):
    """What the file does not say yet; used for this look only."""

    ended_on = forms.DateField(
        label=_("Employment ended on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    knew_on = forms.DateField(
        label=_("Knew or should have known on"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    still_employed = forms.BooleanField(label=_("Employment still runs"), required=False)


class FactForm(forms.Form):
    """One fact with its evidence."""

    kind = forms.ChoiceField(label=_("What"), choices=FactKind.choices)
    on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    party = forms.ChoiceField(label=_("For whom"), required=False)
    cause = forms.CharField(label=_("What happened"), max_length=120, required=False)
    evidence = forms.CharField(
        label=_("Evidence"), max_length=120, required=False,
        help_text=_("What proves it and where it lies: message of which day, receipt, file number. Needed for everything that interrupts or suspends."),
    )  # fmt: skip
    widths = {"cause": "long", "evidence": "long"}

    def __init__(self, workers: list[Party], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {worker.ref: worker for worker in workers}
        names = [(ref, f"{ref} {worker.name}") for ref, worker in self.workers.items()]
        self.fields["party"] = forms.ChoiceField(
            label=_("For whom"),
            required=False,
            choices=[("", _("every worker of the case")), *names],
        )
        self.order_fields(["kind", "on", "party", "cause", "evidence"])

    def fact(self) -> dict[str, Any]:
        """What is asked, in the form of the command."""
        data = dict(self.cleaned_data)
        return {**data, "party": self.workers.get(data["party"])}


class VoidForm(forms.Form):
    """Why a fact is void."""

    reason = forms.CharField(label=_("Why it is void"), max_length=120)
