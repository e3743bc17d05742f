"""Warnings of hardship as rows: raised with the fact shown, visited, ended, forgotten."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Hardship, HelpResult, Party, User
from casework.queries import at_once
from casework.rules.hardship import Sign


class NoSign(CommandRefused):
    """None of the facts shows a need: three months unpaid, a large sum owed, illness, injury, pregnancy, no food."""


class WarnedBefore(CommandRefused):
    """A warning for this person is open already."""


class Visited(CommandRefused):
    """This warning is at its end."""


class ConsentNeeded(CommandRefused):
    """A help file is opened only with the person's consent, and its day."""


class SumNeeded(CommandRefused):
    """Relief has a sum."""


def open_for(case: Case) -> list[Hardship]:
    """The warnings of a case that wait for a visit."""
    rows = at_once.rows(case, "hardships", "party__person")
    return [row for row in rows if row.result == ""]


@transaction.atomic
def warn(
    party: Party,
    *,
    signs: list[Sign],
    words: str,
    parameters: list[str],
    by: User,
    at: datetime,
) -> Hardship:
    """Raise a warning for a person of a case. Raises: NoSign, WarnedBefore."""
    lock_case(party.case_id)
    if not signs:
        raise NoSign
    if Hardship.objects.filter(party=party, result="").exists():
        raise WarnedBefore
    made = Hardship.objects.create(
        case=party.case, party=party, words=words, parameters=parameters, warned_at=at,
        signs=[{"code": sign.code, "zh": sign.zh, "en": sign.en} for sign in signs],
    )  # fmt: skip
    record(
        party.case, Kind.HARDSHIP_WARNED, by=by, at=at, party=party.ref,
        signs=[sign.code for sign in signs],
    )  # fmt: skip
    return made


@transaction.atomic
def end(
    row: Hardship,
    *,
    result: str,
    told: str,
    relief_yuan: Decimal | None,
    consented_on: date | None,
    on: date,
    by: User,
    at: datetime,
) -> None:
    """What the visit led to. Raises: Visited, ConsentNeeded, SumNeeded."""
    lock_case(row.case_id)
    row.refresh_from_db()
    if row.result:
        raise Visited
    if result == HelpResult.FILE and consented_on is None:
        raise ConsentNeeded(field="consented_on")
    if result == HelpResult.RELIEF and not relief_yuan:
        raise SumNeeded(field="relief_yuan")
    row.result, row.told, row.visited_on = result, told, on
    row.relief_yuan = relief_yuan if result == HelpResult.RELIEF else None
    row.consented_on = consented_on if result == HelpResult.FILE else None
    row.save()
    record(row.case, Kind.HARDSHIP_ENDED, by=by, at=at, party=row.party.ref, result=result)


@transaction.atomic
def take_back(row: Hardship, *, why: str, on: date, by: User, at: datetime) -> None:
    """The warning was wrong, or the person wants none: emptied at once, only that it was there stays.

    Raises: Visited.
    """
    lock_case(row.case_id)
    row.refresh_from_db()
    if row.result:
        raise Visited
    row.result, row.visited_on, row.forgotten_at = HelpResult.NOT_WANTED, on, at
    row.signs, row.words, row.told, row.parameters = [], "", "", []
    row.save()
    record(row.case, Kind.HARDSHIP_TAKEN_BACK, by=by, at=at, party=row.party.ref, why=why)


@transaction.atomic
def forget(case: Case, *, at: datetime) -> int:
    """Empty the warnings of a case that is archived; answers how many.

    Help files opened with consent stay; of relief the sum stays, for the books.
    """
    rows = Hardship.objects.filter(case=case, forgotten_at__isnull=True).exclude(
        result=HelpResult.FILE
    )
    return rows.update(signs=[], words="", told="", parameters=[], forgotten_at=at)
