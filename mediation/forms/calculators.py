"""A form for each calculator, made from the table of its inputs; nothing typed is stored."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.rules.calculators import definitions
from casework.rules.data import read
from casework.rules.limitation import CLAIMS, KINDS
from mediation.forms.calculator_words import CLAIM_WORDS, KIND_WORDS, LABELS

EVENT_ROWS, OFFER_ROWS = 5, 6
OFFER_PARTS = ("item", "claimed", "floor", "offered")
YES_NO: list[tuple[str, Any]] = [("", "—"), ("yes", _("yes")), ("no", _("no"))]
# Inputs that the house knows, from the figures in force: empty means "take the known one".
KNOWN = {
    "cap_3x_avg_wage": "avg_wage_cap_3x",
    "province_year_wage": "avg_wage_year",
    "regional_avg_month_wage": "avg_wage_month",
    "min_wage_month": "min_wage",
}


def districts() -> list[tuple[str, Any]]:
    """The districts with a known tier of the minimum wage."""
    content = read("districts.yaml")
    return [(name, name) for tier in ("tier_1", "tier_2") for name in content[tier]]


class CalculatorForm(forms.Form):
    """The inputs of one calculator as fields; `inputs()` gives them back for the pure rules."""

    def __init__(self, name: str, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        self.kinds = {
            key.rstrip("?"): (kind, not key.endswith("?"))
            for key, kind in definitions()[name]["inputs"].items()
        }
        for key, (kind, required) in self.kinds.items():
            for field_name, field in _fields(key, kind, required=required, today=today):
                self.fields[field_name] = field
        if set(self.kinds) & set(KNOWN):
            self.fields["figures_on"] = _day(_("Figures of the day"), initial=today)
            self.fields["figures_district"] = forms.ChoiceField(
                label=_("District (for the minimum wage)"), choices=districts(), required=False
            )
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def inputs(self) -> dict[str, Any]:
        """What was typed, in the form that `calculate` reads; empty optional ones left out."""
        found: dict[str, Any] = {}
        for key, (kind, _required) in self.kinds.items():
            value = self._value(key, kind)
            if value is not None:
                found[key] = value
        return found

    def _value(self, key: str, kind: str) -> Any:
        typed = self.cleaned_data
        if kind == "events":
            rows = [
                (typed[f"{key}_{n}_date"], typed[f"{key}_{n}_kind"]) for n in range(EVENT_ROWS)
            ]
            return [{"date": on.isoformat(), "kind": what} for on, what in rows if on and what]
        if kind == "offers":
            return [row for n in range(OFFER_ROWS) if (row := self._offer(key, n))]
        value = typed.get(key)
        if value in (None, ""):
            return None
        if kind == "sums":
            return [part for part in value.replace("，", " ").replace(",", " ").split() if part]
        if kind == "flag":
            return value == "yes"
        return value.isoformat() if isinstance(value, date) else _plain(value)

    def _offer(self, key: str, number: int) -> dict[str, str] | None:
        row = {part: self.cleaned_data[f"{key}_{number}_{part}"] for part in OFFER_PARTS}
        if not row["item"]:
            return None
        return {
            "item": row["item"],
            **{
                part: str(row[part] if row[part] is not None else 0) for part in OFFER_PARTS[1:]
            },
        }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _fields(
    key: str, kind: str, *, required: bool, today: date
) -> list[tuple[str, forms.Field]]:
    label = LABELS.get(key, key)
    if kind == "events":
        return _event_rows(key)
    if kind == "offers":
        return _offer_rows(key)
    needed = required and key not in KNOWN
    initial = today if key in ("as_of", "on") else None
    return [(key, _field(label, kind, required=needed, initial=initial, known=key in KNOWN))]


def _field(
    label: Any, kind: str, *, required: bool, initial: date | None, known: bool
) -> forms.Field:
    if kind == "date":
        return _day(label, required=required, initial=initial)
    if kind in ("flag", "text", "claim"):
        return forms.ChoiceField(label=label, choices=_choices(kind), required=required)
    if kind == "sums":
        return forms.CharField(
            label=label,
            required=required,
            max_length=400,
            help_text=_("One sum a line or with spaces, in yuan."),
        )
    if kind == "count":
        return forms.IntegerField(label=label, required=required, min_value=0, max_value=1200)
    hint = _("Empty: the figure known for the day and district below.") if known else ""
    return _sum(label, required=required, help_text=hint)


def _choices(kind: str) -> list[tuple[str, Any]]:
    if kind == "flag":
        return YES_NO
    if kind == "text":
        return districts()
    return [(name, CLAIM_WORDS.get(name, name)) for name in CLAIMS]


def _sum(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=required, min_value=Decimal(0), max_digits=13, decimal_places=2,
        help_text=help_text, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip


def _day(label: Any, *, required: bool = True, initial: date | None = None) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, initial=initial, widget=widget)


def _event_rows(key: str) -> list[tuple[str, forms.Field]]:
    choices = [("", "—"), *((kind, KIND_WORDS[kind]) for kind in KINDS)]
    rows: list[tuple[str, forms.Field]] = []
    for n in range(EVENT_ROWS):
        day = _day(_("Event %(n)s: day") % {"n": n + 1}, required=False)
        what = forms.ChoiceField(
            label=_("Event %(n)s: what happened") % {"n": n + 1},
            choices=choices,
            required=False,
        )
        rows += [(f"{key}_{n}_date", day), (f"{key}_{n}_kind", what)]
    return rows


def _offer_rows(key: str) -> list[tuple[str, forms.Field]]:
    rows: list[tuple[str, forms.Field]] = []
    for n in range(OFFER_ROWS):
        words = {part: f"{n + 1} {LABELS[part]}" for part in OFFER_PARTS}
        rows.append(
            (
                f"{key}_{n}_item",
                forms.CharField(label=words["item"], max_length=40, required=n == 0),
            )
        )
        rows += [(f"{key}_{n}_{part}", _sum(words[part])) for part in OFFER_PARTS[1:]]
    return rows
