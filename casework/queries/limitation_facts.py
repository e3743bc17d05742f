"""The recorded facts of limitation, for the whole case and worker by worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.models import Case, FactKind, LimitationFact, Party
from casework.queries import page_memory
from casework.rules.limitation import Event

MOVING = ("INTERRUPT", "SUSPEND_START", "SUSPEND_END", "AGREE_TO_PERFORM")


@dataclass(frozen=True, slots=True)
class Known:
    """What is recorded for one worker. `still` is the newest day on which employment still ran."""

    ended_on: date | None
    knew_on: date | None
    still: date | None
    events: tuple[Event, ...]


def standing(case: Case, party: Party | None = None) -> list[LimitationFact]:
    """The facts that stand: of the whole case, and of that worker."""
    mine = {None, party.pk if party else None}
    return [
        row
        for row in page_memory.kept(f"facts:{case.pk}", lambda: _standing(case))
        if row.party_id in mine
    ]


def _standing(case: Case) -> list[LimitationFact]:
    rows = LimitationFact.objects.filter(case=case, voided_at__isnull=True)
    return list(rows.select_related("party__person").order_by("on", "id"))


def known_of(rows: Sequence[LimitationFact]) -> Known:
    """What one worker's facts say; a later day of the same kind replaces an earlier one.

    Employment that is recorded to run after its recorded end has not ended.
    """
    last = {row.kind: row.on for row in rows}
    ended, still = last.get(FactKind.ENDED), last.get(FactKind.STILL)
    if ended is not None and still is not None and still > ended:
        ended = None
    events = [
        Event(row.on, row.kind, row.cause, row.evidence) for row in rows if row.kind in MOVING
    ]
    return Known(ended, last.get(FactKind.KNEW), still, tuple(events))
