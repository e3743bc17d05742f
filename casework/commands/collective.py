"""Collective cases: a list of workers read and taken over, representatives elected, consents one a worker."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.commands.member_list import Checked, Member, check_list
from casework.events import Kind, record
from casework.models import Case, Claim, ListState, MemberList, Party, Person, Side, User
from casework.sheets import as_stored, from_stored, read_table

COLLECTIVE_FROM = (
    10  # persons on one side with a common request: collective by law (LDMAL art. 7)
)


class ListOpen(CommandRefused):
    """Another list was read and not decided yet: take it over or put it aside first."""


class ListDecided(CommandRefused):
    """This list was decided already."""


class RowsWrong(CommandRefused):
    """The list still has wrong cells. Mend the file and read it again, or leave those rows out."""


class NobodyNew(CommandRefused):
    """No row of this list can be taken over."""


class TooLate(CommandRefused):
    """The agreement is in force, or the case is closed: nobody joins it now."""


@transaction.atomic
def read_list(case: Case, *, data: bytes, name: str, by: User, at: datetime) -> MemberList:
    """Read a file of workers and keep it for a look; nobody is added.

    Raises: ListOpen, TooLate, and what casework.sheets refuses.
    """
    case = lock_case(case.pk)
    may_join(case)
    if MemberList.objects.filter(case=case, state=ListState.CHECKED).exists():
        raise ListOpen
    return _store(MemberList(case=case), data=data, name=name, by=by, at=at)


@transaction.atomic
def read_again(
    kept: MemberList, *, data: bytes, name: str, by: User, at: datetime
) -> MemberList:
    """A mended file in place of the one that was read. Raises: ListDecided."""
    lock_case(kept.case_id)
    return _store(_undecided(kept), data=data, name=name, by=by, at=at)


def _store(kept: MemberList, *, data: bytes, name: str, by: User, at: datetime) -> MemberList:
    lines = read_table(data)
    kept.name, kept.sha256 = name[-120:], hashlib.sha256(data).hexdigest()
    kept.rows, kept.row_count = json.dumps(as_stored(lines), ensure_ascii=False), len(lines)
    kept.read_by, kept.read_at = by, at
    kept.save()
    record(kept.case, Kind.LIST_READ, by=by, at=at, name=kept.name, sha256=kept.sha256,
           rows=kept.row_count)  # fmt: skip
    return kept


def dry_run(kept: MemberList) -> Checked:
    """What the list would do to the case as it stands now."""
    return check_list(kept.case, from_stored(json.loads(kept.rows)))


@transaction.atomic
def import_list(
    kept: MemberList, *, code: str, item: str, leave_out_wrong: bool, by: User, at: datetime
) -> list[Party]:
    """Take the list over: a party and an own claim line each; one event for the whole list.

    `code`, `item`: the cause and the words of the claim. Raises: ListDecided, RowsWrong, NobodyNew, TooLate.
    """
    case = lock_case(kept.case_id)
    may_join(case)
    kept = _undecided(kept)
    found = dry_run(kept)
    if found.errors and not leave_out_wrong:
        raise RowsWrong(field="leave_out_wrong")
    if not found.members:
        raise NobodyNew
    made = _add(case, found.new)
    _claims([*zip(made, found.new, strict=True), *((m.party, m) for m in found.known if m.party)],
            case, code, item)  # fmt: skip
    _count(case)
    kept.state, kept.taken, kept.ended_at = ListState.IMPORTED, len(found.members), at
    kept.save(update_fields=["state", "taken", "ended_at"])
    record(
        case, Kind.MEMBERS_ADDED, by=by, at=at, list=str(kept.pk), sha256=kept.sha256,
        first=made[0].ref if made else "", last=made[-1].ref if made else "", number=len(made),
        sums_set=[each.party.ref for each in found.known if each.party],
        left_out=[trouble.place for trouble in found.errors], yuan=found.total_yuan,
    )  # fmt: skip
    return made


@transaction.atomic
def discard_list(kept: MemberList, *, by: User, at: datetime) -> MemberList:
    """Put the list aside: nothing of it is taken over. Raises: ListDecided."""
    case = lock_case(kept.case_id)
    kept = _undecided(kept)
    kept.state, kept.ended_at = ListState.DISCARDED, at
    kept.save(update_fields=["state", "ended_at"])
    record(case, Kind.LIST_DISCARDED, by=by, at=at, name=kept.name, sha256=kept.sha256)
    return kept


def put_aside(case: Case, *, at: datetime) -> None:
    """The case is closed: a list not decided and a request for another mediator are moot."""
    MemberList.objects.filter(case=case, state=ListState.CHECKED).update(
        state=ListState.DISCARDED, ended_at=at
    )
    case.recusals.filter(outcome="").update(outcome="MOOT", decided_at=at)


def may_join(case: Case) -> None:
    """Joining is possible until the agreement is in force. Raises: TooLate."""
    if case.closed_on or case.agreements.filter(effective_on__isnull=False).exists():
        raise TooLate


def _undecided(kept: MemberList) -> MemberList:
    kept.refresh_from_db()
    if kept.state != ListState.CHECKED:
        raise ListDecided
    return kept


def _add(case: Case, members: Sequence[Member]) -> list[Party]:
    people = [
        Person(
            name=each.name, phone=each.phone, identity_number=each.identity_number,
            bank_account=each.bank_account, bank_name=each.bank_name,
        )
        for each in members
    ]  # fmt: skip
    for person in people:
        person.index()
    Person.objects.bulk_create(people)
    first = Party.objects.filter(case=case, side=Side.WORKER).count() + 1
    return Party.objects.bulk_create(
        Party(
            case=case, side=Side.WORKER, ref=f"W{number:02d}", person=person,
            is_applicant=case.received_on is not None,
        )
        for number, person in enumerate(people, first)
    )  # fmt: skip


def _claims(rows: Sequence[tuple[Party, Member]], case: Case, code: str, item: str) -> None:
    Claim.objects.bulk_create(
        Claim(case=case, party=party, code=code, item=item, amount_yuan=member.amount_yuan)
        for party, member in rows
    )


def _count(case: Case) -> None:
    """How many workers stand in the case now; from ten on it is collective by law."""
    count = Party.objects.filter(case=case, side=Side.WORKER, left_on__isnull=True).count()
    case.group_size = max(count, 1)
    case.is_collective = case.is_collective or count >= COLLECTIVE_FROM
    case.save(update_fields=["group_size", "is_collective"])


@transaction.atomic
def elect(
    case: Case,
    refs: Sequence[str],
    *,
    on: date,
    present: int,
    words: str,
    by: User,
    at: datetime,
) -> list[Party]:
    """The workers elected who speaks for them; who is not named any more speaks no longer (LDMAL art. 7)."""
    case = lock_case(case.pk)
    rows = Party.objects.filter(case=case, side=Side.WORKER, left_on__isnull=True)
    rows.exclude(ref__in=refs).filter(is_representative=True).update(is_representative=False)
    chosen = list(rows.filter(ref__in=refs).order_by("id"))
    rows.filter(ref__in=refs).update(is_representative=True)
    record(case, Kind.REPRESENTATIVES_ELECTED, by=by, at=at, refs=[row.ref for row in chosen], on=on,
           present=present, words=words)  # fmt: skip
    return chosen


@transaction.atomic
def answer_settlement(
    case: Case, refs: Sequence[str], *, agrees: bool, on: date, how: str, by: User, at: datetime
) -> int:
    """Members say yes or no to the settlement at their own sum; the last word counts. Answers how many."""
    case = lock_case(case.pk)
    rows = Party.objects.filter(case=case, side=Side.WORKER, left_on__isnull=True, ref__in=refs)
    told = sorted(rows.values_list("ref", flat=True))
    rows.update(
        settlement_consent_on=on if agrees else None,
        settlement_refused_on=None if agrees else on,
    )
    record(
        case, Kind.SETTLEMENT_ANSWERED, by=by, at=at, agrees=agrees, refs=told, on=on, how=how
    )
    return len(told)
