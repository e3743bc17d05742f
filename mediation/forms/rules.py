"""The forms of the rules desk: another length, another figure, a calendar, a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.rulebook import CHOICES
from casework.rules.catalogue import Rule
from casework.rules.parameters import Value

MOST_BYTES = 200_000
VARIANT = "variant_"
MARKS = [
    ("S", _("from a public source")),
    ("K", _("law, text to be confirmed")),
    ("U", _("local parameter, varies by place")),
    ("P", _("our own policy, not law")),
]


class DateField(forms.DateField):
    """A day, typed or picked."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WhenAndWhy(forms.Form):
    """From which day on, and why."""

    effective_from = DateField(label=_("In effect from"), help_text=_("A day after today."))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class RuleForm(WhenAndWhy):
    """Another length for a time limit, with a field for each variant of another length."""

    field_order = ["length"]

    def __init__(self, rule: Rule, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.fields["length"] = _length(str(_("Length")), rule.length)
        self.own = {name: n for name, n in rule.variants.items() if n != rule.length}
        for name, length in self.own.items():
            words = str(_("Length: %(variant)s") % {"variant": variant_words(name)})
            self.fields[VARIANT + name] = _length(words, length)
        self.order_fields(["length", *(VARIANT + name for name in self.own)])

    def changes(self) -> dict[str, Any]:
        """What is asked, in the form of the command; a variant that equals the length follows it."""
        found: dict[str, Any] = {"length": self.cleaned_data["length"]}
        if self.rule.variants:
            whole = dict.fromkeys(self.rule.variants, found["length"])
            found["variants"] = whole | {n: self.cleaned_data[VARIANT + n] for n in self.own}
        return found


class FigureForm(WhenAndWhy):
    """Another value of a parameter."""

    value = forms.CharField(label=_("Value"), max_length=40)
    mark = forms.ChoiceField(label=_("How sure it is"), choices=MARKS)
    source = forms.CharField(
        label=_("Source"),
        max_length=120,
        help_text=_("The document which publishes it, with its number."),
    )
    field_order = ["value", "mark", "source", "effective_from", "reason"]

    def __init__(self, last: Value, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"value": last.value, "mark": last.mark})
        super().__init__(*args, **kwargs)
        if last.name in CHOICES:
            choices = [(word, value_words(word)) for word in CHOICES[last.name]]
            self.fields["value"] = forms.ChoiceField(label=_("Value"), choices=choices)
            self.order_fields(self.field_order)


class NoteForm(forms.Form):
    """Why an edit is refused or taken back."""

    note = forms.CharField(label=_("Reason"), max_length=200)


class CalendarForm(forms.Form):
    """A holiday schedule as a file."""

    file = forms.FileField(
        label=_("Schedule file (YAML)"),
        help_text=_("A year with source, holidays and makeup, as the how-to shows."),
    )

    def text(self) -> str:
        """The content of the file. Raises: ValidationError."""
        file: Any = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large for a holiday schedule."))
        try:
            return bytes(file.read()).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This file is not text in UTF-8.")) from None


def value_words(value: str) -> str:
    """A figure as it is shown: a number stays, a choice gets its words."""
    return str(VALUES.get(value, value))


VALUES = {
    "per_month_back": _("each day by itself, counted back from the claim"),
    "from_end": _("from the end of the double-pay period"),
    "from_month_two": _("from the second month"),
}


def variant_words(name: str) -> str:
    """The words of a variant."""
    return str(VARIANTS.get(name, name))


VARIANTS = {
    "ordinary": _("ordinary"),
    "difficult": _("difficult"),
    "very_complex": _("very complex"),
    "collective": _("collective"),
    "emergency": _("emergency"),
}


def _length(label: str, initial: int | None) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=3650, initial=initial)
