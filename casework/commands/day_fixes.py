"""Days on which clocks began, recorded wrongly: put right with a reason, and the clocks counted anew."""

from datetime import date, datetime

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.case import NeedsReason, NotReceived
from casework.commands.deadline_moves import supersede_deadline
from casework.commands.deadline_rows import tell
from casework.commands.deadlines import RUNNING
from casework.events import Kind, record
from casework.models import Case, Deadline, DeadlineState, Event, SessionState, User

RECEIVED, ACCEPTED, COMPLETE = "application_received", "accepted", "materials_complete"
JUDGED = (DeadlineState.MET, DeadlineState.MISSED)
Moved = list[tuple[Deadline, Deadline]]


class OutOfOrder(CommandRefused):
    """The day of receipt lies neither in the future nor after the acceptance."""


class NotAccepted(CommandRefused):
    """The case has not been accepted."""


class AcceptanceOutOfOrder(CommandRefused):
    """The day of acceptance lies neither before the receipt, nor after the first session, nor in the future."""


class NotCompleted(CommandRefused):
    """No clock runs from the completion of the application."""


class CompletionOutOfOrder(CommandRefused):
    """The materials were complete neither before they were asked for nor on a day to come."""


@transaction.atomic
def correct_receipt(
    case: Case, *, received_on: date, reason: str, by: User, at: datetime
) -> Moved:
    """The day of receipt was recorded wrongly: put right, with the clocks that started from it.

    Answers the running deadlines before and after. Raises: NeedsReason, NotReceived, OutOfOrder.
    """
    case = _locked(case, reason)
    if case.received_on is None:
        raise NotReceived
    if received_on > clock.day(at) or (case.accepted_on and received_on > case.accepted_on):
        raise OutOfOrder(field="received_on")
    was, case.received_on = case.received_on, received_on
    case.save(update_fields=["received_on"])
    record(case, Kind.RECORD_CORRECTED, by=by, at=at, what="received_on", was=was, on=received_on,
           reason=reason)  # fmt: skip
    return _counted_anew(case, RECEIVED, received_on, reason=reason, by=by, at=at)


@transaction.atomic
def correct_acceptance(
    case: Case, *, accepted_on: date, reason: str, by: User, at: datetime
) -> Moved:
    """The day of acceptance was recorded wrongly: the limits of mediation follow, the number stays.

    Whether acceptance came in time (M-01) is judged anew. Raises: NeedsReason, NotAccepted, AcceptanceOutOfOrder.
    """
    case = _locked(case, reason)
    if case.accepted_on is None or case.received_on is None:
        raise NotAccepted
    held = case.sessions.filter(state=SessionState.HELD).order_by("starts_at").first()
    last = min(clock.day(at), clock.day(held.starts_at)) if held else clock.day(at)
    if not case.received_on <= accepted_on <= last:
        raise AcceptanceOutOfOrder(field="accepted_on")
    was, case.accepted_on = case.accepted_on, accepted_on
    case.save(update_fields=["accepted_on"])
    record(case, Kind.RECORD_CORRECTED, by=by, at=at, what="accepted_on", was=was, on=accepted_on,
           reason=reason)  # fmt: skip
    _judged_anew(case, "M-01", accepted_on, by=by, at=at)
    return _counted_anew(case, ACCEPTED, accepted_on, reason=reason, by=by, at=at)


@transaction.atomic
def correct_completion(
    case: Case, *, completed_on: date, reason: str, by: User, at: datetime
) -> Moved:
    """What was missing came on another day: the clock of acceptance runs from that day.

    Raises: NeedsReason, NotCompleted, CompletionOutOfOrder.
    """
    case = _locked(case, reason)
    running = Deadline.objects.filter(
        case=case, start_event=COMPLETE, state__in=RUNNING
    ).first()
    asked = Event.objects.filter(case=case, kind=Kind.MATERIALS_ASKED).order_by("seq").first()
    if running is None or asked is None:
        raise NotCompleted
    if not clock.day(asked.at) <= completed_on <= clock.day(at):
        raise CompletionOutOfOrder(field="completed_on")
    record(case, Kind.RECORD_CORRECTED, by=by, at=at, what="completed_on", was=running.start,
           on=completed_on, reason=reason)  # fmt: skip
    return _counted_anew(case, COMPLETE, completed_on, reason=reason, by=by, at=at)


def _locked(case: Case, reason: str) -> Case:
    case = lock_case(case.pk)
    case.refresh_from_db()
    if not reason.strip():
        raise NeedsReason(field="reason")
    return case


def _counted_anew(
    case: Case, event: str, start: date, *, reason: str, by: User, at: datetime
) -> Moved:
    rows = Deadline.objects.filter(case=case, start_event=event, state__in=RUNNING)
    return [
        (row, supersede_deadline(row, start=start, ground=reason, second_person=None,
                                 correction=True, by=by, at=at))
        for row in rows.order_by("id")
    ]  # fmt: skip


def _judged_anew(case: Case, rule: str, on: date, *, by: User, at: datetime) -> None:
    """What was done on another day was done in time, or too late, by that day."""
    row = Deadline.objects.filter(case=case, rule=rule, state__in=JUDGED).order_by("id").last()
    if row is None or row.closed_on == on:
        return
    kept = on <= row.due
    row.state = DeadlineState.MET if kept else DeadlineState.MISSED
    row.closed_on = on
    row.save(update_fields=["state", "closed_on"])
    tell(row, Kind.DEADLINE_MET if kept else Kind.DEADLINE_MISSED, by=by, at=at, on=on)
