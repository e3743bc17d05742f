"""Photographs by the caller's own telephone: a link is made, used, ended."""

from datetime import datetime

from django.db import transaction

from casework import upload_link
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Evidence, Party, Side, User
from mediation.commands import worker


class NobodyToSend(CommandRefused):
    """No worker stands in this case who could send photographs."""


class LinkIsOver(CommandRefused):
    """This link is over. Ask for a new one: call 12351."""


@transaction.atomic
def make(case: Case, *, party_id: int | None, by: User, at: datetime) -> upload_link.Link:
    """A link for one worker of the case, by default the first. Raises: NobodyToSend."""
    lock_case(case.pk)
    workers = Party.objects.filter(case=case, side=Side.WORKER, left_on=None).order_by("ref")
    party = workers.filter(pk=party_id).first() if party_id else workers.first()
    if party is None:
        raise NobodyToSend
    link = upload_link.fresh(case_id=case.pk, party_id=party.pk, at=at)
    record(case, Kind.UPLOAD_LINK_MADE, by=by, at=at, party=party.ref, mark=link.mark)
    return link


@transaction.atomic
def send(link: upload_link.Link, *, data: bytes, name: str, at: datetime) -> Evidence:
    """Keep one photograph that came by the link. Raises: LinkIsOver, and what `worker.hand_in` raises."""
    case, party = _opened(link)
    row, _fresh = worker.hand_in(case, party, data=data, name=name, at=at)
    return row


@transaction.atomic
def end(link: upload_link.Link, *, at: datetime) -> None:
    """That was all: the link opens nothing any more. Raises: LinkIsOver."""
    case, party = _opened(link)
    record(case, Kind.UPLOAD_LINK_ENDED, by=party.ref, at=at, party=party.ref, mark=link.mark)


def _opened(link: upload_link.Link) -> tuple[Case, Party]:
    case = lock_case(link.case_id)
    if not upload_link.is_open(link):
        raise LinkIsOver
    return case, Party.objects.get(pk=link.party_id, case=case)
