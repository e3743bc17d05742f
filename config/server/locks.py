"""Locks between processes of one machine; the kernel lets go of them even after kill -9."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from config.server import places


class Held(Exception):
    """Another process holds this lock; the exception's text is what it wrote into it."""


def path(name: str) -> Path:
    """The file of a lock."""
    return places.own("locks") / name


@contextmanager
def alone(name: str, *, wait: bool = True, says: str = "") -> Iterator[TextIO]:
    """Hold a lock that nobody else holds. Raises: Held, when told not to wait."""
    with _open(name) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise Held(file.read()) from error
        tell(file, says)
        yield file


@contextmanager
def among_others(name: str) -> Iterator[TextIO]:
    """Hold a lock that others of our kind may hold too."""
    with _open(name) as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield file


def last_one(file: TextIO) -> bool:
    """Whether nobody else holds this shared lock: then it is ours alone from here on."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def tell(file: TextIO, words: str) -> None:
    """Write into the lock what the next one who wants it should read."""
    file.seek(0)
    file.truncate()
    file.write(words)
    file.flush()


def _open(name: str) -> TextIO:
    handle = os.open(path(name), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return os.fdopen(handle, "r+")
