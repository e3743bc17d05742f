"""Filled databases that the workers of one run share: each is built once and cloned for a test."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from config.server import database, locks, roles, scratch

PREFIX = "wufang_test_"


def run_number() -> int:
    """The process that leads this run: databases that bear its number are dropped after it."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def own(kind: str) -> str:
    """The name of a database of this worker alone."""
    return f"{PREFIX}{os.getpid()}_{kind}"


def shared(kind: str) -> str:
    """The name of a database of this run."""
    return f"{PREFIX}{run_number()}_{kind}"


@contextmanager
def kept(*kinds: str) -> Iterator[None]:
    """While a worker is inside, the run's databases stay; the last one out drops them."""
    with locks.among_others(f"houses-{run_number()}") as door:
        yield
        if locks.last_one(door):
            for kind in kinds:
                scratch.drop(shared(kind))
            for kind in kinds:
                locks.path(f"house-{shared(kind)}").unlink(missing_ok=True)
            locks.path(f"houses-{run_number()}").unlink(missing_ok=True)


def built(kind: str, build: Callable[[], None], *, source: str = "") -> str:
    """The name of a database that `build` filled: by the first worker that needs it."""
    name = shared(kind)
    with locks.alone(f"house-{name}"):
        with roles.connect(database.owner_url()) as server:
            there = roles.exists(server, name)
        if not there:
            with scratch.scratch(own(f"{kind}_new"), keep=True, source=source):
                build()
            scratch.shelve(own(f"{kind}_new"), name)
    return name
