"""Forms about a paper after it is issued: service, correction, withdrawal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Party

WAYS = (
    ("direct", _("handed over")), ("left", _("left in place")), ("post", _("by post")),
    ("electronic", _("electronically, with consent")), ("through", _("through somebody else")),
    ("public", _("by public notice")),
)  # fmt: skip


class ServeForm(forms.Form):
    """How the paper came to a party, or why it did not."""

    party = forms.ChoiceField(label=_("Receiver"))
    arrived = forms.ChoiceField(
        label=_("Result"), choices=(("yes", _("it arrived")), ("no", _("it did not arrive")))
    )
    way = forms.ChoiceField(label=_("Way"), choices=WAYS)
    on = forms.DateField(
        label=_("Day of receipt, or of the try"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    proof = forms.CharField(
        label=_("Proof in words, or the number of the mail"), max_length=120, required=False
    )
    witness = forms.CharField(label=_("Witness"), max_length=60, required=False)
    file = forms.FileField(
        label=_("Photo, scan or receipt"), required=False,
        help_text=_("PDF, JPEG or PNG, 10 MB at most."),
    )  # fmt: skip
    why = forms.CharField(label=_("Why it did not arrive"), max_length=120, required=False)

    def __init__(self, parties: list[Party], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row.ref, f"{row.ref} {row.name}") for row in parties]
        self.fields["party"] = forms.ChoiceField(label=_("Receiver"), choices=choices)
        self.fields["on"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        """Service is not in the future; a failed try has a reason."""
        typed = self.cleaned_data
        if typed.get("on") and typed["on"] > clock.today():
            self.add_error("on", _("This day has not come yet."))
        if typed.get("arrived") == "no" and not typed.get("why", "").strip():
            self.add_error("why", _("Say why it did not arrive."))
        return typed


class ReasonForm(forms.Form):
    """Why a paper is corrected or withdrawn; printed nowhere, kept with the paper."""

    reason = forms.CharField(label=_("Reason"), max_length=240)
