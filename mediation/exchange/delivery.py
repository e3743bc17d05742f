"""Delivering the outbox: in order, again after pauses of 1 minute to 6 hours, with a person's alarm after 72 hours."""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from casework import clock
from casework.access.context import system
from casework.exchange.inbox import forget_nonces
from casework.exchange.peers import NoKey
from casework.models import Enclosed, EnclosedState, Outgoing, OutState, Peer
from mediation.exchange import client

logger = logging.getLogger(__name__)

PATH = "/api/v1/exchange/events/"
LONGEST_PAUSE = timedelta(hours=6)
DEAD_AFTER = timedelta(hours=72)
LEASE = timedelta(minutes=5)
BATCH = 20
MOST_SECONDS = 60.0
MANY_FAILURES = 5  # in a row: the peer rests, not only the event
GOOD = (200, 202)
NEVER = (400, 413, 422)  # it will not be taken as it is

CLAIM = """
UPDATE casework_peer p SET leased_until = %s WHERE p.is_open AND p.direction = 'PUSH'
AND (p.resting_until IS NULL OR p.resting_until <= %s)
AND (p.leased_until IS NULL OR p.leased_until <= %s)
AND EXISTS (SELECT 1 FROM casework_outgoing o
            WHERE o.peer_id = p.id AND o.state = 'WAITING' AND o.next_at <= %s)
RETURNING p.id
"""


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries: doubling from one minute to six hours, a tenth at random."""
    first = timedelta(seconds=float(settings.WUFANG_EXCHANGE_PAUSE))
    doubled: int = 1 << min(tries - 1, 20)
    return min(LONGEST_PAUSE, first * doubled) * (0.9 + secrets.randbelow(1000) / 10_000)


def claim(at: datetime) -> list[int]:
    """Lease the peers to which something is due; call in a transaction of the system's."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [at + LEASE, at, at, at])
        return [row[0] for row in cursor.fetchall()]


def bury(at: datetime) -> int:
    """What could not be delivered for 72 hours becomes a dead letter: a person is told."""
    rows = Outgoing.objects.filter(
        state=OutState.WAITING, waiting_since__lt=at - DEAD_AFTER, peer__direction="PUSH"
    )
    count = rows.update(state=OutState.DEAD)
    if count:
        logger.error("%s events could not be delivered for 72 hours", count)
    return count


def bury_enclosed(at: datetime) -> int:
    """What could not be fetched from a peer for 72 hours is left: a person is told."""
    rows = Enclosed.objects.filter(
        state=EnclosedState.WAITING, waiting_since__lt=at - DEAD_AFTER
    )
    return rows.update(state=EnclosedState.DEAD)


def tidy(at: datetime) -> None:
    """What a sweep does once a minute."""
    with transaction.atomic(), system("exchange"):
        bury(at)
        bury_enclosed(at)
        forget_nonces(at)


def deliver(peer_id: int, now: Callable[[], datetime] = clock.now) -> int:
    """Deliver what is due to one peer, oldest first; returns how many arrived."""
    begun, arrived = time.monotonic(), 0
    while rows := _due(peer_id, now()):
        arrived += sum(found := [*_delivered(rows, begun, now)])
        if len(found) < len(rows) or _rests(peer_id, now()):
            break
    with transaction.atomic(), system("exchange"):
        Peer.objects.filter(pk=peer_id).update(leased_until=None)
    return arrived


def _delivered(
    rows: list[Outgoing], begun: float, now: Callable[[], datetime]
) -> Iterator[bool]:
    """Whether each event arrived, until the time is over or the peer has to rest."""
    for row in rows:
        if time.monotonic() - begun > MOST_SECONDS:
            return
        came = deliver_one(row, at=now())
        yield came
        if not came and _rests(row.peer_id, now()):
            return


def _due(peer_id: int, at: datetime) -> list[Outgoing]:
    """A handful at a time: who is not leased to us may settle or refuse what we have not sent yet."""
    with transaction.atomic(), system("exchange"):
        rows = Outgoing.objects.filter(
            peer_id=peer_id, state=OutState.WAITING, next_at__lte=at
        ).order_by("id")
        return list(rows.select_related("peer")[:BATCH])


def _rests(peer_id: int, at: datetime) -> bool:
    with transaction.atomic():
        return Peer.objects.filter(pk=peer_id, resting_until__gt=at).exists()


def deliver_one(row: Outgoing, *, at: datetime) -> bool:
    """Try one event once. No lock is held while the other side is asked; true if it arrived."""
    try:
        answer = client.ask(row.peer, "POST", PATH, row.body.encode(), at=at)
    except (client.NoAnswer, NoKey) as error:
        return _failed(row, str(error), at=at)
    if answer.status in GOOD and answer.is_theirs:
        return _arrived(row, at=at)
    words = f"{answer.status} {answer.body[:160].decode('utf-8', 'replace')}"
    if not answer.is_theirs:
        return _failed(row, f"not signed: {words}", at=at)
    return _failed(row, words, at=at, never=answer.status in NEVER)


def _arrived(row: Outgoing, *, at: datetime) -> bool:
    with transaction.atomic(), system("exchange"):
        Outgoing.objects.filter(pk=row.pk).exclude(state=OutState.SETTLED).update(
            state=OutState.DELIVERED, delivered_at=at, attempts=F("attempts") + 1, problem=""
        )
        peer = Peer.objects.filter(pk=row.peer_id)
        if peer.filter(failures=0).update(delivered_at=at) == 0:
            peer.update(delivered_at=at, failures=0, resting_until=None)
            revive(row.peer_id, at=at)
    return True


def revive(peer_id: int, *, at: datetime) -> int:
    """The peer answers again: its dead letters are tried again, but those that it refused."""
    Enclosed.objects.filter(strand__peer_id=peer_id, state=EnclosedState.DEAD).update(
        state=EnclosedState.WAITING, waiting_since=at, next_at=at
    )
    rows = Outgoing.objects.filter(peer_id=peer_id, state=OutState.DEAD, is_refused=False)
    return rows.update(state=OutState.WAITING, waiting_since=at, next_at=at)


def _failed(row: Outgoing, problem: str, *, at: datetime, never: bool = False) -> bool:
    with transaction.atomic(), system("exchange"):
        mine = Outgoing.objects.filter(pk=row.pk, state=OutState.WAITING)
        mine.update(
            attempts=F("attempts") + 1,
            problem=problem[:240],
            next_at=at + pause(row.attempts + 1),
        )
        if never:
            mine.update(state=OutState.DEAD, is_refused=True)
            logger.error("event %s was refused for good: %s", row.pk, problem[:80])
            return False
        peer = Peer.objects.select_for_update(no_key=True).get(pk=row.peer_id)
        peer.failures += 1
        if peer.failures >= MANY_FAILURES:
            peer.resting_until = at + pause(peer.failures - MANY_FAILURES + 1)
        peer.save(update_fields=["failures", "resting_until"])
    return False
