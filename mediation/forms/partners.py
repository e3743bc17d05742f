"""Forms of the directory of unions elsewhere."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import District, Partner


class PartnerForm(forms.Form):
    """A union in another province."""

    name = forms.CharField(label=_("Name of the union"), max_length=80)
    province = forms.CharField(label=_("Province"), max_length=24)
    contact = forms.CharField(label=_("Contact"), max_length=40, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=120, required=False)
    agreed_on = forms.DateField(label=_("Agreement of"), required=False)
    is_open = forms.BooleanField(label=_("Takes letters"), required=False, initial=True)


class PairForm(forms.Form):
    """A district of ours and one of theirs."""

    district = forms.ModelChoiceField(District.objects.none(), label=_("Our district"))
    partner = forms.ModelChoiceField(Partner.objects.none(), label=_("Partner union"))
    place = forms.CharField(label=_("Their district"), max_length=40)
    since = forms.DateField(label=_("Since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        cast("Any", self.fields["district"]).queryset = District.objects.on(today)
        cast("Any", self.fields["partner"]).queryset = Partner.objects.select_related("office")
        self.fields["since"].initial = today
