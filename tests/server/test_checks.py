"""The runner of checks counts what ran, and says what did not."""

import os
import subprocess
import sys

import pytest

from config.server import checks, messages


def check(code: str, name: str = "x", **more) -> checks.Check:
    return checks.Check(name=name, command=(sys.executable, "-c", code), **more)


def test_a_check_that_fails_is_counted(capsys):
    good = checks.perform(check("pass", "good"))
    bad = checks.perform(check("raise SystemExit(3)", "bad"))
    assert checks.report([good, bad], ["browser"], unknown={"brwser"}) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "1 passed, 1 failed"
    assert said[-2] == "Did not run, as WITHOUT said: browser"
    assert said[-3] == "WITHOUT names no check: brwser"


def test_a_goal_runs_what_belongs_to_it_and_what_nobody_left_out(monkeypatch, capfd):
    written = [
        check("pass", "one", goals="quick"),
        check("raise SystemExit(1)", "two", goals="quick all"),
        check("raise SystemExit(1)", "three", goals="quick"),
        check("raise SystemExit(1)", "four", goals="all"),
    ]
    monkeypatch.setattr(checks, "checks", lambda: written)
    monkeypatch.setenv("WITHOUT", "three")
    assert checks.main("quick") == 1
    said = capfd.readouterr().out.splitlines()
    assert {line.split(":")[0] for line in said if line.startswith("== ")} == {
        "== one",
        "== two",
    }
    assert said[-2:] == ["Did not run, as WITHOUT said: three", "1 passed, 1 failed"]


def test_what_runs_beside_another_says_all_of_it_at_once_below_its_name(capfd):
    code = "import sys; print('first'); sys.stdout.flush(); print('second', file=sys.stderr)"
    outcome = checks.perform_beside(check(code + "; sys.exit(1)", "odd"))
    assert (outcome.passed, outcome.failed) == (0, 1)
    said = capfd.readouterr().out.splitlines()
    assert said[1].startswith("== odd: -c import sys")
    assert said[2:] == ["first", "second"]


def test_a_missing_tool_is_a_failure():
    missing = checks.Check(name="x", command=(sys.executable, "-m", "no_such_tool_at_all"))
    assert checks.perform(missing).failed == 1


def test_nothing_run_is_a_failure(capsys):
    assert checks.report([], [], unknown=set()) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 1 failed"


def test_tests_are_counted_by_what_pytest_wrote(tmp_path):
    result = tmp_path / "result.xml"
    counts = 'tests="9" failures="2" errors="1" skipped="1"'
    result.write_text(f"<testsuites><testsuite {counts}></testsuite></testsuites>")
    assert checks.count(result) == (5, 3)


def test_a_check_may_have_an_environment_of_its_own():
    code = "import os, sys; sys.exit(os.environ['WUFANG_HOSTS'] != 'hotline.example.org')"
    own = check(code, environment=(("WUFANG_HOSTS", "hotline.example.org"),))
    assert checks.perform(own).failed == 0


@pytest.mark.parametrize("goal", ["quick", "check", "all"])
def test_each_goal_begins_with_lint_and_names_its_checks_once(goal):
    names = [each.name for each in checks.checks() if goal in each.goals.split()]
    assert names[0] == "lint"
    assert len(names) == len(set(names))


def test_what_is_wanted_together_is_run_together_and_everything_once():
    every = [each for each in checks.checks() if "all" in each.goals.split()]
    joined = checks.in_one_run(every)
    assert [each.name for each in joined[-2:]] == ["law", "tests, browser"]
    assert len(joined) == len(every) - 1
    assert checks.NO_BROWSER not in joined[-1].command
    assert checks.NO_LAW in joined[-1].command
    for name in ("tests", "browser"):
        alone = [each for each in every if each.name != name]
        assert checks.in_one_run(alone) == alone


def test_msgids_are_read_over_several_lines():
    head = 'msgid ""\nmsgstr "head"\n\n'
    catalogue = head + 'msgid ""\n"one "\n"two"\nmsgstr "x"\n\nmsgid "a"\nmsgstr ""\n'
    assert messages.ids_of(catalogue) == {"one two", "a"}


def test_what_breaks_is_written_to_the_programs_log():
    code = "import django, logging; django.setup(); logging.getLogger('django.request').error('broke')"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "ERROR django.request broke" in done.stderr
