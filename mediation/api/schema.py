"""A step's form as JSON Schema: the form stays the single validator."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from mediation.engine.steps import Rows, StepForm

_TYPES: list[tuple[type[forms.Field], dict[str, Any]]] = [
    (forms.DateTimeField, {"type": "string", "format": "date-time"}),
    (forms.DateField, {"type": "string", "format": "date"}),
    (forms.TimeField, {"type": "string", "format": "time"}),
    (forms.DecimalField, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}),
    (forms.IntegerField, {"type": "integer"}),
    (forms.NullBooleanField, {"type": ["boolean", "null"]}),
    (forms.BooleanField, {"type": "boolean"}),
]


def schema_of(form: StepForm) -> dict[str, Any]:
    """JSON Schema of a form's fields, with labels as titles and choices as enumerations."""
    return _object(form.fields)


def _object(fields: dict[str, forms.Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _field(field) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }


def _field(field: forms.Field) -> dict[str, Any]:
    found: dict[str, Any] = {"title": str(field.label or "")}
    if field.help_text:
        found["description"] = str(field.help_text)
    if isinstance(field, Rows):
        return {**found, "type": "array", "items": _object(field.columns)}
    if isinstance(field, forms.MultipleChoiceField):
        return {**found, "type": "array", "items": _choices(field)}
    if isinstance(field, forms.ChoiceField):
        return {**found, **_choices(field)}
    for kind, words in _TYPES:
        if isinstance(field, kind):
            return {**found, **words}
    if isinstance(field, forms.CharField) and field.max_length:
        found["maxLength"] = field.max_length
    return {**found, "type": "string"}


def _choices(field: forms.ChoiceField) -> dict[str, Any]:
    flat: list[tuple[Any, Any]] = []
    for value, label in cast("Iterable[tuple[Any, Any]]", field.choices):
        flat += label if isinstance(label, (list, tuple)) else [(value, label)]
    return {
        "type": "string",
        "enum": [str(value) for value, _label in flat if value not in (None, "")],
    }
