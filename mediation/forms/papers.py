"""A form for one paper: what its facts lack is asked, what may be added waits in a second part.

The labels are the Chinese names under which the paper itself knows its facts, in every language.
"""

import dataclasses
import types
import typing
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from documents.facts.base import BLANK
from documents.facts.common import ClaimLine, ClockLine, PartyLine, PlaceLine
from documents.guard import complaints
from mediation.commands.papers import asked

EMPTY_ROWS, LONGEST = 3, 4000
LONG = {
    "situation", "found", "breach", "reason", "hazard", "weakness", "tried", "risk", "refusal",
    "link", "ground", "done", "mediation", "income", "note",
}  # fmt: skip
SIMPLE = (str, date, Decimal, int, bool)
OF_THE_FILE = (
    PartyLine,
    ClaimLine,
    ClockLine,
    PlaceLine,
)  # changed in the file, not on a paper
Fields = list[tuple[str, forms.Field]]


class PaperForm(forms.Form):
    """Asks for exactly what is missing among `facts`; `facts_typed()` is the whole again."""

    def __init__(self, facts: Any, *args: Any, open_all: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts, self.hints = facts, typing.get_type_hints(type(facts))
        self.needed = asked(facts)
        self.asked = [name for name in self.needed if self._can(name)]
        optional = [
            slot.name
            for slot in dataclasses.fields(facts)
            if slot.name not in self.needed and self._can_change(slot)
        ]
        self.sections = [
            (_("The file does not have this yet"), self._add(self.asked, required=True)),
            (_("May be added or changed"), self._add(optional, required=False)),
        ]
        self.open_all = open_all or bool(self.errors)

    def _slot(self, name: str) -> Any:
        return next(slot for slot in dataclasses.fields(self.facts) if slot.name == name)

    def _can(self, name: str) -> bool:
        kind = bare(self.hints[name])
        return kind in SIMPLE or typing.get_origin(kind) is tuple

    def _can_change(self, slot: Any) -> bool:
        kind = bare(self.hints[slot.name])
        inner = typing.get_args(kind)[:1]
        return kind in SIMPLE or (bool(inner) and inner[0] not in OF_THE_FILE)

    def _add(self, names: Iterable[str], *, required: bool) -> list[str]:
        made = []
        for name in names:
            slot, value = self._slot(name), getattr(self.facts, name)
            label, hint = slot.metadata["label"], self.hints[name]
            for key, field in _fields(name, label, hint, value, required=required):
                self.fields[key] = field
                made.append(key)
        return made

    def clean(self) -> dict[str, Any]:
        """Characters that cannot be printed are named at their field."""
        for name, value in list(self.cleaned_data.items()):
            said = complaints(value) if isinstance(value, str) else []
            if said:
                self.add_error(name, "；".join(said))
        return self.cleaned_data

    def facts_typed(self) -> Any:
        """The facts with what was typed; what was not sent stays as the file has it."""
        names = {key.split("-")[0] for key in self.fields if key in self.data}
        return dataclasses.replace(self.facts, **{name: self._read(name) for name in names})

    def _read(self, name: str) -> Any:
        kind = bare(self.hints[name])
        if typing.get_origin(kind) is not tuple:
            return _typed(kind, self.cleaned_data.get(name))
        inner = typing.get_args(kind)[0]
        if inner is str:
            return tuple(
                line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()
            )
        return tuple(self._rows(name, inner))

    def _rows(self, name: str, inner: type[Any]) -> Iterable[Any]:
        hints = typing.get_type_hints(inner)
        for number in range(len(getattr(self.facts, name)) + EMPTY_ROWS):
            row = {
                slot.name: _typed(
                    bare(hints[slot.name]),
                    self.cleaned_data.get(f"{name}-{number}-{slot.name}"),
                )
                for slot in dataclasses.fields(inner)
            }
            if any(value not in (*BLANK, False) for value in row.values()):
                yield inner(**row)


def bare(hint: Any) -> Any:
    """The type without its "or nothing"."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return next(arm for arm in typing.get_args(hint) if arm is not type(None))
    return hint


def _typed(kind: Any, value: Any) -> Any:
    if kind is str:
        return value or ""
    return {"yes": True, "no": False, "": None}.get(value, value) if kind is bool else value


def _fields(name: str, label: str, hint: Any, value: Any, *, required: bool) -> Fields:
    kind = bare(hint)
    if typing.get_origin(kind) is not tuple:
        return [(name, _one(name, label, hint, value, required=required))]
    inner = typing.get_args(kind)[0]
    if inner is str:
        area = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
        return [(name, forms.CharField(
            label=label, required=required, initial="\n".join(value), widget=area,
            max_length=LONGEST, help_text=_("One a line."),
        ))]  # fmt: skip
    return _row_fields(name, label, inner, value, required=required)


def _row_fields(
    name: str, label: str, inner: type[Any], value: tuple[Any, ...], *, required: bool
) -> Fields:
    """Rows that are there and three empty ones; an emptied row is left out of the paper."""
    hints, made = typing.get_type_hints(inner), []
    for number in range(len(value) + EMPTY_ROWS):
        row = value[number] if number < len(value) else None
        for slot in dataclasses.fields(inner):
            words = f"{label}{number + 1}：{slot.metadata['label']}"
            must = bool(slot.metadata.get("must")) and required and number == 0
            old = getattr(row, slot.name) if row else None
            field = _one(slot.name, words, hints[slot.name], old, required=must)
            made.append((f"{name}-{number}-{slot.name}", field))
    return made


def _one(name: str, label: str, hint: Any, value: Any, *, required: bool) -> forms.Field:
    kind, initial = bare(hint), None if value in BLANK else value
    given: dict[str, Any] = {"label": label, "required": required, "initial": initial}
    if kind is date:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(**given, widget=widget)
    if kind is Decimal:
        return forms.DecimalField(
            **given, max_digits=14, decimal_places=2, min_value=Decimal(0)
        )
    if kind is int:
        return forms.IntegerField(**given, min_value=0, max_value=1_000_000)
    if kind is bool:
        return _flag(given, may_be_open=kind is not hint)
    long = name in LONG
    widget_of = forms.Textarea if long else forms.TextInput
    attrs = {"rows": 5} if long else {}
    return forms.CharField(
        **given, max_length=LONGEST if long else 200, widget=widget_of(attrs={**attrs, "autocomplete": "off"})
    )  # fmt: skip


def _flag(given: dict[str, Any], *, may_be_open: bool) -> forms.Field:
    words = {True: "yes", False: "no"}
    blank = [("", "—")] if may_be_open or given["required"] else []
    choices = [*blank, ("yes", _("yes")), ("no", _("no"))]
    return forms.ChoiceField(
        **{
            **given,
            "initial": words.get(given["initial"], "" if blank else "no"),
            "choices": choices,
        }
    )
