"""The record of a session is read back and signed, page by page."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.hearing import NotBegun
from casework.events import Kind, record
from casework.models import Party, Session, SessionState, Side, User


class SignedAlready(CommandRefused):
    """The signatures under this record are written down already."""


class SideDidNotSign(CommandRefused):
    """Somebody of each side signs; where a side did not, write down why."""


class PagesDiffer(CommandRefused):
    """Each page of the record is signed: the number of pages is not that of the paper."""


@transaction.atomic
def sign_record(
    session: Session,
    *,
    read_back: str,
    signed_by: Sequence[str],
    pages: int,
    printed: int,
    why: str,
    proof: tuple[str, str],
    by: User,
    at: datetime,
) -> Session:
    """Who signed every page of the record, and how it was read back before.

    `signed_by`: references of parties, "mediator", "recorder"; `printed`: pages of the paper, 0 while it is
    printed; `proof`: hash and name of a scan, or empty. Raises: NotBegun, SignedAlready, PagesDiffer, SideDidNotSign.
    """
    lock_case(session.case_id)
    session.refresh_from_db()
    if session.state != SessionState.HELD:
        raise NotBegun
    if session.signed_on:
        raise SignedAlready(field="session")
    if printed and pages != printed:
        raise PagesDiffer(field="pages")
    if not why.strip() and not _both(session, signed_by):
        raise SideDidNotSign(field="why")
    session.read_back, session.signed_on = read_back, clock.day(at)
    session.signed_by, session.signed_pages = list(signed_by), pages
    session.not_signed_why = why.strip()
    session.proof_sha256, session.proof_name = proof[0], proof[1][:80]
    session.save()
    record(
        session.case, Kind.SESSION_SIGNED, by=by, at=at, number=session.number, read_back=read_back,
        signed_by=list(signed_by), pages=pages, reason=session.not_signed_why,
    )  # fmt: skip
    return session


def _both(session: Session, refs: Sequence[str]) -> bool:
    sides = Party.objects.filter(case=session.case_id, ref__in=refs).values_list(
        "side", flat=True
    )
    return set(sides) == {Side.WORKER, Side.EMPLOYER}
