"""Forms of the person's own keys: nothing is changed without the password, so that an unwatched desk keeps its lock."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OwnForm(forms.Form):
    """The present password before a key is made or removed, or recovery codes are renewed."""

    password = forms.CharField(
        label=_("Present password"), max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class NewKeyForm(OwnForm):
    """A name by which the person knows the key again."""

    name = forms.CharField(
        label=_("Name of the key"), max_length=40, help_text=_("For example: my telephone.")
    )
    field_order = ["name", "password"]
