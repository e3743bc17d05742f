"""What happened, as one person may read it. The database leaves out what is not theirs."""

from casework.models import Case, Event, User

EMPTY: dict[str, object] = {}


def timeline(case: Case, user: User | None = None) -> list[Event]:
    """The ledger of a case, oldest first; a sealed entry of somebody else only exists."""
    rows = list(Event.objects.filter(case=case).order_by("seq"))
    for row in rows:
        if row.sealed and (user is None or row.by_id != user.pk):
            row.payload = dict(EMPTY)
    return rows
