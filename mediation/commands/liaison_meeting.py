"""Calling a meeting of the liaisons tells them; closing it keeps who does what."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from casework.access.context import system
from casework.commands import liaison_meeting as file
from casework.models import District, LiaisonMeeting, Office, User
from casework.notify import tell_staff


def call(
    district: District,
    *,
    starts_at: datetime,
    place: str,
    offices: Sequence[Office],
    agenda: str,
    by: User,
    at: datetime,
) -> LiaisonMeeting:
    """Call it and tell every liaison of the offices, once, without a word of any case."""
    with system("liaison meeting"):
        made = file.call_meeting(
            district,
            starts_at=starts_at,
            place=place,
            offices=offices,
            agenda=agenda,
            by=by,
            at=at,
        )
        where: str = getattr(settings, "WUFANG_PUBLIC_ADDRESS", "http://127.0.0.1:8000")
        link = f"{where.rstrip('/')}/linkage/meetings/{made.pk}/"
        for user in User.objects.filter(office__in=made.office_ids, is_active=True):
            if user.has_perm("mediation.give_opinion"):
                key = f"meeting:{made.pk}:{user.pk}"
                tell_staff(user, "liaison_meeting", key=key, at=at, link=link)
    return made


def close(
    row: LiaisonMeeting,
    *,
    minutes: str,
    duties: Sequence[dict[str, str]],
    by: User,
    at: datetime,
) -> LiaisonMeeting:
    """Keep the minutes and the tasks."""
    with system("liaison meeting"):
        return file.close_meeting(row.pk, minutes=minutes, duties=duties, by=by, at=at)


def tick(row: LiaisonMeeting, *, place: int, at: datetime) -> LiaisonMeeting:
    """A task is done."""
    with system("liaison meeting"):
        return file.tick(row.pk, place=place, at=at)
