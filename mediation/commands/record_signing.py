"""The printed record (D12) comes back from the table: read back, signed on every page, scanned."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from casework.commands import hearing_signed
from casework.models import Session, User
from documents import storage, uploads
from documents.models import Life, Paper


def pages_of(session: Session) -> int:
    """How many pages the record in force has; 0 while it is being printed."""
    rows = Paper.objects.filter(
        case_id=session.case_id, code="D12", subject_id=session.pk, life=Life.VALID
    )
    found = rows.order_by("-id").first()
    return found.pages if found else 0


@transaction.atomic
def sign_record(
    session: Session,
    *,
    read_back: str,
    signed_by: Sequence[str],
    pages: int,
    why: str,
    scan: tuple[str, bytes] | None,
    by: User,
    at: datetime,
) -> Session:
    """Write it down. Raises: NotBegun, SignedAlready, PagesDiffer, SideDidNotSign, NotAPictureOrPdf, TooBig."""
    proof = ("", "")
    if scan:
        made = uploads.cleaned(scan[1]).data
        proof = (hashlib.sha256(made).hexdigest(), scan[0])
        storage.write(made, proof[0])
    return hearing_signed.sign_record(
        session, read_back=read_back, signed_by=signed_by, pages=pages, printed=pages_of(session),
        why=why, proof=proof, by=by, at=at,
    )  # fmt: skip
