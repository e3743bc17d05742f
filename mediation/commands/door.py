"""The employer's door: a code for a party on whom a paper was served."""

from datetime import datetime

from django.db import transaction

from casework import tracking
from casework.commands.base import CommandRefused, lock_case
from casework.models import Case, Party, Service, Side, User, WorkerWord
from casework.models.worker_side import EMPLOYERS
from mediation.commands import worker


class NothingServed(CommandRefused):
    """Nothing was served on this employer yet: its door opens with the first service."""


class NoTelephone(CommandRefused):
    """No telephone of this employer is on file: record it first, the code is tied to it."""


class NotAnEmployer(CommandRefused):
    """No such employer stands in this case."""


@transaction.atomic
def open_door(case: Case, *, party_id: int, by: User, at: datetime) -> str:
    """A 16-digit code for an employer; an older one dies. Raises: NotAnEmployer, NothingServed, NoTelephone."""
    lock_case(case.pk)
    party = (
        Party.objects.select_related("employer", "person")
        .filter(pk=party_id, case=case, side=Side.EMPLOYER, left_on=None)
        .first()
    )
    if party is None:
        raise NotAnEmployer
    if not Service.objects.filter(case=case, party=party, voided_at=None).exists():
        raise NothingServed
    if not tracking.phone_of(party):
        raise NoTelephone
    return tracking.make_code(case=case, party=party, by=by, at=at)


def answer(case: Case, party: Party, *, text: str, at: datetime) -> WorkerWord:
    """What the employer says to what was served. Raises: NothingSaid, TooManyWords."""
    if not text.strip():
        raise worker.NothingSaid(field="text")
    return worker.say(case, party, kind=EMPLOYERS, text=text, at=at)
