"""Ids: 64-bit, time-ordered, unique without asking the database (strings in JSON)."""

import os
import secrets
import threading
import time

EPOCH_MS = 1_704_067_200_000  # 2024-01-01T00:00:00Z
DIGITS = 19  # of the largest number of 64 bits
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """A new id: 41 bits of milliseconds, 22 bits that make it unique among processes.

    Ids of one process rise strictly. Wall time is read directly: an id must stay unique while
    a rehearsal holds the clock.
    """
    global _last  # noqa: PLW0603
    with _lock:
        fresh = (time.time_ns() // 1_000_000 - EPOCH_MS) << 22 | secrets.randbits(22)
        _last = fresh if fresh > _last else _last + 1
        return _last


def as_id(text: str) -> int:
    """A number as browsers and programs send it; 0, which no row has, for whatever is none of 64 bits."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
    return number if number < 1 << 63 else 0


def _after_fork() -> None:
    global _last  # noqa: PLW0603
    _last = 0


os.register_at_fork(after_in_child=_after_fork)
