"""The form of the duty roster."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import District, User

SEATS = (
    "case_manager",
    "dispatcher",
    "shift_lead",
    "mediation_head",
    "labour_protection_inspector",
)


class DutyForm(forms.Form):
    """A day, the first and the second seat."""

    on = forms.DateField(label=_("Day"))
    first = forms.ModelChoiceField(User.objects.none(), label=_("First seat"))
    second = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Second seat"),
        help_text=_("Called when the first does not answer."),
    )

    def __init__(self, *args: Any, district: District | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Q(district=district) if district else Q()
        people = User.objects.filter(here, is_active=True, roles__overlap=list(SEATS))
        for name in ("first", "second"):
            cast("forms.ModelChoiceField[User]", self.fields[name]).queryset = people.order_by(
                "display_name"
            )
