"""The calculator beside a call: the one that fits the cause, filled with what the call already says."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework.rules.calculators import definitions
from casework.rules.hints import calculator_of
from mediation.desks import calculators
from mediation.forms.calculator_words import LABELS
from mediation.forms.calculators import CalculatorForm, districts

PAY, LAST_DAY = "month_pay_yuan", "left_on"
# Each input of a calculator that a cause offers, and the field of the call that answers it.
TOLD = {
    "hire": "hired_on", "last_day": LAST_DAY, "leave_date": LAST_DAY, "month_wage": PAY,
    "avg_month_wage": PAY, "last_month_wage": PAY, "own_month_wage": PAY,
    "avg_month_wage_ex_ot": PAY, "comparable_month_pay": PAY, "district": "district",
    "figures_district": "district",
}  # fmt: skip
# Sums that have a name of their own; the others are called as their calculator.
OF_ITS_OWN = ("n", "two_n", "disability_subsidy")


def opened(typed: Mapping[str, str], today: date) -> CalculatorForm | None:
    """The form of the cause's calculator; bound when the call says all that it needs, none without one."""
    name = calculator_of(typed.get("cause", ""))
    if not name:
        return None
    told = _told(name, typed)
    form = _form(name, today, initial=told)
    data = {
        each: str(form.get_initial_for_field(field, each) or "")
        for each, field in form.fields.items()
    }
    missing = [each for each, field in form.fields.items() if field.required and not data[each]]
    return form if missing else _form(name, today, data)


def again(typed: Mapping[str, str], today: date) -> CalculatorForm | None:
    """The same form with what was typed into it; none for a name that is no calculator."""
    name = typed.get("calculator", "")
    return _form(name, today, typed) if name in definitions() else None


def _form(name: str, today: date, data: Any = None, initial: Any = None) -> CalculatorForm:
    """Its fields belong to a form of their own: the call's draft does not keep them, Enter does not send it."""
    form = CalculatorForm(name, today, data, initial=initial, auto_id="sum_%s")
    for field in form.fields.values():
        field.widget.attrs["form"] = "sum-form"
    empty = [
        each
        for each, field in form.fields.items()
        if not form.get_initial_for_field(field, each)
    ]
    if data is None and empty:
        form.fields[empty[0]].widget.attrs["autofocus"] = True
    return form


def _told(name: str, typed: Mapping[str, str]) -> dict[str, str]:
    known = {key.rstrip("?") for key in definitions()[name]["inputs"]} | {"figures_district"}
    found = {key: typed.get(TOLD[key], "").strip() for key in known if key in TOLD}
    areas = dict(districts())
    return {
        key: value.replace(",", "") if TOLD[key] == PAY else value
        for key, value in found.items()
        if value and (TOLD[key] != "district" or value in areas)
    }


def takeable(worked: calculators.Result) -> list[dict[str, str]]:
    """What one click takes into the call: each sum for a claim, else the result in words for the facts."""
    name, result = worked["name"], worked["result"]
    title = calculators.title(name)
    found = [
        {"item": words_of_sum(key, title), "yuan": result[key], "words": f"{words_of_sum(key, title)} {result[key]}"}
        for key, _said in calculators.sums(worked)
    ]  # fmt: skip
    if found:
        return found
    values = calculators.shown(worked)["values"]
    told = _(", ").join(f"{words} {value}" for words, value in values)
    return [{"item": title, "yuan": "", "words": "".join((title, _(":"), told))}]


def words_of_sum(key: str, title: str) -> str:
    """What the sum is called as a claim, without its unit."""
    label = re.sub(r"\s*[(\uff08].*", "", str(LABELS[key]))
    return label if key in OF_ITS_OWN else title
