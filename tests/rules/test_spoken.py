"""What a calculator says aloud, word for word: an operator reads it to the caller."""

from pathlib import Path

import pytest
import yaml

from casework.rules.calculators import calculate, names

SPOKEN = yaml.safe_load((Path(__file__).parent / "spoken.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "told", SPOKEN, ids=[f"{told['name']}-{number}" for number, told in enumerate(SPOKEN)]
)
def test_the_whole_answer(told):
    assert calculate(told["name"], told["inputs"]) == told["answer"]


def test_every_calculator_is_heard():
    assert {told["name"] for told in SPOKEN} == set(names())
