"""Evidence: taken in with its hash and pages, shown to a side, looked at; each leaves its trace."""

from datetime import datetime

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Evidence, EvidenceShown, Party, Session, Side, User


class TakenBack(CommandRefused):
    """This item was taken back: it is not shown any more."""


class ShownAlready(CommandRefused):
    """This side was shown it already."""


@transaction.atomic
def take_in(
    case: Case,
    party: Party,
    *,
    title: str,
    source: str,
    is_original: bool,
    media_type: str,
    size: int,
    pages: int,
    sha256: str,
    received_sha256: str,
    name: str,
    by: User,
    at: datetime,
    is_application: bool = False,
) -> Evidence:
    """An item that a side gave to a person of the house; the same bytes of the same side are kept once."""
    lock_case(case.pk)
    known = Evidence.objects.filter(
        case=case, party=party, received_sha256=received_sha256, taken_back_at=None
    ).first()
    if known is not None:
        return known
    row = Evidence.objects.create(
        case=case, party=party, name=name[:80], title=title, source=source, is_original=is_original,
        media_type=media_type, size=size, pages=pages, sha256=sha256,
        received_sha256=received_sha256, made_at=at, entered_by=by, is_application=is_application,
    )  # fmt: skip
    record(case, Kind.EVIDENCE_RECEIVED, by=by, at=at, party=party.ref, sha256=sha256, pages=pages,
           title=title, original=is_original)  # fmt: skip
    return row


@transaction.atomic
def show(
    row: Evidence, *, side: Side, session: Session | None, by: User, at: datetime
) -> EvidenceShown:
    """An item was shown to a side, in a session or outside one. Raises: TakenBack, ShownAlready."""
    lock_case(row.case_id)
    row.refresh_from_db()
    if row.taken_back_at is not None:
        raise TakenBack(field="item")
    if EvidenceShown.objects.filter(evidence=row, side=side).exists():
        raise ShownAlready(field="side")
    made = EvidenceShown.objects.create(
        case=row.case, evidence=row, side=side, session=session, at=at, by=by
    )
    record(row.case, Kind.EVIDENCE_SHOWN, by=by, at=at, sha256=row.sha256, side=str(side),
           session=session.number if session else None)  # fmt: skip
    return made


@transaction.atomic
def looked_at(row: Evidence, *, by: User, at: datetime) -> None:
    """A person of the house opened an item: who and when stand in the ledger."""
    record(row.case, Kind.EVIDENCE_VIEWED, by=by, at=at, sha256=row.sha256, party=row.party.ref)
