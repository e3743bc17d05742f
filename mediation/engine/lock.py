"""The only lock order there is: the case row first."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from casework.commands.base import lock_case
from casework.kept import waiting_row


class CaseLock:
    """Locks the case of a process, so that two processes of one case never move at once.

    `FOR NO KEY UPDATE`: plain FOR UPDATE collides with deferred foreign keys at COMMIT. A lock per
    process row deadlocked as soon as a step met a withdrawal that touched two processes.
    """

    @contextmanager
    def __call__(self, flow_class: Any, process_pk: int) -> Iterator[None]:
        """Lock the case of a process for the block. Raises: DoesNotExist, CaseNotLocked."""
        with transaction.atomic():
            lock_case(_case_of(flow_class.process_class, process_pk))
            yield


def _case_of(processes: Any, process_pk: int) -> int:
    waiting = waiting_row(processes, process_pk)
    if waiting is not None:
        return int(waiting.case_id)
    return int(processes.objects.values_list("case_id", flat=True).get(pk=process_pk))
