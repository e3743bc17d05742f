"""Carrying an agreement out: due, paid, late, dunned, defaulted, accelerated; and corrections."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import (
    Agreement,
    AgreementState,
    Case,
    Instalment,
    InstalmentState,
    User,
)

SETTLED = (InstalmentState.PAID, InstalmentState.WAIVED)
OVERDUE = (InstalmentState.LATE, InstalmentState.DUNNED, InstalmentState.DEFAULTED)


class NoPlan(CommandRefused):
    """No agreement of this case is in force."""


class NotLate(CommandRefused):
    """No instalment is late."""


class NotDunned(CommandRefused):
    """Send the dunning letter first, and let its days pass."""


def plan_of(case: Case) -> list[Instalment]:
    """The instalments in force, in order. Raises: NoPlan."""
    agreement = Agreement.objects.filter(case=case, state=AgreementState.IN_FORCE).first()
    if agreement is None:
        raise NoPlan
    return list(
        Instalment.objects.select_for_update().filter(agreement=agreement).order_by("number")
    )


def move(
    row: Instalment,
    state: InstalmentState,
    kind: Kind,
    *,
    by: User | None,
    at: datetime,
    **told: Any,
) -> None:
    """An instalment comes into a state: kept in the row of its states and in the ledger."""
    row.state = state
    row.states = [*row.states, str(state)]
    row.save()
    record(
        row.agreement.case, kind, by=by, at=at, number=row.number, yuan=row.amount_yuan, **told
    )


@transaction.atomic
def pass_day(case: Case, *, on: date, at: datetime) -> list[Instalment]:
    """Pay days that have come are due, those that are over are late; answers the newly late ones."""
    lock_case(case.pk)
    late = []
    for row in plan_of(case):
        if row.state == InstalmentState.PENDING and row.due_on <= on:
            move(row, InstalmentState.DUE, Kind.INSTALMENT_DUE, by=None, at=at)
        if row.state == InstalmentState.DUE and row.due_on < on:
            move(row, InstalmentState.LATE, Kind.INSTALMENT_LATE, by=None, at=at)
            late.append(row)
    return late


@transaction.atomic
def dun(case: Case, *, by: User, at: datetime) -> Instalment:
    """The dunning letter for the oldest late instalment. Raises: NotLate."""
    lock_case(case.pk)
    row = next((each for each in plan_of(case) if each.state == InstalmentState.LATE), None)
    if row is None:
        raise NotLate
    move(row, InstalmentState.DUNNED, Kind.INSTALMENT_DUNNED, by=by, at=at)
    return row


@transaction.atomic
def confirm_default(case: Case, *, grace_over: bool, by: User, at: datetime) -> Instalment:
    """The days of grace are over: default; with an acceleration clause everything is due now.

    Raises: NotDunned.
    """
    lock_case(case.pk)
    rows = plan_of(case)
    row = next((each for each in rows if each.state == InstalmentState.DUNNED), None)
    if row is None or not grace_over:
        raise NotDunned
    move(row, InstalmentState.DEFAULTED, Kind.INSTALMENT_DEFAULTED, by=by, at=at)
    if row.agreement.accelerates:
        for later in rows:
            if later.state in (InstalmentState.PENDING, InstalmentState.DUE):
                later.accelerated_to = clock.day(at)
                move(
                    later,
                    InstalmentState.ACCELERATED,
                    Kind.INSTALMENT_ACCELERATED,
                    by=by,
                    at=at,
                )
    record(case, Kind.DEFAULT_DECIDED, by=by, at=at, number=row.number)
    return row
