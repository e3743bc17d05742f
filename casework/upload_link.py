"""A one-time link by which a caller sends photographs from the own telephone: for two hours, for nothing else.

The link shows nothing of the case. It is signed; that it was made and that it ended stand in the ledger.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.core import signing

from casework.events import Kind
from casework.models import Event

SALT = "wufang.upload.link"
HOURS = 2
LASTS = timedelta(hours=HOURS)


@dataclass(frozen=True, slots=True)
class Link:
    """For which party of which case, until when, and by which mark the ledger knows it."""

    case_id: int
    party_id: int
    until: datetime
    mark: str


def fresh(*, case_id: int, party_id: int, at: datetime) -> Link:
    """A link that was never used."""
    until = (at + LASTS).replace(microsecond=0)
    return Link(case_id, party_id, until, token_urlsafe(9))


def token(link: Link) -> str:
    """The link's words for an address."""
    found = [link.case_id, link.party_id, link.until.isoformat(), link.mark]
    return signing.dumps(found, salt=SALT)


def read(words: str, *, at: datetime) -> Link | None:
    """What an address opens; None if it is forged, changed or over."""
    try:
        case_id, party_id, until, mark = signing.loads(words, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    link = Link(int(case_id), int(party_id), datetime.fromisoformat(until), str(mark))
    return link if at < link.until else None


def is_open(link: Link) -> bool:
    """Whether the ledger knows that it was made, and not that it ended (asked in the case's context)."""
    rows = Event.objects.filter(case_id=link.case_id, payload__mark=link.mark)
    kinds = set(rows.values_list("kind", flat=True))
    return kinds == {Kind.UPLOAD_LINK_MADE}
