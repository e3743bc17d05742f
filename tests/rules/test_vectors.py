"""Every vector comes out: raw day, due day, light and sum."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from casework.rules.calculators import calculate
from casework.rules.calendar import official
from casework.rules.deadlines import due
from casework.rules.lights import light

VECTORS = yaml.safe_load((Path(__file__).parent / "vectors.yaml").read_text(encoding="utf-8"))
LIGHTS = {"GREEN": "normal", "YELLOW": "soon", "RED": "overdue"}


@pytest.mark.parametrize("vector", VECTORS["deadlines"], ids=lambda each: each["id"])
def test_deadline_vector(vector):
    generic = (
        {"length": vector["length"], "unit": vector["unit"]}
        if vector["rule"].startswith("GEN-")
        else {}
    )
    found = due(
        vector["rule"], date.fromisoformat(vector["start"]), calendar=official(), **generic
    )
    assert (found.length, found.unit) == (vector["length"], vector["unit"]) or vector[
        "unit"
    ] == "month"
    assert (found.raw.isoformat(), found.due.isoformat()) == (vector["raw"], vector["due"])


@pytest.mark.parametrize("vector", VECTORS["lights"], ids=lambda each: each["id"])
def test_light_vector(vector):
    days = (date.fromisoformat(vector["due"]), date.fromisoformat(vector["as_of"]))
    assert light(*days, official()).kind == LIGHTS[vector["light"]]


@pytest.mark.parametrize("vector", VECTORS["calculators"], ids=lambda each: each["id"])
def test_calculator_vector(vector):
    found = calculate(vector["calculator"], vector["inputs"])
    assert {name: found.get(name) for name in vector["expected"]} == vector["expected"]
    assert found["steps"]
    assert found["article"]
