"""Calling and closing a meeting of the liaisons."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Office
from mediation.engine.steps import Rows

WHY: dict[str, Any] = {
    "LATE": _("answer is late"), "LAPSED": _("lapsed"), "DECLINED": _("declined, not decided about"),
    "MEETING": _("passed on twice"),
}  # fmt: skip


class CallForm(forms.Form):
    """When, where, who, and what about."""

    on_day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    at_time = forms.TimeField(label=_("Time"), initial="14:30")
    place = forms.CharField(label=_("Place"), max_length=80)
    offices = forms.MultipleChoiceField(label=_("Offices"), widget=forms.CheckboxSelectMultiple)
    agenda = forms.CharField(
        label=_("Agenda, one a line"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Letter numbers, no names: every office that is invited reads it."),
    )  # fmt: skip

    def __init__(self, offices: list[Office], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in offices}
        self.fields["offices"] = forms.MultipleChoiceField(
            label=_("Offices"), widget=forms.CheckboxSelectMultiple,
            choices=[(key, row.name) for key, row in self.rows.items()],
        )  # fmt: skip

    def starts_at(self) -> datetime:
        """The instant, by the clock of Shanghai."""
        time = self.cleaned_data["at_time"]
        return clock.instant(self.cleaned_data["on_day"], time.hour, time.minute)

    def chosen(self) -> list[Office]:
        """The offices that are invited."""
        return [self.rows[key] for key in self.cleaned_data["offices"]]


class MinutesForm(forms.Form):
    """What was said, and who does what until when."""

    minutes = forms.CharField(
        label=_("Minutes"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )
    duties = Rows(
        {
            "who": forms.CharField(label=_("Who"), max_length=80),
            "what": forms.CharField(label=_("What"), max_length=200),
            "until": forms.DateField(label=_("Until")),
        },
        label=_("Tasks"), required=False,
    )  # fmt: skip

    def tasks(self) -> list[dict[str, str]]:
        """The tasks as they are kept."""
        return [
            {**each, "until": each["until"].isoformat()} for each in self.cleaned_data["duties"]
        ]
