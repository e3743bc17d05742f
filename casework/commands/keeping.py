"""The term of a file that is put away, and legal holds: placed by one person, lifted by another."""

from datetime import date, datetime

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Keeping, KeepingState, LegalHold, User
from casework.rules.retention import Retention, class_of, retention

MOST = 200


class NoGround(CommandRefused):
    """Say why."""


class LiftedByAnother(CommandRefused):
    """A hold is lifted by somebody other than who placed it."""


class NotHeld(CommandRefused):
    """This hold was lifted already."""


class AlreadyDestroyed(CommandRefused):
    """This file was destroyed."""


@transaction.atomic
def begin(case: Case, *, outcome: str, on: date) -> Keeping:
    """The class of a file and its last day, counted anew from the day it is put away (after a reopening too).

    Source: values/retention.yaml, each class with its ground and mark.
    """
    kind = rule_for(case, outcome=outcome, on=on)
    made, _fresh = Keeping.objects.update_or_create(
        case=case,
        defaults={
            "district_id": case.district_id, "number": str(case), "kind": kind.code, "version": kind.since,
            "counted_from": on, "ends_on": kind.ends(on), "state": KeepingState.KEPT, "ended_on": None,
        },
    )  # fmt: skip
    return made


def rule_for(case: Case, *, outcome: str, on: date) -> Retention:
    """The class that a file would have if it were put away on a day."""
    causes = [case.main_cause, *case.causes]
    return class_of(outcome=outcome, collective=case.is_collective, causes=causes, on=on)


def rule_of(row: Keeping) -> Retention:
    """The class of a file as it held when it was put away."""
    return retention(row.kind, row.version)


def standing(case_id: int) -> list[LegalHold]:
    """The holds that stand on a case."""
    return list(LegalHold.objects.filter(case_id=case_id, lifted_at=None))


@transaction.atomic
def place_hold(case: Case, *, ground: str, paper: str, by: User, at: datetime) -> LegalHold:
    """Nothing of this file is destroyed until the hold is lifted. Raises: NoGround, AlreadyDestroyed."""
    if lock_case(case.pk).destroyed_on is not None:
        raise AlreadyDestroyed
    ground = _need(ground)
    made = LegalHold.objects.create(
        case=case, ground=ground, paper=paper.strip()[:120], placed_by=by, placed_at=at
    )
    record(
        case, Kind.HOLD_PLACED, by=by, at=at, hold=str(made.pk), ground=ground, paper=made.paper
    )
    return made


@transaction.atomic
def lift_hold(hold: LegalHold, *, why: str, by: User, at: datetime) -> None:
    """The hold falls away. Raises: NoGround, LiftedByAnother, NotHeld."""
    lock_case(hold.case_id)
    hold.refresh_from_db()
    if hold.lifted_at is not None:
        raise NotHeld
    if hold.placed_by_id == by.pk:
        raise LiftedByAnother
    hold.lifted_by, hold.lifted_at, hold.lifted_why = by, at, _need(why)
    hold.save(update_fields=["lifted_by", "lifted_at", "lifted_why"])
    record(hold.case, Kind.HOLD_LIFTED, by=by, at=at, hold=str(hold.pk), why=hold.lifted_why)


def _need(words: str) -> str:
    """What was written, cut to the length of its column. Raises: NoGround."""
    if not words.strip():
        raise NoGround(field="ground")
    return words.strip()[:MOST]
