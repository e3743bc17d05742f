"""Free times for a session: working days on which the room, the house and both sides are free."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from casework import clock
from casework.access.context import system
from casework.models import Absence, Booking, Case, Room, User
from casework.queries.calendar import current
from casework.rules.calendar import Calendar

BEGINNINGS = ((9, 30), (14, 30), (10, 30), (15, 30))  # the office's hours, a setting
SESSION_MINUTES = 90  # as planned; a setting of the house, no law
OFFERED = 6
LOOK_AHEAD_DAYS = 40


@dataclass(frozen=True, slots=True)
class Slot:
    """A time and a room that are free for all."""

    starts_at: datetime
    room: Room | None

    @property
    def key(self) -> str:
        """How a form names it: "2026-03-18T09:30|room id"."""
        wall = self.starts_at.astimezone(clock.SHANGHAI)
        return f"{wall:%Y-%m-%dT%H:%M}|{self.room.pk if self.room else ''}"


def free_slots(
    case: Case,
    *,
    people: Sequence[User],
    parties: Sequence[int],
    first: date,
    count: int = OFFERED,
) -> list[Slot]:
    """The first free times from a day on, at most two a day, so that a side has days to choose from.

    `parties`: ids of the persons and firms that come.
    """
    rooms = list(Room.objects.filter(_near(case), is_active=True).order_by("name"))
    last = first + timedelta(days=LOOK_AHEAD_DAYS)
    keys = [*(each.pk for each in people), *parties, *(room.pk for room in rooms)]
    taken = _taken(keys, first, last)
    away = _away(people, first, last)
    found: list[Slot] = []
    for day in _working_days(first, last, current()):
        if any(since <= day <= until for since, until in away):
            continue
        found += list(_of_day(day, rooms, taken, [*(p.pk for p in people), *parties]))[:2]
        if len(found) >= count:
            break
    return found[:count]


def _near(case: Case) -> Q:
    return Q(district=case.district_id) | Q(district__isnull=True)


def _working_days(first: date, last: date, days: Calendar) -> Iterator[date]:
    day = first
    while day <= last:
        if days.is_working(day):
            yield day
        day += timedelta(days=1)


def _taken(
    keys: Sequence[int], first: date, last: date
) -> dict[int, list[tuple[datetime, datetime]]]:
    """What is taken when; across cases, without saying which case."""
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    with system("free times"):
        rows = Booking.objects.filter(
            resource__in=list(keys), released=False, ends_at__gt=clock.instant(first),
            begins_at__lt=clock.instant(last + timedelta(days=1)),
        )  # fmt: skip
        for row in rows:
            found.setdefault(row.resource, []).append((row.begins_at, row.ends_at))
    return found


def _away(people: Sequence[User], first: date, last: date) -> list[tuple[date, date]]:
    rows = Absence.objects.filter(user__in=list(people), since__lte=last, until__gte=first)
    return [(row.since, row.until) for row in rows]


def _of_day(
    day: date,
    rooms: Sequence[Room],
    taken: dict[int, list[tuple[datetime, datetime]]],
    everybody: Sequence[int],
) -> Iterator[Slot]:
    for hour, minute in BEGINNINGS:
        begins = clock.instant(day, hour, minute)
        ends = begins + timedelta(minutes=SESSION_MINUTES)
        if any(_clashes(taken.get(key, []), begins, ends) for key in everybody):
            continue
        room = next(
            (each for each in rooms if not _clashes(taken.get(each.pk, []), begins, ends)), None
        )
        if room is not None or not rooms:
            yield Slot(begins, room)


def _clashes(
    rows: Sequence[tuple[datetime, datetime]], begins: datetime, ends: datetime
) -> bool:
    return any(begin < ends and end > begins for begin, end in rows)
