"""Keeps web, worker and pump alive beside the database, and stops them in order.

Each child is the head of a process group of its own: Ctrl-C reaches only the supervisor, and
what a killed child leaves behind ends with its group. A child whose supervisor was killed is
told by the kernel (PR_SET_PDEATHSIG).
"""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from config.server import accounts, leftovers, places

PR_SET_PDEATHSIG = 1
CALM_SECONDS = 60.0  # a child that lived this long starts again without delay
LONGEST_WAIT = 30.0
TICK = 0.2
PASSED = ("PATH", "LANG", "TZ", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
PREFIXES = ("LC_", "WUFANG_")
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(kw_only=True)
class Child:
    """One program that should run: its command, its log, and how long it may take to finish."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    account: accounts.Identity
    finish_seconds: float
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float = 0.0
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        """Every child writes a log of its own."""
        places.own(places.logs().name, 0o755)
        self.log = places.logs() / f"{self.name}.log"

    def start(self) -> None:
        """Start it in a group of its own; it ends when we end."""
        with self._open_log() as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=places.CHECKOUT,
                env=self.environment,
                start_new_session=True,
                preexec_fn=end_with_parent(os.getpid()),  # noqa: PLW1509 (one thread)
                **self.account,
            )
        self.started = time.monotonic()

    def lives(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def ask_to_finish(self) -> None:
        """Ask it to finish what it has in hand, and end."""
        if self.process is not None and self.lives():
            self.process.terminate()

    def end(self) -> None:
        """Wait until it has finished, then end whatever is left of its group."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self.finish_seconds)
        self.sweep()

    def sweep(self) -> None:
        """End its whole group: a killed web server leaves workers that hold the port."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def tail(self, lines: int = 15) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def _open_log(self) -> IO[bytes]:
        return self.log.open("ab")


class Supervisor:
    """Starts the children, starts again what died, and stops them in order."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        """`children` in the order in which they are asked to stop."""
        self.children = children
        self.say = say
        self.stopping = False

    def start(self) -> None:
        """Start those that do not run yet."""
        for child in self.children:
            if not child.lives():
                child.start()

    def watch(self, every_tick: Callable[[], None]) -> None:
        """Serve until somebody asks us to stop."""
        while not self.stopping:
            for child in self.children:
                self._look_after(child)
            every_tick()
            time.sleep(TICK)

    def stop(self) -> None:
        """First nothing new is begun, then what is begun is finished, then the doors close."""
        self.stopping = True
        for child in self.children:
            child.ask_to_finish()
            child.end()

    def ask_to_stop(self, *_signal: object) -> None:
        """Signal handler: leave `watch`."""
        self.stopping = True

    def _look_after(self, child: Child) -> None:
        if child.lives():
            return
        now = time.monotonic()
        if child.again_at == 0.0:
            child.sweep()
            child.failures = 0 if now - child.started > CALM_SECONDS else child.failures + 1
            pause = min(LONGEST_WAIT, 0.25 * 2**child.failures) if child.failures else 0.0
            child.again_at = now + pause
            self.say(
                f"{child.name} ended; it starts again in {pause:.1f} s (its log: {child.log})"
            )
        elif now >= child.again_at:
            child.again_at = 0.0
            child.start()


def environment(**more: str) -> dict[str, str]:
    """The environment of web and workers: the app's door to the database and no other."""
    inherited = {k: v for k, v in os.environ.items() if k in PASSED or k.startswith(PREFIXES)}
    return inherited | {
        "WUFANG_DATA": str(places.data()),
        leftovers.MARK: str(places.data()),
        "HOME": str(places.for_web("home")),
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def end_with_parent(parent: int) -> Callable[[], None]:
    """What a child does first: it asks the kernel to be ended when its parent ends."""

    def prepare() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # the parent died before we could ask
            os._exit(1)

    return prepare
