"""A signed link that opens exactly one version of an agreement for one party, to read and to sign it.

It proves nothing about who holds it: a one-time code to the number on file opens it, another one signs. It dies
with its day, and with the version: another text is another link.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing

SALT = "wufang.agreement.link"


@dataclass(frozen=True, slots=True)
class SignLink:
    """Whose link, to which frozen text, and its last day."""

    case_id: int
    agreement_id: int
    party_id: int
    content: str
    last_day: date


def make(
    *, case_id: int, agreement_id: int, party_id: int, content_sha256: str, on: date, days: int
) -> str:
    """A link for a party to one frozen text, good for some days."""
    last = on + timedelta(days=days)
    held = [case_id, agreement_id, party_id, content_sha256, last.isoformat()]
    return signing.dumps(held, salt=SALT)


def read(token: str, *, on: date) -> SignLink | None:
    """What a link opens; None if it is forged, changed or over."""
    try:
        case_id, agreement_id, party_id, content, last = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    found = SignLink(
        int(case_id), int(agreement_id), int(party_id), str(content), date.fromisoformat(last)
    )
    return found if on <= found.last_day else None
