"""Several tickets about one employer become one collective case, or are looked at and are no group."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from casework.access.context import acting, system
from casework.commands.base import CommandRefused, lock_case
from casework.commands.collective import COLLECTIVE_FROM, may_join
from casework.commands.moving import bring_back, move, workers_of
from casework.events import Kind, record
from casework.models import Case, Event, NotAGroup, Party, Side, TrackingCode, User


class NobodyJoins(CommandRefused):
    """No worker of this ticket can join: an unnamed caller stays with the own ticket."""


class AlreadyThere(CommandRefused):
    """A worker of this ticket stands in that case already: put the ticket there as a duplicate."""


class WhyNoGroup(CommandRefused):
    """Say why it is no group."""


class LookedAtAlready(CommandRefused):
    """A colleague has taken this back already."""


@transaction.atomic
def bring_in(case: Case, *, into: Case, by: User, at: datetime) -> list[str]:
    """The workers of a ticket stand in another case as members, with own claims, files, consents and query code.

    Answers their references there. Raises: NobodyJoins, AlreadyThere, TooLate.
    """
    into = lock_case(into.pk)
    may_join(into)
    workers, members = workers_of(case), workers_of(into)
    if not workers:
        raise NobodyJoins
    numbers = {row.person.phone for row in members if row.person and row.person.phone}
    if any(row.person and row.person.phone in numbers for row in workers):
        raise AlreadyThere
    count = Party.objects.filter(case=into, side=Side.WORKER).count()
    codes = list(TrackingCode.objects.filter(party__in=workers, voided_at__isnull=True))
    fresh = {}
    for number, row in enumerate(workers, count + 1):
        _old, fresh[row.pk] = move(row, into, ref=f"W{number:02d}", at=at)
    _hand_on(codes, fresh, into)
    _resize(into, into.group_size)
    refs = [row.ref for row in fresh.values()]
    record(
        into, Kind.MEMBERS_ADDED, by=by, at=at, ticket=str(case), refs=refs, number=len(refs)
    )
    return refs


@transaction.atomic
def let_go(case: Case, *, into: Case, by: User, at: datetime) -> list[str]:
    """Undo of `bring_in`: the workers stand in their own ticket again. Nothing, if none had joined."""
    told = Event.objects.filter(
        case=into, kind=Kind.MEMBERS_ADDED, payload__ticket=str(case)
    ).order_by("seq").last()  # fmt: skip
    if told is None:
        return []
    into = lock_case(into.pk)
    may_join(into)
    rows = [row for row in workers_of(into) if row.ref in told.payload["refs"]]
    codes = list(TrackingCode.objects.filter(party__in=rows, voided_at__isnull=True))
    people = {row.person_id: row.pk for row in rows}
    refs = [bring_back(row, case, at=at) for row in rows]
    back = {people[row.person_id]: row for row in workers_of(case) if row.person_id in people}
    _hand_on(codes, back, case)
    _resize(into, into.group_size - len(refs))
    return refs


def _resize(case: Case, told: int) -> None:
    """How many are affected: who stands in the case, or more if more were told; from ten on it is collective by law."""
    case.group_size = max(len(workers_of(case)), told, 1)
    case.is_collective = case.group_size >= COLLECTIVE_FROM
    case.save(update_fields=["group_size", "is_collective"])


def _hand_on(codes: Sequence[TrackingCode], fresh: dict[int, Party], case: Case) -> None:
    """A worker's query code goes on opening the worker's own matter."""
    for code in codes:
        if code.party_id in fresh:
            code.case, code.party, code.voided_at = case, fresh[code.party_id], None
            code.save(update_fields=["case", "party", "voided_at"])


@transaction.atomic
def deny(key: str, cases: Sequence[int], *, reason: str, by: User, at: datetime) -> NotAGroup:
    """These tickets are no group: written down with the reason, also in each ledger. Raises: WhyNoGroup."""
    if not reason.strip():
        raise WhyNoGroup(field="reason")
    for pk in sorted(cases):
        _tell(pk, Kind.GROUP_DENIED, reason, by, at)
    with system("several callers about one employer were looked at"):
        return NotAGroup.objects.create(
            name_key=key, case_ids=sorted(cases), reason=reason.strip(), decided_by=by,
            decided_at=at,
        )  # fmt: skip


@transaction.atomic
def take_back_denial(row: NotAGroup, *, by: User, at: datetime) -> NotAGroup:
    """It may be a group after all. Raises: LookedAtAlready."""
    with system("several callers about one employer are looked at again"):
        row = NotAGroup.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if row.taken_back_at is not None:
            raise LookedAtAlready
        row.taken_back_by, row.taken_back_at = by, at
        row.save(update_fields=["taken_back_by", "taken_back_at"])
    for pk in row.case_ids:
        _tell(pk, Kind.GROUP_DENIAL_TAKEN_BACK, row.reason, by, at)
    return row


def _tell(pk: int, kind: Kind, reason: str, by: User, at: datetime) -> None:
    with acting(pk, by):
        record(lock_case(pk), kind, by=by, at=at, reason=reason)
