"""Lines of the law beside a cause: each names a text that is recorded and a mark."""

from casework.rules.calculators import names
from casework.rules.data import read
from casework.rules.hints import calculator_of, of_cause
from casework.rules.taxonomy import causes

TABLE = read("hints.yaml")


def test_the_lines_of_a_cause_its_first_level_and_of_all():
    every = len(TABLE["every"])
    for code in causes():
        lines = of_cause(code)
        own = len(TABLE["hints"].get(code, ()))
        above = len(TABLE["hints"].get(code.partition(".")[0], ())) if "." in code else 0
        assert len(lines) == own + above + every
    assert of_cause("Z99") == of_cause("")


def test_every_line_has_both_languages_a_text_and_a_mark():
    codes = set(causes())
    assert set(TABLE["hints"]) <= codes
    for code in TABLE["hints"]:
        for line in of_cause(code):
            assert line.zh
            assert line.en
            assert line.law_zh
            assert line.law_en
            assert line.mark in "VSKUP"


def test_a_calculator_fits_the_cause_or_its_first_level():
    for code, name in TABLE["calculators"].items():
        assert calculator_of(code) == name
        assert name in names()
    parents = [code for code in TABLE["calculators"] if "." not in code]
    for parent in parents:
        assert calculator_of(f"{parent}.99") == TABLE["calculators"][parent]
    assert calculator_of("K01.01") == TABLE["calculators"].get("K01.01", "")
