"""Numbers have no gap and no double, whatever runs at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from documents.numbering import next_in

HUNDRED = 100


def _take(place: int) -> int | None:
    try:
        with transaction.atomic():
            number = next_in("调受/0/2026")
            if place % 5 == 0:
                raise RuntimeError
            return number
    except RuntimeError:
        return None
    finally:
        connection.close()


def test_twenty_threads_with_failures_between_leave_no_gap(own_database):
    with ThreadPoolExecutor(20) as pool:
        taken = [number for number in pool.map(_take, range(100)) if number is not None]
    assert sorted(taken) == list(range(1, 81))


def _hold(gate) -> int:
    try:
        gate.wait()
        with transaction.atomic():
            return next_in("调协/0/2026")
    finally:
        connection.close()


def test_a_hundred_at_once_get_a_hundred_numbers(own_database):
    """All hundred ask in the same moment; thirty connections serve them in turn."""
    gate = threading.Barrier(HUNDRED)
    with ThreadPoolExecutor(HUNDRED) as pool:
        taken = list(pool.map(_hold, [gate] * HUNDRED))
    assert sorted(taken) == list(range(1, HUNDRED + 1))
