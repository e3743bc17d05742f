"""Running programs of set-up: quiet while they work, their last words when they fail."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from config.server import places

TAIL_LINES = 25


class Failed(Exception):
    """A set-up step failed; the text is the end of what the program said."""


class Missing(Exception):
    """Something is missing that set-up may not install itself; the text names the command."""


def say(words: str) -> None:
    """One line for the person who waits."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def run(
    *command: str, env: dict[str, str] | None = None, cwd: os.PathLike[str] | None = None
) -> str:
    """Run a program with no standard input; show dots while it works. Raises: Failed.

    Answers what it printed, which also goes to `setup/setup.log` in the data folder.
    """
    note = places.own("setup", 0o755) / "setup.log"
    with note.open("ab+") as file:
        began = file.seek(0, os.SEEK_END)
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd=cwd or places.CHECKOUT,
            env={**os.environ, **(env or {})},
        )
        _wait(process)
        file.seek(began)
        output = file.read().decode(errors="replace")
    if process.returncode != 0:
        raise Failed("\n".join([f"$ {' '.join(command)}", *output.splitlines()[-TAIL_LINES:]]))
    return output


def as_root(*command: str) -> list[str]:
    """The command as root would run it. Raises: Missing, when we may not become root."""
    if os.geteuid() == 0:
        return list(command)
    if shutil.which("sudo") is None or not _may_sudo():
        raise Missing("As root: " + " ".join(command))
    return ["sudo", *([] if sys.stdin.isatty() else ["-n"]), *command]


def _may_sudo() -> bool:
    """Whether sudo lets us through: without a question, or after one at a terminal."""
    ask: Sequence[str] = ["sudo", "-v"] if sys.stdin.isatty() else ["sudo", "-n", "true"]
    return subprocess.run(ask, check=False, stderr=subprocess.DEVNULL).returncode == 0


def _wait(process: subprocess.Popen[bytes]) -> None:
    dots = sys.stdout.isatty()
    while process.poll() is None:
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            if dots:
                sys.stdout.write(".")
                sys.stdout.flush()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise
