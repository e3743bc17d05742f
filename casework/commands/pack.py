"""Packs: frozen, hashed, counter-signed by the office that receives them, closed when nobody needs them."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from casework import clock
from casework.commands.base import CommandRefused
from casework.events import head_of
from casework.matters import linkage
from casework.models import Pack, Referral, User
from casework.queries.disclosure import fields_for, shown_to
from casework.together import made_here

Papers = Sequence[dict[str, Any]]


class NothingToSend(CommandRefused):
    """There is no pack to sign for."""


def freeze_pack(referral: Referral, *, papers: Papers, at: datetime) -> Pack:
    """The snapshot of what this office may see, with its hash. A new pack closes the one before."""
    before = (
        []
        if made_here(referral.pk)
        else list(referral.packs.values_list("closed_at", flat=True))
    )
    made = Pack(
        referral=referral, number=len(before) + 1, purpose=referral.matter,
        fields=fields_for(referral, shown_to(referral)), papers=list(papers),
        paper_ids=[int(row["id"]) for row in papers], ledger_head=head_of(referral.case_id).hex(),
        made_at=at, expires_on=clock.day(at) + timedelta(days=linkage()["pack_days"]),
    )  # fmt: skip
    made.sha256 = hash_of(made)
    if None in before:
        close_packs(referral, why="replaced", at=at)
    made.save()
    return made


def hash_of(pack: Pack) -> str:
    """SHA-256 over everything that the pack promises: what, for what, until when, after which event."""
    promised = {
        "referral": str(pack.referral_id), "number": pack.number, "purpose": pack.purpose,
        "fields": pack.fields, "papers": pack.papers, "ledger_head": pack.ledger_head,
        "made_at": pack.made_at.astimezone(clock.SHANGHAI).isoformat(),
        "expires_on": pack.expires_on.isoformat(),
    }  # fmt: skip
    text = json.dumps(promised, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def close_packs(referral: Referral, *, why: str, at: datetime) -> int:
    """Nobody outside reads the packs of a referral any more; returns how many were open."""
    open_now = Pack.objects.filter(referral=referral, closed_at__isnull=True)
    return open_now.update(closed_at=at, closed_why=why)


def newest(referral: Referral) -> Pack:
    """The newest pack of a referral. Raises: NothingToSend."""
    pack = referral.packs.order_by("-number").first()
    if pack is None:
        raise NothingToSend
    return pack


def countersign(referral: Referral, *, by: User, at: datetime) -> Pack:
    """The office's receipt for the newest pack: bound to its hash and to the ledger's present head.

    A receipt that is there stays. Raises: NothingToSend.
    """
    pack = newest(referral)
    if pack.receipt:
        return pack
    pack.receipt_head, pack.receipt_at, pack.receipt_by = (
        head_of(referral.case_id).hex(),
        at,
        by,
    )
    pack.receipt = _signed(pack)
    pack.save(update_fields=["receipt", "receipt_head", "receipt_at", "receipt_by"])
    return pack


def receipt_holds(pack: Pack) -> bool:
    """Whether a pack is as it was frozen and its receipt was given for it, in this installation."""
    genuine = hmac.compare_digest(hash_of(pack), pack.sha256)
    return genuine and bool(pack.receipt) and hmac.compare_digest(_signed(pack), pack.receipt)


def _signed(pack: Pack) -> str:
    at = pack.receipt_at.astimezone(clock.SHANGHAI).isoformat() if pack.receipt_at else ""
    message = f"{pack.sha256}:{pack.receipt_head}:{pack.receipt_by_id}:{at}".encode()
    return hmac.new(_key(settings.WUFANG_INDEX_KEY), message, hashlib.sha256).hexdigest()


@cache
def _key(house: bytes) -> bytes:
    """This installation's key for receipts, drawn from its key for indexes, which never changes."""
    return HKDF(SHA256(), 32, salt=None, info=b"wufang receipt v1").derive(house)
