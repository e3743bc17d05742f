"""What a killed run left behind: processes and pid files, told apart from strangers by /proc.

A process number means nothing after a crash: the kernel gives it to somebody else. So a process
counts as ours only by its working folder (the database) or by where its output goes.
"""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from config.server import places

MARK = "WUFANG_SUPERVISED"
PATIENCE = 5.0  # seconds before what will not end is ended


def processes() -> list[int]:
    """The numbers of all processes of this machine but our own."""
    return [
        int(p.name)
        for p in Path("/proc").iterdir()
        if p.name.isdigit() and int(p.name) != os.getpid()
    ]


def works_in(pid: int, folder: Path) -> bool:
    """Whether a process has this working folder, as all processes of a cluster have."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False


def is_supervised(pid: int) -> bool:
    """Whether a process writes into a log of this data folder, as all of a supervisor's do.

    Its environment would not tell: a program that sets its own title writes over it.
    """
    try:
        output = Path(f"/proc/{pid}/fd/1").readlink()
    except OSError:
        return False
    return output.parent == places.logs()


def postmaster(cluster: Path) -> int:
    """The number of the cluster's living main process, 0 if there is none.

    A pid file is stale when its process is dead, or its number a stranger's by now.
    """
    try:
        pid = int((cluster / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return 0
    return pid if works_in(pid, cluster) else 0


def clear_database(cluster: Path, sockets: Path) -> None:
    """After a crash: wait for orphaned backends, then remove pid files nobody stands behind."""
    end(lambda pid: works_in(pid, cluster), signal.SIGQUIT)
    (cluster / "postmaster.pid").unlink(missing_ok=True)
    for stale in sockets.glob(".s.PGSQL.*"):
        stale.unlink(missing_ok=True)


def clear_supervised() -> int:
    """After a crash of the supervisor: end its web, worker and pump; answers how many."""
    return end(is_supervised, signal.SIGTERM)


def end(ours: Callable[[int], bool], hard: signal.Signals) -> int:
    """Wait a moment for processes to end by themselves, then signal them, then kill them."""
    found = 0
    for stop, patience in ((None, 1.0), (hard, PATIENCE), (signal.SIGKILL, PATIENCE)):
        left = [pid for pid in processes() if ours(pid)]
        found = max(found, len(left))
        for pid in left:
            if stop is not None:
                _signal(pid, stop)
        if _gone(ours, patience if left else 0):
            break
    return found


def _gone(ours: Callable[[int], bool], patience: float) -> bool:
    until = time.monotonic() + patience
    while any(ours(pid) for pid in processes()):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _signal(pid: int, stop: signal.Signals) -> None:
    try:
        os.kill(pid, stop)
    except ProcessLookupError:
        return
