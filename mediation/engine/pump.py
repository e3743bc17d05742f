"""The pump: claims due clocks and defers a job for each, in one short transaction."""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, connection, transaction

from casework import clock
from casework.access.context import system
from mediation.engine import jobs

logger = logging.getLogger(__name__)

BATCH = 200
STALE_SECONDS = 300

CLAIM = """
WITH due AS (
    SELECT id FROM casework_timer WHERE state = 'PENDING' AND due_at <= %s
    ORDER BY due_at, id LIMIT %s FOR UPDATE SKIP LOCKED
)
UPDATE casework_timer t SET state = 'CLAIMED', fired_at = %s, attempts = attempts + 1
FROM due WHERE t.id = due.id RETURNING t.id
"""
RESCUE = """
UPDATE casework_timer SET state = 'PENDING'
WHERE state = 'CLAIMED' AND fired_at < %s - make_interval(secs => %s)
"""


def claim(at: datetime, *, limit: int = BATCH) -> list[int]:
    """Claim clocks that are due at an instant; returns their ids. Takes no case lock."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [at, limit, at])
        return [row[0] for row in cursor.fetchall()]


def sweep(at: datetime) -> int:
    """Claim and defer one batch in one transaction; returns how many."""
    with transaction.atomic(), system("pump"):
        ids = claim(at)
        jobs.defer_rings(ids)
    return len(ids)


def rescue(at: datetime) -> int:
    """Put back clocks whose job was lost (a killed worker); returns how many."""
    with transaction.atomic(), system("pump"), connection.cursor() as cursor:
        cursor.execute(RESCUE, [at, STALE_SECONDS])
        return int(cursor.rowcount)


_also: list[Callable[[datetime], object]] = []


def every_second(sweep_too: Callable[[datetime], object]) -> None:
    """Let something else be swept beside the clocks (the outbox)."""
    _also.append(sweep_too)


def sweep_also(at: datetime) -> None:
    """Sweep what registered; a failure is logged and never stops the clocks."""
    for each in _also:
        try:
            each(at)
        except DatabaseError:
            logger.exception("a sweep failed")


def next_due() -> datetime | None:
    """When the next pending clock is due."""
    with transaction.atomic(), system("pump"), connection.cursor() as cursor:
        cursor.execute("SELECT min(due_at) FROM casework_timer WHERE state = 'PENDING'")
        found: datetime | None = cursor.fetchone()[0]
        return found


def pump_for_ever(stopped: "object") -> None:
    """Sweep until told to stop; sleeps at most a second between sweeps."""
    last_rescue = 0.0
    while not stopped.is_set():  # type: ignore[attr-defined]
        if time.monotonic() - last_rescue > STALE_SECONDS / 5:
            rescue(clock.now())
            last_rescue = time.monotonic()
        sweep_also(clock.now())
        if sweep(clock.now()) < BATCH:
            stopped.wait(1.0)  # type: ignore[attr-defined]
