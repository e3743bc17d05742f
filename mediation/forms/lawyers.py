"""Forms of the list of lawyers and their firms."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import LawFirm


class FirmForm(forms.Form):
    """A law firm."""

    name = forms.CharField(label=_("Firm"), max_length=80)
    licence = forms.CharField(label=_("Licence number"), max_length=40, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)


class LawyerForm(forms.Form):
    """A lawyer. The account is never shown again: left empty it stays as it is."""

    name = forms.CharField(label=_("Name"), max_length=40)
    firm = forms.ModelChoiceField(LawFirm.objects.none(), label=_("Firm"))
    licence = forms.CharField(label=_("Licence number"), max_length=40)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    holder = forms.CharField(label=_("Account holder"), max_length=80)
    bank = forms.CharField(label=_("Bank"), max_length=80)
    account = forms.RegexField(
        r"^[0-9 ]{8,30}$", label=_("Account"), required=False,
        help_text=_("Kept encrypted and never shown here again. Left empty it stays as it is."),
        error_messages={"invalid": _("Eight to thirty digits.")},
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("Takes cases"), required=False, initial=True)

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(
            "forms.ModelChoiceField[LawFirm]", self.fields["firm"]
        ).queryset = LawFirm.objects.all()
        self.fields["account"].required = not known
