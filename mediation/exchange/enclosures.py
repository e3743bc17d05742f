"""Fetching what packs enclose: each paper and file once its hash is promised, again after pauses, never unchecked."""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction

from casework import clock
from casework.access.context import system
from casework.exchange.enclosed import HASH, is_open
from casework.exchange.peers import NoKey
from casework.models import Enclosed, EnclosedKind, EnclosedState, Peer, Strand
from documents import storage, virus
from mediation.exchange import client
from mediation.exchange.delivery import pause

logger = logging.getLogger(__name__)

PATH = "/api/v1/exchange/referrals/{subject}/"
PLACES = {EnclosedKind.PAPER: "papers", EnclosedKind.FILE: "files"}
LEASE = timedelta(minutes=5)
OK, NEVER_MORE = 200, (404, 410)
TYPES = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg"}
CLAIM = """
UPDATE casework_enclosed e SET next_at = %s FROM casework_strand s, casework_peer p
WHERE s.id = e.strand_id AND p.id = s.peer_id AND e.state = 'WAITING' AND e.next_at <= %s
AND p.is_open AND p.base_url <> '' AND (p.resting_until IS NULL OR p.resting_until <= %s)
RETURNING e.strand_id
"""


def claim(at: datetime) -> list[int]:
    """Lease the strands of which something is to be fetched; call in a transaction of the system's."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [at + LEASE, at, at])
        return sorted({row[0] for row in cursor.fetchall()})


def fetch(strand_id: int, now: Callable[[], datetime] = clock.now) -> int:
    """Fetch what a strand waits for, until the line fails; returns how many came. Holds no lock meanwhile."""
    came = 0
    with transaction.atomic(), system("exchange"):
        rows = list(
            Enclosed.objects.filter(strand_id=strand_id, state=EnclosedState.WAITING)
            .select_related("strand__peer", "inbound").order_by("id")
        )  # fmt: skip
    try:
        for row in _promised(rows, now):
            came += _fetch_one(row, now())
    except (client.NoAnswer, NoKey, virus.NotChecked) as error:
        _later(rows, str(error) or type(error).__name__, now())
    return came


def _promised(rows: list[Enclosed], now: Callable[[], datetime]) -> list[Enclosed]:
    """Those whose hash is known; papers learn theirs from their source's list, once they are printed."""
    shut = [row for row in rows if not is_open(row.inbound, clock.day(now()))]
    for row in shut:
        _end(row, EnclosedState.GONE, "the matter is closed")
    left = [row for row in rows if row not in shut]
    if bare := [row for row in left if not row.promised]:
        told = _list_of(bare[0].strand, now())
        for row in bare:
            _learn(row, told, now())
    return [row for row in left if row.promised and row.state == EnclosedState.WAITING]


def _list_of(strand: Strand, at: datetime) -> dict[str, Any] | None:
    """Hash and state of each paper as the source tells them; None if it gives nothing any more."""
    answer = _asked(strand.peer, _path(strand), at)
    if answer.status in NEVER_MORE:
        return None
    try:
        return {str(row["id"]): row for row in json.loads(answer.body)["papers"]}
    except (ValueError, KeyError, TypeError) as error:
        raise client.NoAnswer("the list of papers cannot be read") from error


def _learn(row: Enclosed, told: dict[str, Any] | None, at: datetime) -> None:
    if told is None or row.number not in told:
        _end(row, EnclosedState.GONE, "not in the open pack of its source")
        return
    named = told[row.number]
    digest = str(named.get("sha256", ""))
    if named.get("state") != "READY" or not HASH.fullmatch(digest):
        _later([row], "not printed yet", at)
        return
    row.promised = digest
    with transaction.atomic(), system("exchange"):
        row.save(update_fields=["promised"])


def _fetch_one(row: Enclosed, at: datetime) -> bool:
    """Ask for the bytes; keep them if they are what was promised, else refuse them and say so."""
    place = f"{_path(row.strand)}{PLACES[EnclosedKind(row.kind)]}/{quote(row.number, safe='')}/"
    answer = _asked(row.strand.peer, place, at)
    if answer.status in NEVER_MORE:
        return _end(row, EnclosedState.GONE, f"{answer.status}")
    found = hashlib.sha256(answer.body).hexdigest()
    if found != row.promised:
        return _end(
            row, EnclosedState.REFUSED, f"hash {found[:16]}, promised {row.promised[:16]}"
        )
    row.media_type = next((t for mark, t in TYPES.items() if answer.body.startswith(mark)), "")
    if not row.media_type:
        return _end(row, EnclosedState.REFUSED, "neither a PDF nor a photograph")
    try:
        virus.check(answer.body)
    except virus.Infected:
        return _end(row, EnclosedState.REFUSED, "the virus scanner refuses it")
    storage.write(answer.body, found)
    row.size, row.arrived_at = len(answer.body), at
    return _end(row, EnclosedState.HERE, "")


def _path(strand: Strand) -> str:
    """A referral's address at its source: the part of the subject after its sender's name."""
    return PATH.format(subject=quote(strand.subject.partition("/")[2], safe=""))


def _asked(peer: Peer, path: str, at: datetime) -> client.Answer:
    """An answer of the source's own that settles something. Raises: NoAnswer, NoKey."""
    answer = client.ask(peer, "GET", path, at=at)
    if not answer.is_theirs:
        raise client.NoAnswer(f"not signed: {answer.status}")
    if answer.status != OK and answer.status not in NEVER_MORE:
        raise client.NoAnswer(str(answer.status))
    return answer


def _end(row: Enclosed, state: EnclosedState, problem: str) -> bool:
    """Where it stands now; true if it came. What a person settled meanwhile stays settled."""
    row.state, row.problem = state, problem
    row.attempts += 1
    with transaction.atomic(), system("exchange"):
        Enclosed.objects.filter(pk=row.pk, state=EnclosedState.WAITING).update(
            state=state, problem=problem, attempts=row.attempts, media_type=row.media_type,
            size=row.size, arrived_at=row.arrived_at,
        )  # fmt: skip
    if state == EnclosedState.REFUSED:
        logger.error("enclosure %s was refused: %s", row.pk, problem)
    return state == EnclosedState.HERE


def _later(rows: list[Enclosed], problem: str, at: datetime) -> None:
    """Again after a pause that grows, those that have not come."""
    with transaction.atomic(), system("exchange"):
        for row in rows:
            if row.state == EnclosedState.WAITING:
                row.attempts += 1
                Enclosed.objects.filter(pk=row.pk, state=EnclosedState.WAITING).update(
                    attempts=row.attempts,
                    problem=problem[:240],
                    next_at=at + pause(row.attempts),
                )
