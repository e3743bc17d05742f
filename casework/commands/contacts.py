"""Contacts with a party before and beside the sessions: tried, reached, answered."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Contact, Party, Side, User

FAILED_TRIES = 2  # on so many days and by so many means (reference practice, a policy)


class Means(models.TextChoices):
    """How somebody is contacted."""

    PHONE = "phone", _("by telephone")
    MESSAGE = "message", _("by text message")
    POST = "post", _("by post")
    VISIT = "visit", _("by a visit")


class NotAParty(CommandRefused):
    """This party does not stand in the case."""


@transaction.atomic
def record_contact(
    party: Party, *, way: str, reached: bool, answer: str, by: User, at: datetime
) -> Contact:
    """Write down a try to reach a party, and what they said. Raises: NotAParty."""
    lock_case(party.case_id)
    if party.left_on is not None:
        raise NotAParty
    made = Contact.objects.create(
        case=party.case, party=party, way=way, on=clock.day(at), reached=reached, answer=answer
    )
    record(
        party.case, Kind.CONTACT_TRIED, by=by, at=at, party=party.ref, way=way,
        reached=reached, answer=answer,
    )  # fmt: skip
    return made


def silent(rows: Iterable[Contact]) -> bool:
    """Whether a party counts as not to be reached: two tries, on two days, by two means, all in vain."""
    tried = list(rows)
    if any(row.reached for row in tried):
        return False
    days, ways = {row.on for row in tried}, {row.way for row in tried}
    return len(days) >= FAILED_TRIES and len(ways) >= FAILED_TRIES


def nobody_reached(case: Case) -> bool:
    """Whether every respondent of a case counts as not to be reached."""
    firms = Party.objects.filter(case=case, side=Side.EMPLOYER, left_on__isnull=True)
    found = [silent(Contact.objects.filter(party=firm)) for firm in firms]
    return bool(found) and all(found)
