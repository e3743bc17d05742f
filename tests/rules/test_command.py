"""`python -m casework.rules`: answers in words and in JSON, errors in one sentence and exit 2."""

import json

import pytest

from casework.rules.__main__ import main

SEVERANCE = '{"hire": "2019-03-15", "last_day": "2026-04-10", "avg_month_wage": 8000.00}'


def said(capsys, *words):
    code = main(words)
    out = capsys.readouterr()
    return code, out.out, out.err


def test_a_due_date_in_words(capsys):
    code, out, _ = said(capsys, "due", "M-03", "2026-01-31")
    assert code == 0
    assert out.splitlines()[0] == "M-03  2026-02-15 -> 2026-02-24"
    assert "劳动争议调解仲裁法 第14条" in out
    assert "Labour Dispute Mediation and Arbitration Law art. 14" in out


def test_a_due_date_as_data(capsys):
    _, out, _ = said(capsys, "due", "I-03", "2026-03-13", "--extended", "--json")
    found = json.loads(out)
    assert {"code", "raw", "due", "provisional", "unit", "length", "skipped", "article", "mark",
            "steps"} <= set(found)  # fmt: skip
    assert (found["due"], found["length"]) == ("2026-07-23", 90)


def test_a_generic_period_and_one_in_minutes(capsys):
    _, out, _ = said(
        capsys, "due", "GEN-m", "2026-01-31", "--length", "1", "--unit", "month", "--json"
    )
    assert json.loads(out)["due"] == "2026-02-28"
    _, out, _ = said(
        capsys,
        "due",
        "GEN-min",
        "2026-07-20T14:05",
        "--length",
        "30",
        "--unit",
        "minute",
        "--json",
    )
    assert json.loads(out)["due"] == "2026-07-20T14:35"


def test_a_sum_in_words_and_as_data(capsys):
    _, out, _ = said(capsys, "calc", "severance_n", "--inputs", SEVERANCE)
    assert "n: 60000.00" in out.splitlines()
    assert "估算，不代表裁决结果。" in out
    assert "\nsteps" not in out
    _, out, _ = said(capsys, "calc", "severance_n", "--inputs", SEVERANCE, "--json")
    assert json.loads(out)["two_n"] == "120000.00"


@pytest.mark.parametrize(
    "words",
    [
        ("due", "M-99", "2026-01-31"),
        ("due", "M-03", "2026-02-30"),
        ("due", "M-03", "+1000000-01-01"),
        ("due", "GEN-c", "2026-01-31", "--length", "1000000", "--unit", "year"),
        ("due", "GEN-c", "2026-01-31"),
        ("calc", "severance_n", "--inputs", "{"),
        ("calc", "severance_n", "--inputs", "[]"),
        ("calc", "severance_n", "--inputs", '{"hire": NaN}'),
        ("calc", "notice_pay", "--inputs", '{"last_month_wage": 1e999999999999999999999}'),
        ("calc", "fortune", "--inputs", "{}"),
    ],
)
def test_an_error_is_one_sentence_and_exit_2(capsys, words):
    code, out, err = said(capsys, *words)
    assert (code, out) == (2, "")
    assert err.endswith(".\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "words", [(), ("due",), ("due", "M-03", "2026-01-31", "--length", "x")]
)
def test_wrong_use_is_one_sentence_and_exit_2(capsys, words):
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
