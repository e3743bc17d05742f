"""A signed link that opens exactly one referral for one liaison: 14 days, and nothing else.

The link alone proves nothing about the device: a device that this person has not used before asks
for a one-time code. Nothing is stored; a link dies with its day, its person's account or the pack.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing

from casework.matters import linkage

SALT, DEVICE = "wufang.liaison.link", "wufang.liaison.device"
DEVICE_DAYS = 180


@dataclass(frozen=True, slots=True)
class Link:
    """Whose link to which referral, and its last day."""

    referral_id: int
    user_id: int
    last_day: date


def make(*, referral_id: int, user_id: int, on: date) -> str:
    """A link for somebody to one referral, good from a day on."""
    last = on + timedelta(days=linkage()["link_days"])
    return signing.dumps([referral_id, user_id, last.isoformat()], salt=SALT)


def read(token: str, *, on: date) -> Link | None:
    """What a link opens; None if it is forged, changed or over."""
    try:
        referral_id, user_id, last = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    found = Link(int(referral_id), int(user_id), date.fromisoformat(last))
    return found if on <= found.last_day else None


def device_of(user_id: int, on: date) -> str:
    """What a device keeps that this person confirmed by a code."""
    last = on + timedelta(days=DEVICE_DAYS)
    return signing.dumps([user_id, last.isoformat()], salt=DEVICE)


def is_known(kept: str, user_id: int, on: date) -> bool:
    """Whether a device was confirmed by this very person, not too long ago."""
    try:
        who, last = signing.loads(kept, salt=DEVICE)
    except (signing.BadSignature, ValueError):
        return False
    return int(who) == user_id and on <= date.fromisoformat(last)
