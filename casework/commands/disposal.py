"""What an archivist decides when the term of a file ends: keep it longer, hand it on, or destroy it by two."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.keeping import NoGround, standing
from casework.events import Kind, record
from casework.models import Case, Disposal, DisposalAct, Keeping, KeepingState, Party, User

MOST = 200


class NotKept(CommandRefused):
    """This file was handed to the archive or destroyed already."""


class TermRuns(CommandRefused):
    """The term of this file has not ended."""


class KeptForEver(CommandRefused):
    """Files of this class are kept for ever."""


class OnHold(CommandRefused):
    """A legal hold stands on this file: nothing of it is destroyed until the hold is lifted."""


class NotPutAway(CommandRefused):
    """Somebody still works on this case: nothing of it is destroyed."""


class MustBeLater(CommandRefused):
    """Choose a later day than the last day so far."""


class NeedsReceiver(CommandRefused):
    """Name the archive that takes the file."""


class NamesSomebody(CommandRefused):
    """Write it without the name of anybody in the file: these words stay when the file is gone."""


class AskedAlready(CommandRefused):
    """A request waits for a second person already."""


class SecondPerson(CommandRefused):
    """To destroy takes two people: somebody other than who asked decides."""


class DecidedAlready(CommandRefused):
    """This request was decided already."""


@transaction.atomic
def keep_longer(keeping: Keeping, *, until: date, ground: str, by: User, at: datetime) -> None:
    """A later last day. Raises: NotKept, KeptForEver, MustBeLater, NoGround."""
    row = _locked(keeping)
    if row.ends_on is None:
        raise KeptForEver
    if until <= max(row.ends_on, clock.day(at)):
        raise MustBeLater(field="until")
    _note(row, DisposalAct.LONGER, ground, by, at, until=until, agreed=True, decided_at=at)
    was, row.ends_on = row.ends_on, until
    row.save(update_fields=["ends_on"])
    record(row.case, Kind.KEPT_LONGER, by=by, at=at, was=was, until=until, ground=ground)


@transaction.atomic
def hand_over(keeping: Keeping, *, receiver: str, ground: str, by: User, at: datetime) -> None:
    """The file goes to an archive; what lies here stays. Raises: NotKept, NeedsReceiver, NoGround."""
    row, receiver = _locked(keeping), receiver.strip()[:80]
    if not receiver:
        raise NeedsReceiver(field="receiver")
    more: dict[str, Any] = {"receiver": receiver, "agreed": True, "decided_at": at}
    _note(row, DisposalAct.HANDED, ground, by, at, **more)
    row.state, row.ended_on = KeepingState.HANDED, clock.day(at)
    row.save(update_fields=["state", "ended_on"])
    record(row.case, Kind.FILE_HANDED, by=by, at=at, receiver=receiver, ground=ground)


@transaction.atomic
def ask_destruction(keeping: Keeping, *, ground: str, by: User, at: datetime) -> Disposal:
    """Ask a second person to destroy the file.

    Raises: NotKept, KeptForEver, TermRuns, OnHold, NotPutAway, AskedAlready, NamesSomebody, NoGround.
    """
    row = _locked(keeping)
    _may_go(row, clock.day(at))
    if row.disposals.filter(agreed=None).exists():
        raise AskedAlready
    _need_nameless(row.case, ground, "ground")
    made = _note(row, DisposalAct.DESTROYED, ground, by, at)
    record(row.case, Kind.DESTRUCTION_ASKED, by=by, at=at, ground=ground)
    return made


@transaction.atomic
def decide_destruction(
    asked: Disposal, *, agree: bool, words: str, by: User, at: datetime
) -> bool:
    """The second person's word; answers whether the contents may now be taken out.

    Raises: DecidedAlready, SecondPerson, NoGround (a refusal says why), and those of ask_destruction.
    """
    row = _locked(asked.keeping)
    asked.refresh_from_db()
    if asked.agreed is not None:
        raise DecidedAlready
    if asked.asked_by_id == by.pk:
        raise SecondPerson
    if not agree and not words.strip():
        raise NoGround(field="words")
    _need_nameless(row.case, words, "words")
    if agree:
        _may_go(row, clock.day(at))
    asked.agreed, asked.decided_by, asked.decided_at = agree, by, at
    asked.words = words.strip()[:MOST]
    asked.save(update_fields=["agreed", "decided_by", "decided_at", "words"])
    if not agree:
        record(row.case, Kind.DESTRUCTION_REFUSED, by=by, at=at, words=asked.words)
        return False
    row.state, row.ended_on = KeepingState.DESTROYED, clock.day(at)
    row.save(update_fields=["state", "ended_on"])
    Case.objects.filter(pk=row.case_id).update(destroyed_on=row.ended_on)
    asker = asked.asked_by.display_name
    record(row.case, Kind.FILE_DESTROYED, by=by, at=at, asked_by=asker, ground=asked.ground)
    return True


def _may_go(row: Keeping, today: date) -> None:
    if row.ends_on is None:
        raise KeptForEver
    if row.ends_on >= today:
        raise TermRuns
    if standing(row.case_id):
        raise OnHold
    if not is_put_away(row.case):
        raise NotPutAway


def _need_nameless(case: Case, words: str, field: str) -> None:
    """Neither register nor ledger of a destroyed file names its people. Raises: NamesSomebody."""
    rows = Party.objects.filter(case=case).select_related("person", "contact")
    callers = (call.caller for call in case.calls.select_related("caller"))
    people = [*(each for row in rows for each in (row.person, row.contact)), *callers]
    if any(each and each.name and each.name in words for each in people):
        raise NamesSomebody(field=field)


def is_put_away(case: Case) -> bool:
    """Whether the file is archived, or never was more than advice."""
    return case.archived_on is not None or case.status == "ADVICE_ANSWERED"


def _locked(keeping: Keeping) -> Keeping:
    """The row as it stands, under the lock of its case. Raises: NotKept."""
    lock_case(keeping.case_id)
    row = Keeping.objects.select_related("case").get(pk=keeping.pk)
    if row.state != KeepingState.KEPT:
        raise NotKept
    return row


def _note(row: Keeping, act: str, ground: str, by: User, at: datetime, **more: Any) -> Disposal:
    if not ground.strip():
        raise NoGround(field="ground")
    return Disposal.objects.create(
        keeping=row, act=act, ground=ground.strip()[:MOST], asked_by=by, asked_at=at, **more
    )
