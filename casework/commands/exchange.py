"""What a person does about events between systems that could not be delivered or used."""

from datetime import datetime

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.exchange.enclosed import ask_again
from casework.models import Enclosed, EnclosedState, Incoming, Outgoing, OutState, User


class NeedsNote(CommandRefused):
    """Say how it was settled: by telephone, on paper, with whom."""


class NotDead(CommandRefused):
    """This event does not wait for a person any more."""


@transaction.atomic
def send_again(row: Outgoing, *, by: User, at: datetime) -> None:
    """Try a dead letter again from now on. Raises: NotDead."""
    _dead(row)
    row.state, row.waiting_since, row.next_at, row.is_refused = OutState.WAITING, at, at, False
    row.save(update_fields=["state", "waiting_since", "next_at", "is_refused"])
    record(row.case, Kind.EXCHANGE_SETTLED, by=by, at=at, event=str(row.pk), how="sent again")


@transaction.atomic
def settle(row: Outgoing, *, note: str, by: User, at: datetime) -> None:
    """The other side was told by hand: the machine leaves it. Raises: NotDead, NeedsNote."""
    if not note.strip():
        raise NeedsNote(field="note")
    _dead(row)
    row.state, row.settled_by, row.settled_at, row.note = OutState.SETTLED, by, at, note[:240]
    row.save(update_fields=["state", "settled_by", "settled_at", "note"])
    record(row.case, Kind.EXCHANGE_SETTLED, by=by, at=at, event=str(row.pk), how=row.note)


@transaction.atomic
def note_refusal(row: Incoming, *, note: str, by: User, at: datetime) -> None:
    """Somebody has looked at an event that could not be used. Raises: NotDead, NeedsNote."""
    if not note.strip():
        raise NeedsNote(field="note")
    if row.case is not None:
        lock_case(row.case.pk)
    row.refresh_from_db()
    if row.state != "REFUSED" or row.settled_at is not None:
        raise NotDead
    row.settled_by, row.settled_at, row.note = by, at, note[:240]
    row.save(update_fields=["settled_by", "settled_at", "note"])
    if row.case is not None:
        record(row.case, Kind.EXCHANGE_SETTLED, by=by, at=at, event=row.event_id, how=row.note)


@transaction.atomic
def fetch_again(row: Enclosed, *, by: User, at: datetime) -> None:
    """Ask for a paper again that was refused or could not be fetched. Raises: NotDead."""
    _left(row)
    ask_again(row, at=at)
    record(
        row.case, Kind.EXCHANGE_SETTLED, by=by, at=at, event=str(row.pk), how="asked for again"
    )


@transaction.atomic
def settle_enclosed(row: Enclosed, *, note: str, by: User, at: datetime) -> None:
    """A paper came by another way, or is not needed. Raises: NotDead, NeedsNote."""
    if not note.strip():
        raise NeedsNote(field="note")
    _left(row)
    row.state, row.settled_by, row.settled_at = EnclosedState.SETTLED, by, at
    row.note = note[:240]
    row.save(update_fields=["state", "settled_by", "settled_at", "note"])
    record(row.case, Kind.EXCHANGE_SETTLED, by=by, at=at, event=str(row.pk), how=row.note)


@transaction.atomic
def enclosure_looked_at(row: Enclosed, *, by: User, at: datetime) -> None:
    """A person opened what another body enclosed: who and when stand in the ledger."""
    lock_case(row.case_id)
    record(row.case, Kind.EVIDENCE_VIEWED, by=by, at=at, sha256=row.promised, party="")


def _left(row: Enclosed) -> None:
    lock_case(row.case_id)
    row.refresh_from_db()
    if row.state not in (EnclosedState.REFUSED, EnclosedState.DEAD):
        raise NotDead


def _dead(row: Outgoing) -> None:
    lock_case(row.case_id)
    row.refresh_from_db()
    if row.state != OutState.DEAD:
        raise NotDead
