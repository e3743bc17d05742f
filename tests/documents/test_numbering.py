"""Numbers have no gap and no double, whatever runs at the same time."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from documents.numbering import next_in


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
