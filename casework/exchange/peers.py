"""Peers as data: added, changed, closed; their keys made, installed, rotated with an overlap."""

import ipaddress
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction

from casework.commands.base import CommandRefused
from casework.models import Agency, Direction, District, Office, Peer, PeerKey, User

OVERLAP = timedelta(days=7)
LEAST_SECRET = 32
LIAISONS = {
    "COURT": "court_liaison", "PROCURATORATE": "procuratorate_liaison", "HRSS": "hrss_liaison",
    "JUSTICE": "justice_liaison",
}  # fmt: skip


class BadAddress(CommandRefused):
    """The address must begin with https:// (http:// only on this machine), without user, query or fragment."""


class ShortSecret(CommandRefused):
    """A key has at least 32 characters."""


class NoKey(CommandRefused):
    """No key that may sign is stored for this peer: install one."""


@transaction.atomic
def add_peer(
    agency: Agency,
    *,
    node: str,
    base_url: str,
    direction: str,
    district: District | None,
    at: datetime,
) -> Peer:
    """A new peer with the account of its program. Raises: BadAddress."""
    role = LIAISONS.get(agency.code, "partner_union")
    user = User.objects.create(
        username=f"peer-{node}"[:40], display_name=f"{agency.short}系统", roles=[role]
    )
    return Peer.objects.create(
        agency=agency, node=node, direction=direction, district=district, role=role, user=user,
        base_url=clean_address(base_url) if direction == Direction.PUSH else "",
        made_at=at, reconcile_at=at + timedelta(days=1),
    )  # fmt: skip


def clean_address(text: str) -> str:
    """An address without a slash at its end. Raises: BadAddress."""
    parts = urlsplit(text.strip())
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    safe = parts.scheme == "https" or (parts.scheme == "http" and _here(parts.hostname or ""))
    if not (plain and safe and parts.hostname):
        raise BadAddress(field="base_url")
    return text.strip().rstrip("/")


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@transaction.atomic
def make_key(peer: Peer, *, at: datetime) -> tuple[PeerKey, str]:
    """A fresh key and its secret (shown once, carried to the other side by hand).

    The first key signs at once. A later one signs as soon as the other side has used it.
    """
    secret = secrets.token_urlsafe(48)
    first = not peer.keys.filter(proved_at__isnull=False).exists()
    row = PeerKey.objects.create(
        peer=peer, name=secrets.token_hex(8), secret=secret, made_at=at,
        proved_at=at if first else None,
    )  # fmt: skip
    return row, secret


@transaction.atomic
def install_key(peer: Peer, *, name: str, secret: str, at: datetime) -> PeerKey:
    """The key that the other side made: it holds it already, so it signs from now on.

    Raises: ShortSecret.
    """
    if len(secret) < LEAST_SECRET:
        raise ShortSecret
    row = PeerKey.objects.create(peer=peer, name=name[:32], secret=secret, made_at=at)
    prove(row, at=at)
    return row


@transaction.atomic
def prove(key: PeerKey, *, at: datetime) -> None:
    """The other side holds this key: it signs from now on, older ones end after the overlap."""
    if key.proved_at is not None:
        return
    key.proved_at = at
    key.save(update_fields=["proved_at"])
    PeerKey.objects.filter(peer_id=key.peer_id, pk__lt=key.pk, ends_at__isnull=True).update(
        ends_at=at + OVERLAP
    )


def signing_key(peer: Peer, *, at: datetime) -> PeerKey:
    """The newest key that the other side has proved to hold. Raises: NoKey."""
    rows = peer.keys.filter(proved_at__isnull=False).order_by("-id")
    found = next((row for row in rows if row.ends_at is None or row.ends_at > at), None)
    if found is None:
        raise NoKey
    return found


def accepted_key(name: str, *, at: datetime) -> PeerKey | None:
    """The key of this name, unless it has ended or its peer is closed."""
    row = PeerKey.objects.select_related("peer__user").filter(name=name).first()
    if row is None or not row.peer.is_open or (row.ends_at is not None and row.ends_at <= at):
        return None
    return row


def peer_behind(agency: Agency) -> Peer | None:
    """The open peer of an agency that is at hand."""
    found: Peer | None = getattr(agency, "peer", None)
    return found if found is not None and found.is_open else None


def desk_of(peer: Peer, office: Office) -> User:
    """Who signs and answers at an office whose system does it: one account an office."""
    made, _fresh = User.objects.get_or_create(
        username=f"peer-{office.pk}",
        defaults={
            "display_name": f"{peer.agency.short}系统"[:40], "roles": [peer.role], "office": office,
        },
    )  # fmt: skip
    return made
