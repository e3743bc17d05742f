"""Set-up: every step can be asked whether it is done, and says what mends it."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.server import places
from config.server.setup import __main__ as setup
from config.server.setup import debian, shell, stamps, steps


def step(done=False, fails=None) -> steps.Step:
    def do() -> None:
        if fails is not None:
            raise fails

    return steps.Step(
        name="x", title="the x of things", done=lambda: done, do=do, mend="sudo make x"
    )


def test_a_failing_step_says_what_is_missing_and_the_command_that_mends_it(data_folder, capsys):
    with pytest.raises(
        shell.Failed, match=r"Missing: the x of things.\nTo mend it: sudo make x"
    ):
        setup.perform(step(fails=shell.Failed("no such package")))
    assert "the x of things ..." in capsys.readouterr().out


def test_a_done_step_is_not_done_again(data_folder, capsys, monkeypatch):
    monkeypatch.setattr(
        steps, "to_run", lambda: [step(done=True, fails=AssertionError("again"))]
    )
    assert setup.main("run") == 0
    assert capsys.readouterr().out == ""


def test_a_step_may_be_left_out_by_name(data_folder, monkeypatch):
    monkeypatch.setattr(steps, "to_run", lambda: [step(fails=AssertionError("left out"))])
    monkeypatch.setenv("WITHOUT", "browser,x")
    assert setup.main("run") == 0


def test_what_may_not_be_installed_is_named_with_its_command(data_folder, monkeypatch, capsys):
    missing = shell.Missing("As root: apt-get install fonts-noto-cjk")
    monkeypatch.setattr(steps, "to_run", lambda: [step(fails=missing)])
    assert setup.main("run") == 1
    assert "As root: apt-get install fonts-noto-cjk" in capsys.readouterr().out


def test_a_program_that_fails_leaves_its_last_words(data_folder):
    with pytest.raises(shell.Failed, match="out of paper"):
        shell.run(sys.executable, "-c", "import sys; sys.exit('out of paper')")


def test_without_root_and_sudo_the_command_is_printed(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(shell.Missing, match="As root: apt-get install x"):
        shell.as_root("apt-get", "install", "x")


def test_packages_are_missing_by_name():
    assert debian.missing(("no-such-package-at-all",)) == ["no-such-package-at-all"]
    assert debian.missing(("libc6", "dpkg")) == []


def test_a_stamp_follows_the_content(new_folder):
    file = places.CHECKOUT / "manage.py"
    stamp = stamps.in_data("test")
    mark = stamps.mark_of([file])
    assert not stamps.is_fresh(stamp, mark)
    stamps.put(stamp, mark)
    assert stamps.is_fresh(stamp, mark)
    assert not stamps.is_fresh(stamp, stamps.mark_of([file], "another folder"))


def test_every_requirement_is_pinned():
    for path in steps.REQUIREMENTS:
        for line in path.read_text().splitlines():
            assert not line or line.startswith("#") or "==" in line, line


def test_set_up_imports_nothing_that_it_has_to_install():
    program = "import sys; import config.server.setup.__main__ as m; print(sorted(sys.modules))"
    run = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, '.'); {program}"]
    said = subprocess.run(run, check=True, capture_output=True, text=True, cwd=places.CHECKOUT)
    assert "'django'" not in said.stdout
    assert "'psycopg'" not in said.stdout


def test_the_makefile_names_every_command_of_the_readme():
    targets = Path(places.CHECKOUT / "Makefile").read_text()
    for name in (
        "run",
        "test",
        "quick",
        "check",
        "setup",
        "reset",
        "demo",
        "diagrams",
        "messages",
    ):
        assert f"\n{name}:" in targets
