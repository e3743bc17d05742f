"""The parent's side: a few printing processes, each killed and replaced at the first trouble."""

import atexit
import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import LifoQueue
from typing import BinaryIO, cast

from documents import fonts
from documents.rendering.job import Job, RenderFailed, Sheet, WorkerLost, receive, send

WALL_SECONDS = 20.0
PAPERS_PER_WORKER = 2000
CHECKOUT = Path(__file__).resolve().parents[2]
REASONS = {
    -24: "it needed more than 10 seconds of CPU",
    -9: "it took more than 20 seconds",
    12: "it needed more than 1 GiB of memory",
    1: "it crashed",
}


class Worker:
    """One printing process."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.done = 0
        self.process = subprocess.Popen(
            [sys.executable, "-m", "documents.rendering.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=CHECKOUT,
            env=environment,
            start_new_session=True,
        )

    def print(self, job: Job, wall_seconds: float) -> Sheet:
        """Print one paper. Raises: RenderFailed; WorkerLost when the process is gone."""
        self.done += 1
        late = threading.Timer(wall_seconds, self.process.kill)
        late.daemon = True
        late.start()
        try:
            send(cast("BinaryIO", self.process.stdin), job.dump())
            answer = receive(cast("BinaryIO", self.process.stdout))
        except OSError:
            answer = None
        finally:
            late.cancel()
        if answer is None:
            code = self.process.wait()
            raise WorkerLost(
                "the paper could not be printed: "
                + REASONS.get(code, f"the printing process ended with {code}")
            )
        return Sheet.load(answer)

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue


class Pool:
    """At most `size` printing processes, started when first needed."""

    def __init__(self, size: int, wall_seconds: float = WALL_SECONDS, **limits: str) -> None:
        self.wall_seconds = wall_seconds
        self.limits = limits
        self.free: LifoQueue[Worker | None] = LifoQueue()
        for _ in range(size):
            self.free.put(None)

    def print(self, job: Job) -> Sheet:
        """Print a paper on a free process. Raises: RenderFailed."""
        worker = self.free.get()
        try:
            if worker is None or worker.process.poll() is not None:
                self._drop(worker)
                worker = Worker(self._environment())
            sheet = worker.print(job, self.wall_seconds)
        except WorkerLost:
            self._drop(worker)
            worker = None
            raise
        except RenderFailed:
            self._drop(worker)  # its state is suspect after any refusal
            worker = None
            raise
        finally:
            if worker and worker.done >= PAPERS_PER_WORKER:
                self._drop(worker)
                worker = None
            self.free.put(worker)
        return sheet

    def close(self) -> None:
        """End all processes that are not at work."""
        while not self.free.empty():
            self._drop(self.free.get())

    def _drop(self, worker: Worker | None) -> None:
        """End a process."""
        if worker:
            worker.stop()

    def _environment(self) -> dict[str, str]:
        where = fonts.folder()
        return {
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUTF8": "1",
            "FONTCONFIG_FILE": str((where / "fonts.conf").resolve()),
            "WUFANG_FONTS": str(where),
            **self.limits,
        }


_lock = threading.Lock()
_pools: dict[int, Pool] = {}


def render(job: Job) -> Sheet:
    """Print a paper in this process's pool (two workers). Raises: RenderFailed.

    A paper whose process was lost (CPU, memory, time, crash) is tried a second time: a paused machine
    books the pause as CPU time, and no innocent paper shall fail for it.
    """
    with _lock:
        pool = _pools.get(os.getpid())
        if pool is None:
            pool = _pools[os.getpid()] = Pool(2)
            atexit.register(pool.close)
    try:
        return pool.print(job)
    except WorkerLost:
        return pool.print(job)  # once more in a new process: the machine may have stumbled
