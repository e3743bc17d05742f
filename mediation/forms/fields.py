"""Choices and fields that the steps of the intake share."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import District
from casework.rules.checks import phone_normal

CLASSES = (
    ("ADVICE", _("advice")), ("DISPUTE", _("dispute")), ("RIGHTS_COMPLAINT", _("complaint about a breach")),
    ("EMERGENCY", _("emergency")), ("HARDSHIP", _("hardship")), ("UNION_SERVICE", _("union service")),
    ("SUGGESTION", _("suggestion")), ("OUT_OF_SCOPE", _("out of scope")),
)  # fmt: skip
CHANNELS = (
    ("phone", _("telephone")),
    ("visit", _("visit")),
    ("web", _("web")),
    ("letter", _("letter")),
    ("transfer", _("transfer")),
)
WORKERS = (
    ("", "-"), ("ordinary", _("ordinary")), ("migrant", _("migrant worker")), ("dispatched", _("dispatched worker")),
    ("nef", _("new employment form")), ("over_age", _("over retirement age")), ("minor", _("minor")),
    ("disabled", _("disabled")), ("pregnant", _("pregnant or nursing")),
)  # fmt: skip
SEXES = (("", "-"), ("male", _("male")), ("female", _("female")))
YES_NO = (("", "-"), ("yes", _("yes")), ("no", _("no")), ("unknown", _("not known")))
CONTRACTS = (
    ("", "-"),
    ("none", _("no written contract")),
    ("written", _("written contract")),
    ("fixed", _("fixed term")),
    ("open", _("open ended")),
)
WISHES = (
    ("", "-"),
    ("advice", _("advice")),
    ("mediation", _("mediation")),
    ("complaint", _("complaint")),
    ("both", _("mediation and complaint")),
    ("help", _("help")),
)
COLLECTIVE = 10


def money(**kwargs: Any) -> forms.DecimalField:
    """A sum in yuan with two decimals."""
    return forms.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, **kwargs
    )


def text(label: Any, length: int = 120, **kwargs: Any) -> forms.CharField:
    """A short text that may stay empty."""
    return forms.CharField(label=label, max_length=length, required=False, **kwargs)


class PhoneField(forms.CharField):
    """A telephone number, mobile or land line; empty stays empty."""

    def clean(self, value: Any) -> str:
        """The number in one form. Raises: ValidationError with the way out."""
        typed = str(super().clean(value) or "")
        if not typed:
            return ""
        found = phone_normal(typed)
        if not found:
            raise forms.ValidationError(
                _("This telephone number is not complete. A mobile number has 11 digits.")
            )
        return found


def districts() -> list[tuple[str, str]]:
    """The districts of today, by name."""
    return [(row.name, row.name) for row in District.objects.on(clock.today())]


def day_box() -> forms.DateInput:
    """The browser's own calendar; text where it has none."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TypedChoice(forms.TextInput):
    """A choice that is typed: the browser offers what fits, no mouse and no arrow keys are needed."""

    template_name = "components/typed_choice.html"
    choices: Iterable[tuple[Any, Any]] = ()

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        """The list of what can be chosen, by name."""
        context = super().get_context(name, value, attrs)
        context["list_id"] = f"list-{name}"
        context["offered"] = [str(key) for key, _label in self.choices if key]
        return context


class OneOf(forms.ChoiceField):
    """A choice by its name or by the beginning of it, when only one name begins so."""

    widget = TypedChoice

    def to_python(self, value: Any) -> str:
        """The whole name."""
        typed = super().to_python(value).strip()
        choices = cast("Iterable[tuple[Any, Any]]", self.choices)
        names = [str(key) for key, _label in choices if key]
        fitting = [name for name in names if typed and name.startswith(typed)]
        return fitting[0] if typed not in names and len(fitting) == 1 else typed
