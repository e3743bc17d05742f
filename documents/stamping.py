"""Trusted time (RFC 3161) for what must be dated beyond doubt: sealed agreements and bound files.

A stamp is asked for when the bytes exist, and waits in a queue while the authority is silent: nobody's
work waits for it. Without `WUFANG_TIME_STAMPS` there are none.
"""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from documents.models import PaperState, TimeStamp
from documents.signing import providers

ALGORITHM = "sha256"
STAMPED = ("D14",)  # once the seal is on it

after_ask: Callable[[int], None] | None = None  # takes the stamp's id


class NoStamp(ConnectionError):
    """The time-stamp authority gave no stamp that holds: it is asked again later."""


@transaction.atomic
def ask(sha256: str, *, at: datetime) -> TimeStamp | None:
    """Have bytes stamped, once; None when no authority is under contract."""
    if not settings.WUFANG_TIME_STAMPS:
        return None
    row, made = TimeStamp.objects.get_or_create(sha256=sha256, defaults={"asked_at": at})
    if made and after_ask is not None:
        after_ask(row.pk)
    return row


def fetch(stamp_id: int) -> TimeStamp:
    """Ask the authority; done twice it is done once. Raises: NoStamp, the reason kept on the row."""
    row = TimeStamp.objects.get(pk=stamp_id)
    if row.state == PaperState.READY:
        return row
    try:
        token = _token(bytes.fromhex(row.sha256))
        told = read(token, row.sha256)
    except (OSError, ValueError) as silence:
        row.tries, row.failure = row.tries + 1, (str(silence) or "no answer")[:240]
        row.save(update_fields=["tries", "failure"])
        raise NoStamp(row.failure) from silence
    row.state, row.token, row.failure = PaperState.READY, token, ""
    row.stamped_at, row.stamped_by = told
    row.save(update_fields=["state", "token", "failure", "stamped_at", "stamped_by"])
    return row


def read(token: bytes, sha256: str) -> tuple[datetime, str]:
    """When, and by whom, a stamp was put on these bytes. Raises: NoStamp when it does not hold.

    Whether that authority is to be trusted is for the reader: `openssl ts -verify` with its root.
    """
    from asn1crypto import cms
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko_certvalidator import ValidationContext

    digest, no_root = bytes.fromhex(sha256), ValidationContext(trust_roots=[])
    try:
        signed = cms.ContentInfo.load(token)["content"]
        found = asyncio.run(validate_tst_signed_data(signed, no_root, lambda _name: digest))
    except (SignatureValidationError, ValueError, TypeError, KeyError) as wrong:
        raise NoStamp(f"the answer is no time stamp: {wrong}") from wrong
    if not (found["intact"] and found["valid"]):
        raise NoStamp("the stamp is not for these bytes, or its signature does not hold")
    name = found["signing_cert"].subject.native.get("common_name", "")
    return found["timestamp"], str(name)


def _token(digest: bytes) -> bytes:
    from pyhanko.sign.timestamps import TimestampRequestError

    stamper: Any = providers.house_time().stamper()
    if stamper is None:
        raise NoStamp("WUFANG_TIME_STAMPS names no authority")
    try:
        return bytes(asyncio.run(stamper.async_timestamp(digest, ALGORITHM)).dump())
    except (TimestampRequestError, TimeoutError) as silence:
        raise NoStamp(str(silence) or "no answer in time") from silence


def of_bytes(sha256: str) -> TimeStamp | None:
    """The stamp on these bytes, waiting or there."""
    return TimeStamp.objects.filter(sha256=sha256).first() if sha256 else None


def of_all(sums: Collection[str]) -> dict[str, TimeStamp]:
    """The stamps on several bytes, by their sum."""
    rows = TimeStamp.objects.filter(sha256__in=[each for each in sums if each])
    return {row.sha256: row for row in rows}


def waiting(before: datetime) -> list[int]:
    """Stamps asked for before an instant that are not there yet, the oldest first."""
    rows = TimeStamp.objects.filter(state=PaperState.PENDING, asked_at__lt=before)
    return list(rows.order_by("asked_at").values_list("pk", flat=True)[:200])
