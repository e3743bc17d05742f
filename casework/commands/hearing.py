"""Commands on the hearing: who mediates, when and where, who came, what was recorded."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.bookings import book, release
from casework.events import Kind, record
from casework.models import Case, Party, Room, Service, Session, SessionState, Side, User
from casework.queries import calendar
from casework.queries.candidates import unfit
from casework.queries.slots import SESSION_MINUTES

Rows = Sequence[dict[str, Any]]


class NotFit(CommandRefused):
    """The person named cannot mediate the case."""


class NotAWorkingDay(CommandRefused):
    """The day is not a working day."""


class InThePast(CommandRefused):
    """The session must lie in the future."""


class AlreadyPlanned(CommandRefused):
    """Another session is planned and not yet held."""


class NotPlanned(CommandRefused):
    """No session is planned."""


class NotBegun(CommandRefused):
    """The session has not begun yet."""


class NobodyCame(CommandRefused):
    """A session is held with at least one person of each side."""


class RecusalOpen(CommandRefused):
    """A request for another mediator is waiting: no session before the head has decided."""


class RelievedAlready(CommandRefused):
    """This mediator was relieved of the case already: another one is named first."""


class NotNotified(CommandRefused):
    """Both sides must be notified before the session."""


def relieved(case: Case) -> bool:
    """Whether who mediates was relieved by the head and nobody else is named yet."""
    return case.recusals.filter(outcome="REPLACED", mediator=case.mediator).exists()


def why_not_fit(case: Case, person: User, permission: str, on: date) -> str:
    """Why a person cannot mediate or record a case; empty if they can."""
    if not person.is_active:
        return _("%(name)s no longer works here.") % {"name": person.display_name}
    if not person.has_perm(permission):
        return _("%(name)s does not hold the role for this.") % {"name": person.display_name}
    if person.district_id not in (None, case.district_id) and case.district_id is not None:
        return _("%(name)s works in another district.") % {"name": person.display_name}
    return unfit(case, person, on)


@transaction.atomic
def appoint_mediator(
    case: Case,
    *,
    mediator: User,
    recorder: User | None,
    by: User,
    at: datetime,
    reason: str = "",
    co_mediators: Sequence[User] = (),
) -> Case:
    """Name who presides, who sits beside them and who keeps the record. Raises: NotFit.

    The recorder is never the mediator.
    """
    lock_case(case.pk)
    if why := why_not_fit(case, mediator, "mediation.hold_session", clock.day(at)):
        raise NotFit(why, field="mediator")
    if recorder is not None and recorder == mediator:
        raise NotFit(_("The mediator does not keep the record alone."), field="recorder")
    if recorder is not None and (
        why := why_not_fit(case, recorder, "mediation.keep_record", clock.day(at))
    ):
        raise NotFit(why, field="recorder")
    helpers = [each for each in co_mediators if each != mediator]
    for each in helpers:
        if why := why_not_fit(case, each, "mediation.hold_session", clock.day(at)):
            raise NotFit(why, field="co_mediators")
    case.mediator, case.recorder = mediator, recorder
    case.co_mediator_ids = [each.pk for each in helpers]
    case.save(update_fields=["mediator", "recorder", "co_mediator_ids"])
    record(
        case, Kind.MEDIATOR_APPOINTED, by=by, at=at, mediator=mediator.display_name,
        mediator_id=str(mediator.pk), recorder=recorder.display_name if recorder else "",
        co_mediators=[each.display_name for each in helpers],
        reason=reason,
    )  # fmt: skip
    return case


def working_day_problem(on: date) -> str:
    """Why a session cannot be on a day, with the working days next to it; empty if it can."""
    days = calendar.current()
    if days.is_working(on):
        return ""
    return _("%(day)s is not a working day. It can be %(before)s or %(after)s.") % {
        "day": on.isoformat(),
        "before": days.previous_working(on).isoformat(),
        "after": days.next_working(on).isoformat(),
    }


@transaction.atomic
def plan_session(
    case: Case,
    *,
    starts_at: datetime,
    place: str,
    way: str,
    by: User,
    at: datetime,
    recorder: User | None = None,
    room: Room | None = None,
) -> Session:
    """Fix the next session and take the room and the people for it.

    Raises: NotFit, InThePast, NotAWorkingDay, AlreadyPlanned, DoubleBooked, Away.
    """
    lock_case(case.pk)
    if case.mediator is None:
        raise NotFit(_("A mediator must be appointed first."))
    check_start(starts_at, at)
    if case.sessions.filter(state=SessionState.PLANNED).exists():
        raise AlreadyPlanned
    last = case.sessions.order_by("-number").first()
    session = Session.objects.create(
        case=case, number=last.number + 1 if last else 1, starts_at=starts_at, place=place,
        way=way, mediator=case.mediator, recorder=recorder or case.recorder, room=room,
        ends_planned=starts_at + timedelta(minutes=SESSION_MINUTES),
    )  # fmt: skip
    book(session)
    record(
        case,
        Kind.SESSION_PLANNED,
        by=by,
        at=at,
        number=session.number,
        starts_at=starts_at,
        place=place,
        way=way,
    )
    return session


def check_start(starts_at: datetime, at: datetime) -> None:
    """Raises: InThePast, NotAWorkingDay."""
    if starts_at <= at:
        raise InThePast(field="on")
    if problem := working_day_problem(clock.day(starts_at)):
        raise NotAWorkingDay(problem, field="on")


@transaction.atomic
def hold_session(
    session: Session,
    *,
    attendance: Rows,
    agreed_facts: str,
    issues: str,
    text: str,
    result: str,
    by: User,
    at: datetime,
    begun_at: datetime | None = None,
    ended_at: datetime | None = None,
) -> Session:
    """Record a session that was held.

    Raises: NotPlanned, NotBegun, RecusalOpen, RelievedAlready, NotNotified, NobodyCame.

    `attendance`: rows of ref, name, authority, present. Offers never stand in the record.
    """
    lock_case(session.case_id)
    session.refresh_from_db()
    if session.state != SessionState.PLANNED:
        raise NotPlanned
    if clock.day(at) < clock.day(session.starts_at):
        raise NotBegun
    if session.case.recusals.filter(outcome="").exists():
        raise RecusalOpen
    if relieved(session.case):
        raise RelievedAlready
    _check_notified(session)
    check_both_sides(session.case, attendance)
    session.state, session.result = SessionState.HELD, result
    session.starts_at = begun_at or session.starts_at
    session.ended_at = ended_at or max(at, session.starts_at)
    session.attendance, session.record = list(attendance), text
    session.agreed_facts, session.issues = agreed_facts, issues
    session.save()
    release(session)
    record(
        session.case, Kind.SESSION_HELD, by=by, at=at, number=session.number, result=result,
        present=[row["ref"] for row in attendance if row.get("present", True)],
        rights_read=True,
    )  # fmt: skip
    return session


def _check_notified(session: Session) -> None:
    """Every respondent has a valid service of D09 (reference: IN_MEDIATION needs notice)."""
    told = Service.objects.filter(case=session.case, document="D09", voided_at__isnull=True)
    missing = Party.objects.filter(
        case=session.case, side=Side.EMPLOYER, left_on__isnull=True
    ).exclude(pk__in=told.values("party_id"))
    if missing.exists():
        raise NotNotified


def check_both_sides(case: Case, attendance: Rows) -> None:
    """Raises: NobodyCame unless somebody of each side is present."""
    refs = {row["ref"] for row in attendance if row.get("present", True)}
    sides = set(Party.objects.filter(case=case, ref__in=refs).values_list("side", flat=True))
    if sides != {Side.WORKER, Side.EMPLOYER}:
        raise NobodyCame(field="attendance")
