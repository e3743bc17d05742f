"""What every calculator gives back: values, steps in two languages, and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from casework.rules.calendar import Calendar, official
from casework.rules.data import read
from casework.rules.parameters import Parameters, Value, seed

DISCLAIMER = "估算，不代表裁决结果"
DISCLAIMER_EN = "An estimate, not a forecast of any award"


@dataclass(frozen=True, slots=True)
class Basis:
    """The calendar and the parameters that a calculation uses."""

    calendar: Calendar
    parameters: Parameters


@cache
def shipped() -> Basis:
    """The calendar and parameters of this release."""
    return Basis(official(), seed())


@dataclass(frozen=True, slots=True)
class Answer:
    """Values as the reference page formats them, and the steps that lead there."""

    values: Mapping[str, Any]
    steps: tuple[tuple[str, str], ...]
    used: tuple[Value, ...] = ()

    def as_json(self, name: str) -> dict[str, Any]:
        """The whole result: values, steps, article, versions."""
        entry = definitions()[name]
        return {
            **self.values,
            "steps": [*(zh for zh, _en in self.steps), f"{DISCLAIMER}。"],
            "steps_en": [*(en for _zh, en in self.steps), f"{DISCLAIMER_EN}."],
            "article": entry["article"],
            "rule_version": f"{name}@{entry['version']}",
            "parameters": {
                value.name: {"value": value.value, "version": value.version, "mark": value.mark}
                for value in self.used
            },
        }


@cache
def definitions() -> Mapping[str, Any]:
    """The calculators of calculators.yaml by name."""
    content: Mapping[str, Any] = read("calculators.yaml")
    return content


def bare(value: Decimal) -> str:
    """A number without trailing zeros: 7.5, 12."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
