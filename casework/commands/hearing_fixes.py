"""Sessions moved, called off and put right, each with its reason."""

from datetime import datetime, timedelta

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.commands.bookings import rebook, release
from casework.commands.hearing import NotBegun, NotPlanned, Rows, check_both_sides, check_start
from casework.events import Kind, record
from casework.models import Session, SessionState, User
from casework.queries.slots import SESSION_MINUTES


class NeedsReason(CommandRefused):
    """A correction needs a reason."""


@transaction.atomic
def move_session(
    session: Session, *, starts_at: datetime, reason: str, by: User, at: datetime
) -> Session:
    """Move a planned session.

    Raises: NotPlanned, InThePast, NotAWorkingDay, NeedsReason, DoubleBooked, Away.
    """
    lock_case(session.case_id)
    session.refresh_from_db()
    if session.state != SessionState.PLANNED:
        raise NotPlanned
    need_reason(reason)
    check_start(starts_at, at)
    was, session.starts_at = session.starts_at, starts_at
    session.ends_planned = starts_at + timedelta(minutes=SESSION_MINUTES)
    session.moves += 1
    session.save(update_fields=["starts_at", "ends_planned", "moves"])
    rebook(session)
    record(
        session.case,
        Kind.SESSION_CORRECTED,
        by=by,
        at=at,
        number=session.number,
        was=was,
        starts_at=starts_at,
        reason=reason,
    )
    return session


@transaction.atomic
def cancel_session(session: Session, *, reason: str, by: User, at: datetime) -> Session:
    """Call a planned session off. Raises: NotPlanned, NeedsReason."""
    lock_case(session.case_id)
    session.refresh_from_db()
    if session.state != SessionState.PLANNED:
        raise NotPlanned
    need_reason(reason)
    session.state, session.cancelled_why = SessionState.CANCELLED, reason
    session.save(update_fields=["state", "cancelled_why"])
    release(session)
    record(
        session.case, Kind.SESSION_CANCELLED, by=by, at=at, number=session.number, reason=reason
    )
    return session


@transaction.atomic
def correct_attendance(
    session: Session, *, attendance: Rows, reason: str, by: User, at: datetime
) -> Session:
    """Correct who came to a held session. Raises: NeedsReason, NobodyCame, NotBegun."""
    lock_case(session.case_id)
    session.refresh_from_db()
    if session.state != SessionState.HELD:
        raise NotBegun
    need_reason(reason)
    check_both_sides(session.case, attendance)
    was, session.attendance = session.attendance, list(attendance)
    session.read_back, session.signed_on, session.signed_by = "", None, []
    session.signed_pages, session.not_signed_why = (
        None,
        "",
    )  # the record is printed and signed anew
    session.save()
    record(
        session.case,
        Kind.SESSION_CORRECTED,
        by=by,
        at=at,
        number=session.number,
        reason=reason,
        was=[row["ref"] for row in was if row.get("present", True)],
        present=[row["ref"] for row in attendance if row.get("present", True)],
    )
    return session


def need_reason(reason: str) -> None:
    """Raises: NeedsReason."""
    if not reason.strip():
        raise NeedsReason(field="reason")
