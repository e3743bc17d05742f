"""The inbox: an event is kept before it is applied, once, and applied in its turn."""

import hashlib
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from casework.exchange import envelope
from casework.exchange.envelope import Said
from casework.models import Incoming, InState, Nonce, Peer, Strand

KEPT = timedelta(minutes=15)
PATIENCE = timedelta(minutes=2)  # then the sweep looks for itself whether its job was lost


class Replayed(Exception):
    """This nonce was used before: send the event again with a fresh one."""


class NotTheirs(Exception):
    """The event names another source than the key, or another system's referral."""


class PlaceTaken(Exception):
    """Another event stands at this place of the sequence."""


def spend(peer: Peer, nonce: str, *, at: datetime) -> None:
    """Use a nonce up, in the transaction of what it lets in. Raises: Replayed."""
    try:
        with transaction.atomic():
            Nonce.objects.create(peer=peer, nonce=nonce, at=at)
    except IntegrityError as error:
        raise Replayed(Replayed.__doc__) from error


def forget_nonces(at: datetime) -> int:
    """Forget nonces whose requests the time window refuses anyway."""
    return Nonce.objects.filter(at__lt=at - KEPT).delete()[0]


@transaction.atomic
def keep(peer: Peer, body: bytes, *, at: datetime) -> tuple[Incoming, bool]:
    """Keep an event of a peer; the same id again is the same event. True if it is new.

    Raises: NotAnEvent, NotTheirs, PlaceTaken.
    """
    said = envelope.read(body)
    digest = hashlib.sha256(body).hexdigest()
    if said.node != peer.node:
        raise NotTheirs(NotTheirs.__doc__)
    known = Incoming.objects.filter(peer=peer, event_id=said.id).first()
    if known is not None:  # its data may have been taken out since: the first one counts
        return known, False
    strand = _strand(peer, said)
    try:
        with transaction.atomic():
            made = Incoming.objects.create(
                peer=peer, strand=strand, case_id=strand.case_id, event_id=said.id, seq=said.seq,
                kind=said.kind, body=body.decode(), sha256=digest, received_at=at, look_at=at + PATIENCE,
            )  # fmt: skip
    except IntegrityError as error:
        twin = Incoming.objects.filter(peer=peer, event_id=said.id).first()
        if twin is None:
            raise PlaceTaken(PlaceTaken.__doc__) from error
        return twin, False
    Peer.objects.filter(pk=peer.pk).update(heard_at=at)
    return made, True


def _strand(peer: Peer, said: Said) -> Strand:
    """The strand that an event belongs to: ours, or theirs (made by whichever event comes first)."""
    found = Strand.objects.filter(peer=peer, subject=said.subject).first()
    theirs = said.subject.startswith(f"{peer.node}/")
    ours = said.subject.startswith(f"{envelope.our_node()}/")
    if found is None and not theirs:
        raise NotTheirs(NotTheirs.__doc__)
    allowed = envelope.FROM_SENDER if theirs else envelope.FROM_RECEIVER
    if not (theirs or ours) or said.kind not in (*allowed, *envelope.FROM_BOTH):
        raise NotTheirs(NotTheirs.__doc__)
    return found or Strand.objects.get_or_create(peer=peer, subject=said.subject)[0]


def next_of(strand: Strand) -> Incoming | None:
    """The event whose turn it is on a strand, if it has come."""
    return Incoming.objects.filter(
        strand=strand, seq=strand.heard + 1, state=InState.WAITING
    ).first()


def said_in(row: Incoming) -> Said:
    """What a kept event says."""
    return envelope.read(row.body.encode())
