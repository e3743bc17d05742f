"""The demo of `make run`: played once, goes on after kill -9, leaves logins and papers."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from config.server import leftovers, places, postgres

pytestmark = pytest.mark.slow


def play(log: Path) -> subprocess.Popen[bytes]:
    fonts = Path(settings.WUFANG_FILES).parent / "fonts"
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "manage.py", "up", "--demo", "--once"],
            cwd=places.CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings.dev",
                "WUFANG_FONTS": str(fonts),
            },
        )


def players() -> list[int]:
    found = []
    for pid in leftovers.processes():
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            environment = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            continue
        if b"play_demo" in command and f"WUFANG_DATA={places.data()}".encode() in environment:
            found.append(pid)
    return found


def test_it_goes_on_where_kill_9_stopped_it_and_does_not_play_again(data_folder, tmp_path):
    for _time in range(2):
        killed = play(tmp_path / "killed.log")
        until = time.monotonic() + 60
        while not players() and killed.poll() is None:
            assert time.monotonic() < until, (tmp_path / "killed.log").read_text()
            time.sleep(0.05)
        time.sleep(1.5)
        killed.kill()
        killed.wait()
        while players():  # the kernel ends the play with its parent
            assert time.monotonic() < until
            time.sleep(0.05)
    whole = play(tmp_path / "whole.log")
    assert whole.wait(120) == 0, (tmp_path / "whole.log").read_text()
    first = (tmp_path / "whole.log").read_text()
    demo = places.data() / "demo"
    logins = json.loads((demo / "logins.json").read_text())
    assert (demo / "logins.json").stat().st_mode & 0o777 == 0o600
    assert all(name in first for name in logins["logins"])
    assert not any(each["password"] in first for each in logins["logins"].values())
    papers = sorted(path.name for path in (demo / "papers").iterdir())
    assert {"D01", "D03", "D12", "D14"} <= {name.split()[1] for name in papers}
    assert len(papers) == len({name.partition(" ")[0] for name in papers})
    second = play(tmp_path / "second.log")
    assert second.wait(60) == 0
    assert "Playing the demo" not in (tmp_path / "second.log").read_text()
    assert logins == json.loads((demo / "logins.json").read_text())
    assert not postgres.is_running()
