"""Forms of the house itself: accounts, passwords, the second factor, offices and routes."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.access.roles import Role, label
from casework.models import Agency, District, Office
from mediation.forms.referral_words import MATTERS

OUTSIDE = (Role.WORKER, Role.REPRESENTATIVE, Role.EMPLOYER)  # they have codes, not accounts
LEVELS = (("district", _("district")), ("city", _("city")), ("street", _("street")))


class CodeForm(forms.Form):
    """Six digits, or a recovery code."""

    code = forms.CharField(
        label=_("Six digits, or a recovery code"), max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "inputmode": "text"}),
    )  # fmt: skip


def _secret(label: Any, kind: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
    )  # fmt: skip


class OwnPasswordForm(forms.Form):
    """The old password once, the new one twice."""

    old = _secret(_("Present password"), "current-password")
    new = _secret(_("New password"), "new-password")
    again = _secret(_("New password once more"), "new-password")

    def clean(self) -> dict[str, Any]:
        """Both new ones are alike."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("The two new passwords differ."))
        return data


class PersonForm(forms.Form):
    """A person of the house or of an agency."""

    widths = {
        "display_name": "w4",
        "username": "w4",
        "phone": "w4",
        "office": "w6",
        "district": "w6",
    }

    display_name = forms.CharField(label=_("Name"), max_length=40)
    username = forms.RegexField(
        r"^[a-z][a-z0-9._-]{2,39}$", label=_("User name"),
        help_text=_("Small letters and digits; it never changes."),
        error_messages={"invalid": _("Begin with a small letter; then small letters, digits, dot or dash.")},
    )  # fmt: skip
    phone = forms.CharField(label=_("Office telephone"), max_length=40, required=False)
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Office"), required=False,
        help_text=_("For liaisons: referrals of this office exist for them."),
    )  # fmt: skip
    district = forms.ModelChoiceField(
        District.objects.none(), label=_("District"), required=False,
        help_text=_("Empty: the whole city."),
    )  # fmt: skip

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = cast("forms.MultipleChoiceField", self.fields["roles"])
        roles.choices = [(role.value, _(label(role))) for role in Role if role not in OUTSIDE]
        cast(
            "forms.ModelChoiceField[Office]", self.fields["office"]
        ).queryset = Office.objects.filter(is_open=True).select_related("district", "agency")
        cast(
            "forms.ModelChoiceField[District]", self.fields["district"]
        ).queryset = District.objects.on(clock.today())
        if known:
            del self.fields["username"]

    def clean(self) -> dict[str, Any]:
        """A liaison without an office would see nothing."""
        data: dict[str, Any] = super().clean() or {}
        liaison = any(role.endswith("_liaison") for role in data.get("roles", []))
        if liaison and not data.get("office") and "office" not in self.errors:
            self.add_error("office", _("A liaison works for an office: choose it."))
        return data


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class OfficeForm(forms.Form):
    """An office of an agency."""

    widths = {"window": "w4", "level": "w4", "phone": "w4"}

    name = forms.CharField(label=_("Name"), max_length=80)
    agency = forms.ModelChoiceField(Agency.objects.all(), label=_("Agency"))
    district = forms.ModelChoiceField(
        District.objects.none(), label=_("District"), required=False
    )
    window = forms.CharField(label=_("Window"), max_length=32, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=120, required=False)
    is_open = forms.BooleanField(label=_("Takes referrals"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(
            "forms.ModelChoiceField[District]", self.fields["district"]
        ).queryset = District.objects.on(clock.today())


class RouteForm(forms.Form):
    """Where a matter of a district goes."""

    matter = forms.ChoiceField(label=_("Matter"))
    district = forms.ModelChoiceField(
        District.objects.none(), label=_("District"), required=False,
        help_text=_("Empty: the whole city."),
    )  # fmt: skip
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS)
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"))
    fallback = forms.ModelChoiceField(
        Office.objects.none(), label=_("If that office is closed"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["matter"]).choices = list(MATTERS.items())
        cast(
            "forms.ModelChoiceField[District]", self.fields["district"]
        ).queryset = District.objects.on(clock.today())
        for name in ("office", "fallback"):
            cast(
                "forms.ModelChoiceField[Office]", self.fields[name]
            ).queryset = Office.objects.filter(is_open=True).select_related("agency")
