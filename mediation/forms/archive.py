"""Forms of the archive: a hold, its end, a later day, another archive, destroying by two."""

from django import forms
from django.utils.translation import gettext_lazy as _


def _ground() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class HoldForm(forms.Form):
    """Place a hold."""

    widths = {"ground": "w12", "paper": "w12"}
    ground = _ground()
    paper = forms.CharField(
        label=_("Paper that asks for it"), max_length=120, required=False,
        help_text=_("For example the number of a court's letter."),
    )  # fmt: skip


class LiftForm(forms.Form):
    """Lift a hold."""

    widths = {"why": "w12"}
    why = forms.CharField(label=_("Why it falls away"), max_length=200)


class LongerForm(forms.Form):
    """A later last day."""

    widths = {"until": "w6", "ground": "w12"}
    until = forms.DateField(
        label=_("Keep until"), widget=forms.DateInput(attrs={"type": "date"})
    )
    ground = _ground()


class HandForm(forms.Form):
    """To another archive."""

    widths = {"receiver": "w12", "ground": "w12"}
    receiver = forms.CharField(label=_("Archive that takes it"), max_length=80)
    ground = _ground()


class AskForm(forms.Form):
    """Ask to destroy."""

    widths = {"ground": "w12"}
    ground = _ground()


class DecideForm(forms.Form):
    """The second person types the number of the file: nobody destroys by a slip of the hand."""

    widths = {"number": "w12", "words": "w12"}
    number = forms.CharField(
        label=_("Type the number of the file"), max_length=44, required=False
    )
    words = forms.CharField(
        label=_("Remarks; when refused, the reason"), max_length=200, required=False
    )
