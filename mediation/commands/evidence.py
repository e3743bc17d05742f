"""Evidence that a side hands to a person of the house: cleaned, hashed, stored, listed."""

import hashlib
from datetime import datetime

from casework.commands import evidence as file
from casework.models import Case, Evidence, Party, Session, SessionState, Side, User
from documents import storage, uploads


def take_in(
    case: Case,
    party: Party,
    *,
    data: bytes,
    name: str,
    title: str,
    source: str,
    is_original: bool,
    by: User,
    at: datetime,
    is_application: bool = False,
) -> Evidence:
    """Keep a file: the hash of what came and of what is kept. Raises: NotAPictureOrPdf, TooBig."""
    made = uploads.cleaned(data)
    digest = hashlib.sha256(made.data).hexdigest()
    storage.write(made.data, digest)
    return file.take_in(
        case, party, title=title, source=source, is_original=is_original, media_type=made.media_type,
        size=len(made.data), pages=made.pages, sha256=digest,
        received_sha256=hashlib.sha256(data).hexdigest(), name=name, by=by, at=at,
        is_application=is_application,
    )  # fmt: skip


def show(row: Evidence, *, side: str, by: User, at: datetime) -> None:
    """Shown to a side: in the session of the day if there is one."""
    sessions = Session.objects.filter(case=row.case, starts_at__lte=at).exclude(
        state=SessionState.CANCELLED
    )
    file.show(row, side=Side(side), session=sessions.order_by("-number").first(), by=by, at=at)
