"""What happened, as one person may read it. The database leaves out what is not theirs."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q, Window

from casework.models import Case, Event, User

EMPTY: dict[str, object] = {}


def newest(
    case: Case, user: User, most: int, *, mark: Collection[str] = ()
) -> tuple[list[Event], int, bool]:
    """The last entries of the ledger, newest first, how many there are, and whether any is of the kinds `mark`."""
    rows = Event.objects.filter(case=case).annotate(
        total=Window(Count("id")), marked=Window(Count("id", filter=Q(kind__in=list(mark))))
    )
    found = [_sealed(row, user) for row in rows.order_by("-seq")[:most]]
    return (found, found[0].total, found[0].marked > 0) if found else ([], 0, False)


def timeline(case: Case, user: User | None = None) -> list[Event]:
    """The ledger of a case, oldest first; a sealed entry of somebody else only exists."""
    return [_sealed(row, user) for row in Event.objects.filter(case=case).order_by("seq")]


def _sealed(row: Any, user: User | None) -> Any:
    if row.sealed and (user is None or row.by_id != user.pk):
        row.payload = dict(EMPTY)
    return row
