"""Rooms and people are taken for a session; the database refuses to give one thing twice."""

from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils.translation import gettext as _

from casework import clock, together
from casework.access.context import system
from casework.commands.base import CommandRefused
from casework.commands.notices import respondents_and_applicants
from casework.models import Booking, Session, User
from casework.queries.conflicts import away
from casework.queries.slots import SESSION_MINUTES

TWICE = "nothing_is_booked_twice"


class DoubleBooked(CommandRefused):
    """Somebody, or the room, is taken at that time."""


class Away(CommandRefused):
    """Somebody who is needed is away on that day."""


def book(session: Session) -> list[Booking]:
    """Take the room, the house's people and both sides for a planned session.

    Raises: DoubleBooked (names who or what), Away.
    """
    ends = session.ends_planned or session.starts_at + timedelta(minutes=SESSION_MINUTES)
    wanted = resources(session)
    for person in people_of(session):
        if away(person, clock.day(session.starts_at)):
            raise Away(
                _("%(name)s is away on that day.") % {"name": person.display_name},
                field="on_day",
            )
    rows = [
        Booking(
            case_id=session.case_id, session=session, resource=key, words=words,
            begins_at=session.starts_at, ends_at=ends,
        )
        for key, words in wanted.items()
    ]  # fmt: skip
    try:
        with together.apart():
            return Booking.objects.bulk_create(rows)
    except IntegrityError as error:
        if TWICE not in str(error):
            raise
        raise DoubleBooked(_who(wanted, session.starts_at, ends), field="on_day") from error


def release(session: Session) -> None:
    """The session is over, moved or called off: everything it took is free."""
    Booking.objects.filter(session=session, released=False).update(released=True)


def rebook(session: Session) -> list[Booking]:
    """Take everything anew: the time, the room or the people have changed. Raises: DoubleBooked, Away."""
    release(session)
    return book(session)


def people_of(session: Session) -> list[User]:
    """The people of the house whom a session needs."""
    helpers = User.objects.filter(pk__in=session.case.co_mediator_ids)
    people = [session.mediator, *helpers]
    return [*people, session.recorder] if session.recorder else people


def resources(session: Session) -> dict[int, str]:
    """What a session takes: id and words of the room, the house's people, and both sides."""
    found = {person.pk: person.display_name for person in people_of(session)}
    if session.room is not None:
        found[session.room.pk] = session.room.name
    for party in respondents_and_applicants(session.case):
        key = party.person_id or party.employer_id
        if key is not None:
            found[key] = party.name
    return found


def _who(wanted: dict[int, str], begins: datetime, ends: datetime) -> str:
    """Who or what is taken; a party's other case is not told, only that the party is busy."""
    with system("booking"):
        rows = Booking.objects.filter(
            resource__in=wanted, released=False, begins_at__lt=ends, ends_at__gt=begins
        )
        taken = sorted({wanted[row.resource] for row in rows})
    return _("Taken at that time: %(names)s.") % {"names": "、".join(taken)}
