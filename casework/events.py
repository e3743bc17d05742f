"""The ledger: one way to write, one way to verify. Nothing happens because of a row."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import connection

from casework import clock
from casework.ids import new_id
from casework.kinds import Kind
from casework.models import Case, Event, User
from casework.together import known, later, read, remember, write_waiting

__all__ = ["Kind", "NotWritable", "head_of", "plain", "record", "verify"]

# What reads the ledger or its head, as statements name it.
LEDGER = ("casework_event", "chain_", "append_event")


class NotWritable(TypeError):
    """An event's payload holds text, numbers, dates and sums only."""


def record(
    case: Case,
    kind: Kind,
    *,
    by: User | str | None,
    at: datetime,
    sealed: bool = False,
    **payload: Any,
) -> Event:
    """Write one event into the case's ledger, under the case's context.

    `by`: a person, None for the system, or the name of somebody outside. The payload never holds an
    identity number or a full telephone number. Raises: NotWritable.
    """
    user = by if isinstance(by, User) else None
    event = Event(
        id=new_id(), case=case, kind=kind, at=at, recorded_at=clock.now(), sealed=sealed,
        by_id=user.pk if user else None, by_name=str(by or ""),
        by_role=user.role if user else "", payload=plain(payload),
    )  # fmt: skip
    later("events", LEDGER, event, _append)
    return event


def head_of(case_id: int) -> bytes:
    """The hash of the newest event of a case's ledger: of this act's own last one, if it wrote any."""
    write_waiting("events")
    return read(("no table",), ("head", case_id), lambda: _stored_head(case_id))


def _stored_head(case_id: int) -> bytes:
    """Nobody else writes to the ledger of a case that this act holds: its locked row knows the head."""
    locked = known(("casework_case",), ("lock", case_id))
    if locked is not None:
        return bytes(locked.chain_head)
    return bytes(Case.objects.values_list("chain_head", flat=True).get(pk=case_id))


def verify(case_id: int) -> list[str]:
    """What is wrong with the chain of a case: empty if nothing is. Works in any context."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT chain_problems(%s)", [case_id])
        return [row[0] for row in cursor.fetchall()]


def empty_ledger(case_id: int) -> int:
    """Take the words out of a destroyed file's ledger; answers of how many entries. Kinds, times and hashes stay.

    The database refuses for a file that stands. Call in the context of the system.
    """
    write_waiting("events")
    with connection.cursor() as cursor:
        cursor.execute("SELECT empty_ledger(%s)", [case_id])
        return int(cursor.fetchone()[0])


def plain(value: Any) -> Any:
    """A value as JSON can hold it: sums and dates as text. Raises: NotWritable."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    raise NotWritable(type(value).__name__)


def _append(events: list[Event]) -> None:
    """Append events in their order, in one statement; each learns its number and its hash."""
    row = "(%s::bigint,%s::bigint,%s,%s::timestamptz,%s::timestamptz,%s::bigint,%s,%s,%s::boolean,%s::jsonb)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, new.new_seq, new.new_hash FROM (VALUES {','.join([row] * len(events))}"  # noqa: S608
            ") AS e (id, kase, kind, at, recorded, by_id, by_name, by_role, sealed, payload),"
            " LATERAL append_event(id, kase, kind, at, recorded, by_id, by_name, by_role, sealed,"
            " payload) AS new",
            [value for event in events for value in _values(event)],
        )
        found = {number: (seq, digest) for number, seq, digest in cursor.fetchall()}
    for event in events:
        seq, digest = found[event.pk]
        event.seq, event.hash = seq, bytes(digest)
        event.case.chain_seq, event.case.chain_head = event.seq, event.hash
        remember(("no table",), ("head", event.case_id), event.hash)


def _values(event: Event) -> list[Any]:
    return [
        event.pk, event.case_id, str(event.kind), event.at, event.recorded_at, event.by_id,
        event.by_name, event.by_role, event.sealed, json.dumps(event.payload, ensure_ascii=False),
    ]  # fmt: skip
