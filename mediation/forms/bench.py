"""The forms of the bench: absence, tie, knowledge, room, and many cases handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Tie
from casework.rules.checks import credit_code_ok
from mediation.forms.fields import day_box, text


def _words(typed: str) -> list[str]:
    """Words apart by comma, mark or space."""
    return list(
        dict.fromkeys(typed.replace("，", " ").replace("、", " ").replace(",", " ").split())
    )


class AbsenceForm(forms.Form):
    """Somebody is away from a day to a day, both included."""

    since = forms.DateField(label=_("From"), widget=day_box())
    until = forms.DateField(label=_("Until (included)"), widget=day_box())
    why = text(_("Reason"), 60)


class TieForm(forms.Form):
    """A tie to a firm or a person outside."""

    tie = forms.ChoiceField(label=_("Tie"), choices=Tie.choices)
    name = forms.CharField(label=_("Name of the firm or person"), max_length=100)
    credit_code = text(_("Credit code"), 18)
    note = text(_("Note"), 120)

    def clean_credit_code(self) -> str:
        """With the right check digit where there is one."""
        code = str(self.cleaned_data["credit_code"]).strip().upper()
        if code and not credit_code_ok(code):
            raise forms.ValidationError(_("The code does not fit its check digit."))
        return code


class KnowForm(forms.Form):
    """Causes that somebody knows well, and what they speak."""

    skills = text(_("Knows well (A02, E01 ...)"), 120)
    languages = text(_("Speaks"), 120)

    def clean_skills(self) -> list[str]:
        """Groups of causes, in capitals."""
        return [word.upper() for word in _words(self.cleaned_data["skills"])]

    def clean_languages(self) -> list[str]:
        """One by one."""
        return _words(self.cleaned_data["languages"])


class RoomForm(forms.Form):
    """A room for sessions."""

    name = forms.CharField(label=_("Room"), max_length=60)
    seats = forms.IntegerField(label=_("Seats"), min_value=2, max_value=500, initial=8)


class ManyForm(forms.Form):
    """Cases of somebody who leaves, ticked, with the reason; each goes to the person chosen beside it."""

    reason = forms.CharField(label=_("Reason"), max_length=120)
    cases = forms.MultipleChoiceField(label=_("Cases"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, cases: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field: Any = self.fields["cases"]
        field.choices = cases
