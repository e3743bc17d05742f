"""Calculators as pages show them: filled with known figures, explained step by step."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.queries import rulebook
from casework.rules.calculators import calculate, definitions
from casework.rules.parameters import Value, minimum_wage
from mediation.desks.clock_rows import chinese
from mediation.desks.rules_desk import figure_name
from mediation.desks.words import mark_words
from mediation.forms.calculator_words import LABELS, STATUS_WORDS
from mediation.forms.calculators import KNOWN, CalculatorForm
from mediation.forms.rules import value_words

SPOKEN = frozenset({"colour", "steps", "steps_en", "article", "rule_version", "parameters"})
Result = dict[str, Any]


def listed(case_id: int | None = None) -> list[dict[str, str]]:
    """All calculators with their law and address."""
    return [
        {"title": title(name), "article": entry["article"], "url": address(name, case_id)}
        for name, entry in definitions().items()
    ]


def address(name: str, case_id: int | None) -> str:
    """The page of a calculator, for a case or for everybody."""
    if case_id is None:
        return reverse("calculator", args=[name])
    return reverse("case-calculator", args=[case_id, name])


def title(name: str) -> str:
    """What a calculator is called."""
    return str(definitions()[name]["title"]["zh" if chinese() else "en"])


def work_out(form: CalculatorForm) -> Result:
    """The result with every figure it rests on. Raises: RuleError."""
    inputs, used = form.inputs(), {}
    for key, parameter in KNOWN.items():
        if key in form.kinds and key not in inputs:
            value = _known(parameter, form.cleaned_data)
            inputs[key], used[key] = value.value, value
    result = calculate(form.name, inputs, rulebook.basis())
    result["parameters"] |= {
        value.name: {"value": value.value, "version": value.version, "mark": value.mark}
        for value in used.values()
    }
    return {"name": form.name, "inputs": inputs, "result": result}


def _known(parameter: str, typed: Mapping[str, Any]) -> Value:
    on: date = typed["figures_on"]
    known = rulebook.parameters()
    if parameter == "min_wage":
        return minimum_wage(typed["figures_district"], on, known)
    return known.on(parameter, on)


def shown(worked: Result) -> dict[str, Any]:
    """A result in words: values, table, steps, law, figures."""
    result = worked["result"]
    values = {
        key: value for key, value in result.items() if key not in SPOKEN and value is not None
    }
    table = values.pop("items", []) if worked["name"] == "settlement_view" else []
    total = values.pop("total") if table else None
    return {
        "title": title(worked["name"]),
        "values": [(str(LABELS.get(key, key)), _words(value)) for key, value in values.items()],
        "table": [*table, *([{"item": _("Total"), **total}] if total else [])],
        "steps": result["steps" if chinese() else "steps_en"],
        "article": result["article"],
        "version": result["rule_version"].partition("@")[2],
        "figures": [
            {
                "name": figure_name(name),
                "value": value_words(row["value"]),
                "since": row["version"].partition("@")[2],
                "mark_words": mark_words(row["mark"]),
            }
            for name, row in result["parameters"].items()
        ],
    }


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return _(", ").join(_words(each) for each in value) or "—"
    return str(STATUS_WORDS.get(value, value)) if isinstance(value, str) else str(value)


def sums(worked: Result) -> list[tuple[str, str]]:
    """The sums in yuan that a claim can take over: key and words."""
    fitting = ("n", "two_n", "amount", "total", "gap", "min", "max", "disability_subsidy")
    result = worked["result"]
    return [
        (key, f"{LABELS[key]} {result[key]}")
        for key in fitting
        if isinstance(result.get(key), str)
    ]
