"""Meetings of the liaisons: called with an agenda, closed with minutes and tasks, tasks ticked off.

They belong to no case: the caller opens the system's context after it has found the meeting as a person.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused
from casework.models import District, LiaisonMeeting, Office, User


class NoOffices(CommandRefused):
    """Invite at least one office of the district."""


class NotToCome(CommandRefused):
    """A meeting lies ahead."""


class AlreadyHeld(CommandRefused):
    """This meeting is closed: its minutes stand."""


class NotHeldYet(CommandRefused):
    """Minutes are kept once the meeting has begun."""


class NoSuchTask(CommandRefused):
    """There is no such open task of this meeting."""


@transaction.atomic
def call_meeting(
    district: District,
    *,
    starts_at: datetime,
    place: str,
    offices: Sequence[Office],
    agenda: str,
    by: User,
    at: datetime,
) -> LiaisonMeeting:
    """Call a meeting. Raises: NoOffices, NotToCome."""
    if not offices:
        raise NoOffices(field="offices")
    if starts_at <= at:
        raise NotToCome(field="on_day")
    return LiaisonMeeting.objects.create(
        district=district, starts_at=starts_at, place=place, agenda=agenda.strip(),
        office_ids=sorted({row.pk for row in offices}), called_by=by, called_at=at,
    )  # fmt: skip


@transaction.atomic
def close_meeting(
    number: int, *, minutes: str, duties: Sequence[dict[str, str]], by: User, at: datetime
) -> LiaisonMeeting:
    """Keep minutes and tasks, once. Raises: AlreadyHeld, NotHeldYet."""
    row = LiaisonMeeting.objects.select_for_update(no_key=True).get(pk=number)
    if row.closed_at is not None:
        raise AlreadyHeld
    if at < row.starts_at:
        raise NotHeldYet(field="minutes")
    row.minutes, row.closed_by, row.closed_at = minutes.strip(), by, at
    row.duties = [{**each, "done_on": ""} for each in duties]
    row.save(update_fields=["minutes", "duties", "closed_by", "closed_at"])
    return row


@transaction.atomic
def tick(number: int, *, place: int, at: datetime) -> LiaisonMeeting:
    """A task of a meeting is done (`place` counts from 0). Raises: NoSuchTask."""
    row = LiaisonMeeting.objects.select_for_update(no_key=True).get(pk=number)
    if not 0 <= place < len(row.duties) or row.duties[place]["done_on"]:
        raise NoSuchTask
    row.duties[place]["done_on"] = clock.day(at).isoformat()
    row.save(update_fields=["duties"])
    return row


def late(row: LiaisonMeeting, on: date) -> int:
    """How many tasks of a meeting are past their day and not done."""
    return sum(not each["done_on"] and each["until"] < on.isoformat() for each in row.duties)
