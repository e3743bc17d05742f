"""`make quick`, `make check`, `make test`: run the checks, say what failed or did not run.

The last line is always `N passed, N failed`: a check counts as one, a test suite as its tests.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as Xml  # our own pytest wrote the file

from config.server import door, places, postgres
from config.server.setup import shell

PY = sys.executable
MANAGE = (PY, "manage.py")
PYTEST = (PY, "-m", "pytest", "-q")
LAW_COVERED = ("--cov=casework/rules", "--cov-report=term:skip-covered", "--cov-fail-under=100")
CONCISE = ("--output-format", "concise")
PACKAGES = ("config", "mediation", "documents", "casework")
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"
NO_BROWSER, NO_LAW = "--ignore=tests/browser", "--ignore=tests/rules"
AT_ONCE = 2
WORKERS = 2  # one a core: with three, each of them was twice as slow, and the whole slower
SHARED = (
    "-n",
    str(WORKERS),
    "--dist",
    "worksteal",
)  # who has nothing left takes half of another's rest


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: `name` for WITHOUT=, the command, and the goals it belongs to."""

    name: str
    command: Sequence[str]
    goals: str = "all"
    counts_tests: bool = False
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a check came to."""

    check: Check
    passed: int
    failed: int
    seconds: float


def checks() -> list[Check]:
    """All checks, quick ones first."""
    production = ("--settings=config.settings.production",)
    return [
        Check(
            name="lint",
            command=(PY, "-m", "ruff", "check", ".", *CONCISE),
            goals="quick check all",
        ),
        Check(
            name="format",
            command=(PY, "-m", "ruff", "format", "--check", ".", *CONCISE),
            goals="quick check all",
        ),
        Check(
            name="rules",
            command=(*PYTEST, "tests/rules", "casework/rules", "-p", "no:randomly"),
            goals="quick",
            counts_tests=True,
        ),
        Check(name="imports", command=(PY, "-c", LINT_IMPORTS), goals="check all"),
        Check(
            name="templates",
            command=(PY, "-m", "djlint", "mediation", "--lint", "--quiet"),
        ),
        Check(  # a paper is its own document: its columns have widths of their own
            name="paper-templates",
            command=(
                PY,
                "-m",
                "djlint",
                "documents",
                "--lint",
                "--quiet",
                "--ignore",
                "H015,H021",
            ),
        ),
        Check(name="messages", command=(PY, "-m", "config.server.messages")),
        Check(name="django", command=(*MANAGE, "check", "--fail-level", "WARNING")),
        Check(
            name="deploy",
            command=(*MANAGE, "check", "--deploy", "--fail-level", "WARNING", *production),
            environment=(("WUFANG_HOSTS", "hotline.example.org"),),
        ),
        Check(name="migrations", command=(*MANAGE, "makemigrations", "--check", "--dry-run")),
        Check(name="types", command=(PY, "-m", "mypy", *PACKAGES), goals="check all"),
        Check(
            name="fast-tests",
            command=(*PYTEST, NO_BROWSER, *SHARED, "-m", "not slow"),
            goals="check",
            counts_tests=True,
        ),
        Check(  # every branch of the law is tested; the rest is measured by `make coverage`
            name="law",
            command=(*PYTEST, "tests/rules", *SHARED, *LAW_COVERED),
            counts_tests=True,
        ),
        Check(
            name="tests",
            command=(*PYTEST, NO_BROWSER, NO_LAW, *SHARED),
            counts_tests=True,
        ),
        Check(
            name="browser",
            command=(*PYTEST, "tests/browser", *SHARED),
            counts_tests=True,
        ),
    ]


def in_one_run(wanted: Sequence[Check]) -> list[Check]:
    """The tests with and without a browser as one check, when both are wanted.

    In two runs workers wait twice for the last test of another.
    """
    apart = {"tests", "browser"}
    rest = [check for check in wanted if check.name not in apart]
    if len(rest) + len(apart) > len(wanted):
        return list(wanted)
    command = (*PYTEST, NO_LAW, *SHARED)
    return [*rest, Check(name="tests, browser", command=command, counts_tests=True)]


def main(goal: str) -> int:
    """Run the checks of a goal; 0 when none failed."""
    without = set(os.environ.get("WITHOUT", "").replace(",", " ").split())
    wanted = [check for check in checks() if goal in check.goals.split()]
    skipped = [check.name for check in wanted if check.name in without]
    outcomes = []
    try:
        with door.open_database():
            left = [check for check in wanted if check.name not in without]
            alone = [check for check in left if not check.counts_tests]
            with ThreadPoolExecutor(AT_ONCE) as pool:
                outcomes = list(pool.map(perform_beside, alone))
            outcomes += [perform(check) for check in in_one_run(left) if check.counts_tests]
    except postgres.CannotStart as error:
        shell.say(str(error))
    return report(outcomes, skipped, unknown=without - {check.name for check in checks()})


def perform(check: Check, output: IO[str] | None = None) -> Outcome:
    """Run one check with its output in view, or in a file."""
    if output is None:
        shell.say(heading(check))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.xml"
        command = [*check.command, *([f"--junitxml={result}"] if check.counts_tests else [])]
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output and subprocess.STDOUT,
            cwd=places.CHECKOUT,
            env={**os.environ, **dict(check.environment)},
        )
        good = done.returncode == 0
        passed, failed = count(result) if result.exists() else (int(good), int(not good))
    if not good and not failed:  # a test run that broke down after its last test
        failed = 1
    seconds = time.monotonic() - began
    return Outcome(check=check, passed=passed, failed=failed, seconds=seconds)


def perform_beside(check: Check) -> Outcome:
    """Run one check while another runs; its output comes whole when it has ended."""
    with tempfile.TemporaryFile("w+") as output:
        outcome = perform(check, output)
        output.seek(0)
        shell.say(f"{heading(check)}\n{output.read()}".rstrip("\n"))
    return outcome


def heading(check: Check) -> str:
    """The line above the output of a check."""
    return f"\n== {check.name}: {' '.join(check.command[1:])}"


def count(result: Path) -> tuple[int, int]:
    """How many tests passed and failed, by the file that pytest wrote."""
    passed = failed = 0
    for suite in Xml.parse(result).getroot().iter("testsuite"):  # noqa: S314 (our own file)
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        passed += int(suite.get("tests", 0)) - bad - int(suite.get("skipped", 0))
        failed += bad
    return passed, failed


def report(outcomes: Sequence[Outcome], skipped: Sequence[str], *, unknown: set[str]) -> int:
    """Say what came out; the last line is for programs that read it."""
    shell.say("")
    for outcome in outcomes:
        word = "failed" if outcome.failed else "ok"
        shell.say(f"{outcome.check.name:16} {word:7} {outcome.seconds:6.1f} s")
    for name in sorted(unknown - {"packages"}):
        shell.say(f"WITHOUT names no check: {name}")
    if skipped:
        shell.say(f"Did not run, as WITHOUT said: {', '.join(skipped)}")
    failed = sum(outcome.failed for outcome in outcomes) + (not outcomes)
    shell.say(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
