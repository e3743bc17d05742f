"""Times for a session: offered to the worker's side, and chosen by the worker with the query code."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Party, SessionState, TimeOffer, User
from casework.queries.of_case import workers_of

MOST_TOLD = 5


class NoTimes(CommandRefused):
    """Offer at least two times."""


class NobodyToAsk(CommandRefused):
    """No worker in this case can be asked."""


class TimeGone(CommandRefused):
    """This time is no longer free. Please choose another one."""


class FixedAlready(CommandRefused):
    """The day is fixed already. To change it, call 12351."""


@transaction.atomic
def offer_times(
    case: Case, times: Sequence[datetime], *, by: User, at: datetime
) -> list[TimeOffer]:
    """Offer times to the worker, in a group to those who speak for it.

    Raises: NoTimes, NobodyToAsk, FixedAlready.
    """
    lock_case(case.pk)
    if len(set(times)) < 2:  # noqa: PLR2004
        raise NoTimes(field="times")
    _still_open(case)
    workers = workers_of(case)
    asked = [row for row in workers if row.is_representative] or workers[:MOST_TOLD]
    if not asked:
        raise NobodyToAsk
    made = [
        TimeOffer.objects.create(
            case=case, party=row, times=sorted(set(times)), offered_by=by, offered_at=at
        )
        for row in asked
    ]
    record(case, Kind.TIMES_OFFERED, by=by, at=at, refs=[row.ref for row in asked],
           times=sorted(set(times)))  # fmt: skip
    return made


def open_offer(case: Case, party: Party) -> TimeOffer | None:
    """The newest offer to a worker, while no session is planned."""
    if _planned(case):
        return None
    return TimeOffer.objects.filter(case=case, party=party).order_by("-id").first()


@transaction.atomic
def choose(
    offer: TimeOffer, chosen: datetime | None, *, free: Sequence[datetime], at: datetime
) -> TimeOffer:
    """The worker says which time suits, or that none does; the last word counts.

    `free`: the offered times that are free still. Raises: TimeGone, FixedAlready.
    """
    case = lock_case(offer.case_id)
    _still_open(case)
    if chosen is not None and (chosen not in offer.times or chosen not in free):
        raise TimeGone(field="time")
    offer.chosen, offer.answered_at = chosen, at
    offer.save(update_fields=["chosen", "answered_at"])
    ref = offer.party.ref
    record(case, Kind.TIME_CHOSEN, by=ref, at=at, party=ref, chosen=chosen)
    return offer


def chosen_of(case: Case) -> set[datetime]:
    """The times that the workers chose from their newest offers."""
    newest = {row.party_id: row for row in TimeOffer.objects.filter(case=case)}
    return {row.chosen for row in newest.values() if row.chosen is not None}


def _planned(case: Case) -> bool:
    return any(row.state == SessionState.PLANNED for row in case.sessions.all())


def _still_open(case: Case) -> None:
    if case.closed_on or _planned(case):
        raise FixedAlready
