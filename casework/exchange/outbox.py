"""The outbox: what another system must hear is written in the transaction of the act itself."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused
from casework.events import plain
from casework.exchange import envelope
from casework.exchange.peers import peer_behind
from casework.ids import new_id
from casework.models import Outgoing, OutState, Pack, Peer, Referral, Strand

WITH_DATA = ("offered", "supplemented")


class NotACase(CommandRefused):
    """Nothing is known here yet of which we could speak."""


@transaction.atomic
def tell(strand: Strand, kind: str, *, at: datetime, **data: Any) -> Outgoing:
    """Say something about a referral: the next event of its strand. Call under the case's lock."""
    strand = Strand.objects.select_for_update(no_key=True).get(pk=strand.pk)
    if strand.case_id is None:
        raise NotACase
    strand.said += 1
    strand.save(update_fields=["said"])
    number = new_id()
    body = envelope.write(
        envelope.Said(
            node=envelope.our_node(), id=str(number), subject=strand.subject, seq=strand.said,
            kind=kind, at=at, data=plain(data),
        )
    )  # fmt: skip
    return Outgoing.objects.create(
        id=number, peer_id=strand.peer_id, strand=strand, case_id=strand.case_id, seq=strand.said,
        kind=kind, body=body.decode(), sha256=hashlib.sha256(body).hexdigest(), made_at=at,
        waiting_since=at, next_at=at,
    )  # fmt: skip


def offer(referral: Referral, pack: Pack, *, at: datetime) -> None:
    """Tell the receiving office's system of a referral, if it has one."""
    peer = peer_behind(referral.agency)
    if peer is None or Strand.objects.filter(referral=referral).exists():
        return
    strand = Strand.objects.create(
        peer=peer, subject=f"{envelope.our_node()}/{referral.pk}", case_id=referral.case_id,
        referral=referral,
    )  # fmt: skip
    tell(strand, "offered", at=at, pack=pack_of(pack), **head_of(referral))


def tell_of(referral: Referral, kind: str, *, at: datetime, **data: Any) -> None:
    """Say something about a referral of ours, if the receiving office's system knows of it."""
    strand = Strand.objects.filter(referral=referral).first()
    if strand is None:
        return
    if kind == "withdrawn":
        hold_back(strand)
    tell(strand, kind, at=at, **data)


def hold_back(strand: Strand) -> int:
    """What has not arrived yet no longer leaves: its data are taken out, its place is kept.

    Source: 《个人信息保护法》第十五条, 第二十三条 (consent withdrawn stops what is still to be sent).
    """
    rows = Outgoing.objects.filter(
        strand=strand, kind__in=WITH_DATA, state__in=[OutState.WAITING, OutState.DEAD]
    )
    for row in rows:
        said = envelope.read(row.body.encode())
        body = envelope.write(replace(said, data={"withheld": True}))
        row.body, row.sha256 = body.decode(), hashlib.sha256(body).hexdigest()
        row.save(update_fields=["body", "sha256"])
    return len(rows)


def head_of(referral: Referral) -> dict[str, Any]:
    """What is asked of whom, without the pack."""
    district = referral.case.district
    return {
        "number": referral.number, "matter": referral.matter, "asked": referral.asked,
        "side_track": referral.side_track, "hop": referral.hop,
        "office": referral.office.name, "window": referral.office.window,
        "district": district.name if district else "",
        "collective": referral.case.is_collective, "classes": referral.case.classes,
        "cause": referral.case.main_cause,
        "sent_on": referral.sent_at.isoformat() if referral.sent_at else "",
    }  # fmt: skip


def pack_of(pack: Pack) -> dict[str, Any]:
    """The frozen pack as it leaves: fields, hash, purpose, expiry, papers by id."""
    return {
        "number": pack.number, "purpose": pack.purpose, "sha256": pack.sha256,
        "ledger_head": pack.ledger_head, "expires_on": pack.expires_on,
        "fields": pack.fields, "papers": pack.papers,
    }  # fmt: skip


def still_waiting(peer: Peer) -> int:
    """How many events wait to be delivered to a peer."""
    return Outgoing.objects.filter(peer=peer, state="WAITING").count()
