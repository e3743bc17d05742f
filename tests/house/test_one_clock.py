"""Our code reads one clock: the linter refuses every other, and it would notice."""

import subprocess
import sys

import pytest
from django.conf import settings

OTHERS = (
    "from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n",
    "import datetime as dt\n\nDAY = dt.date.today()\n",
    "from django.utils import timezone\n\nNOW = timezone.now()\n",
    "from time import time\n\nNOW = time()\n",
)


def lint(text, name):
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--select",
            "TID251",
            "--stdin-filename",
            name,
            "-",
        ],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=settings.ROOT,
    )


@pytest.mark.parametrize("text", OTHERS)
def test_another_clock_is_refused(text):
    assert lint(text, "mediation/commands/late.py").returncode == 1


def test_the_one_clock_may_read_the_machine():
    assert lint(OTHERS[0], "casework/clock.py").returncode == 0


def test_the_whole_house_keeps_to_it():
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--select", "TID251", "."],
        capture_output=True, text=True, check=False, cwd=settings.ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
