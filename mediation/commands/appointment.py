"""Choosing a time: what an offer and an answer mean for both sides."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from casework import clock
from casework.commands import appointments as file
from casework.models import Case, Party, TimeOffer, User
from casework.notify import send_once
from mediation.commands.mediation import slots


@transaction.atomic
def offer_times(case: Case, times: Sequence[datetime], *, by: User, at: datetime) -> None:
    """Offer times; each worker who is asked hears that there is something to see, and no word of it."""
    for row in file.offer_times(case, times, by=by, at=at):
        send_once(case, row.party, "appointment", key=f"times:{row.pk}", at=at)


def free_of(case: Case, offer: TimeOffer, at: datetime) -> list[datetime]:
    """The offered times that lie ahead and are free still for all who come."""
    ahead = [each for each in offer.times if each > at]
    if not ahead:
        return []
    found: set[datetime] = set()
    for day in sorted({clock.day(each) for each in ahead}):
        found |= {slot.starts_at for slot in slots(case, day)}
    return [each for each in ahead if each in found]


@transaction.atomic
def choose(case: Case, party: Party, chosen: datetime | None, *, at: datetime) -> TimeOffer:
    """The worker's answer. Raises: FixedAlready, TimeGone."""
    offer = file.open_offer(case, party)
    if offer is None:
        raise file.FixedAlready
    return file.choose(offer, chosen, free=free_of(case, offer, at), at=at)
