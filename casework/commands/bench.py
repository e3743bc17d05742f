"""The bench kept in order: who is away, who is tied to whom, what somebody knows, which rooms there are."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused
from casework.commands.people_of_house import noted
from casework.models import Absence, Booking, District, HouseActKind, Interest, Room, Tie, User

BENCH = HouseActKind.BENCH_CHANGED


class EndsBeforeItBegins(CommandRefused):
    """The last day lies before the first."""


class AwayAlready(CommandRefused):
    """This person is recorded as away in that time already."""


class RoomTaken(CommandRefused):
    """Sessions are still planned in this room: move them first."""


class EndedAlready(CommandRefused):
    """This was ended already."""


@transaction.atomic
def record_absence(
    user: User, *, since: date, until: date, why: str, by: User, at: datetime
) -> Absence:
    """A person is away, first and last day included: no case and no session falls on them.

    Raises: EndsBeforeItBegins, AwayAlready.
    """
    if until < since:
        raise EndsBeforeItBegins(field="until")
    if Absence.objects.filter(user=user, since__lte=until, until__gte=since).exists():
        raise AwayAlready(field="since")
    row = Absence.objects.create(user=user, since=since, until=until, why=why)
    noted(BENCH, by=by, at=at, about=user.username, absence=str(row.pk), since=since.isoformat(),
          until=until.isoformat(), why=why)  # fmt: skip
    return row


@transaction.atomic
def end_absence(row: Absence, *, by: User, at: datetime) -> None:
    """Back earlier than planned; an absence that has not begun ends before it begins: it never was."""
    on = clock.day(at)
    if row.until < on:
        raise EndedAlready
    row.until = max(on, row.since)
    if row.since >= on:
        row.since = row.until = date(on.year - 1, 1, 1)
    row.save(update_fields=["since", "until"])
    noted(
        BENCH, by=by, at=at, about=row.user.username, absence=str(row.pk), ended=on.isoformat()
    )


@transaction.atomic
def declare_tie(
    user: User, *, tie: Tie, name: str, credit_code: str, note: str, by: User, at: datetime
) -> Interest:
    """A tie to a firm or person: it keeps somebody off every case of that name."""
    row = Interest.objects.create(
        user=user,
        tie=tie,
        name=name.strip(),
        credit_code=credit_code.strip().upper(),
        note=note,
    )
    noted(
        BENCH, by=by, at=at, about=user.username, tie=str(row.pk), way=str(tie), name=row.name
    )
    return row


@transaction.atomic
def know(
    user: User, *, skills: Sequence[str], languages: Sequence[str], by: User, at: datetime
) -> None:
    """What somebody knows well (causes) and speaks: proposals weigh it."""
    was = {"skills": user.skills, "languages": user.languages}
    user.skills, user.languages = list(skills), list(languages)
    user.save(update_fields=["skills", "languages"])
    noted(BENCH, by=by, at=at, about=user.username, was=was, skills=user.skills,
          languages=user.languages)  # fmt: skip


@transaction.atomic
def open_room(
    *, name: str, seats: int, district: District | None, by: User, at: datetime
) -> Room:
    """A room for sessions."""
    row = Room.objects.create(name=name.strip(), seats=seats, district=district)
    noted(BENCH, by=by, at=at, about=row.name, room=str(row.pk), seats=seats)
    return row


@transaction.atomic
def close_room(row: Room, *, by: User, at: datetime) -> None:
    """No new session in this room. Raises: RoomTaken. `Booking` is read under the caller's context."""
    if Booking.objects.filter(resource=row.pk, released=False, ends_at__gt=at).exists():
        raise RoomTaken
    row.is_active = False
    row.save(update_fields=["is_active"])
    noted(BENCH, by=by, at=at, about=row.name, room=str(row.pk), closed=True)
