"""Progress or a result: what whoever works on a matter tells whoever handed it over, both ways."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mediation.engine.steps import StepForm
from mediation.forms.fields import text


class ReportForm(StepForm):
    """How it goes, or what came of it. A subclass says to whom it goes."""

    what = forms.ChoiceField(
        label=_("What"),
        choices=(("PROGRESS", _("progress")), ("RESULT", _("result"))),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In plain words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    result = text(_("Result"), 32)
    on_day = forms.DateField(label=_("Day"), required=False)

    def clean(self) -> dict[str, Any]:
        """A result has a code; a day is not in the future."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("what") == "RESULT" and not data.get("result"):
            self.add_error("result", _("This field is required."))
        if data.get("on_day") and data["on_day"] > self.on:
            self.add_error("on_day", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Report."""
        data = self.cleaned_data
        told: dict[str, Any] = {
            "words": data["words"], "on": data["on_day"] or self.on, "by": self.by, "at": self.at,
        }  # fmt: skip
        if data["what"] == "PROGRESS":
            self.progressed(told)
        else:
            self.ended(data["result"], told)
        return str(data["what"])

    def progressed(self, told: dict[str, Any]) -> None:
        """It goes on: words, on, by, at."""
        raise NotImplementedError

    def ended(self, code: str, told: dict[str, Any]) -> None:
        """It has a result, by its code: words, on, by, at."""
        raise NotImplementedError
