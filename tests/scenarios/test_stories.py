"""The written cases come out as the law and the parties say; a wrong expectation is shown."""

from pathlib import Path

import pytest

from mediation.rehearsal import stage
from mediation.rehearsal.reader import BadStory

HERE = Path(__file__).parent


@pytest.mark.slow(5)
@pytest.mark.parametrize("name", sorted(path.stem for path in HERE.glob("*.yaml")))
def test_story_comes_out_as_written(settled, own_database, name):
    report = stage.player(stage.load(HERE / f"{name}.yaml")).play()
    assert [
        (check.line, check.what, check.expected, check.seen) for check in report.failed
    ] == []
    assert len(report.checks) > 10


def written(tmp_path, text):
    path = tmp_path / "story.yaml"
    path.write_text(text, encoding="utf-8")
    return path


CALL = """story: X1
title: 试
acts:
  - on: 2026-06-23 10:05:00
    do: intake.record_call
    by: qinxiaoyue
    with:
      phone: "13800004321"
      facts: 问一句
      cause: K01.01
      classes: [ADVICE]
"""


@pytest.mark.slow
def test_wrong_expectation_shows_expected_beside_seen(settled, own_database, tmp_path):
    path = written(tmp_path, CALL + "expect:\n  priority: HIGH\n")
    report = stage.player(stage.load(path)).play()
    (failed,) = report.failed
    assert (failed.expected, failed.seen, failed.line) == ("HIGH", "LOW", 13)
    assert "expected: HIGH" in report.words()


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("by: qinxiaoyue", "by: nobody"), 6, "nobody is called"),
        (("do: intake.record_call", "do: intake.fly"), 5, "no step is called"),
        (("facts:", "fakts:"), 9, "has no field 'fakts'"),
        (("2026-06-23 10:05:00", "someday"), 4, "is not a day"),
        (("title: 试", "titel: 试"), 2, "unknown key"),
        (("    by: qinxiaoyue\n", "    by: qinxiaoyue\n    by: qinxiaoyue\n"), 7, "given twice"),
    ],
)  # fmt: skip
def test_bad_story_is_refused_with_its_line(tmp_path, change, line, words):
    with pytest.raises(BadStory) as refused:
        stage.load(written(tmp_path, CALL.replace(*change)))
    assert refused.value.line == line
    assert words in refused.value.problem
