"""What is left of an instalment is given up, by the workers' own signed paper."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.commands.performance import SETTLED, plan_of
from casework.events import Kind, record
from casework.models import Case, InstalmentState, User


class NotInWriting(CommandRefused):
    """Giving up money needs the workers' own signed paper."""


class NothingOwed(CommandRefused):
    """Nothing is owed on this instalment."""


@transaction.atomic
def waive(
    case: Case, *, number: int | None, reason: str, in_writing: bool, by: User, at: datetime
) -> tuple[Decimal, bool]:
    """Give up the rest of one instalment. Answers that rest in yuan, and whether nothing is left to pay.

    Raises: NoPlan, NotInWriting, NothingOwed.
    """
    lock_case(case.pk)
    if not in_writing:
        raise NotInWriting(field="in_writing")
    rows = plan_of(case)
    row = next((each for each in rows if each.number == number), None)
    if row is None or row.state in SETTLED:
        raise NothingOwed(field="instalment")
    left = row.amount_yuan - row.paid_yuan
    row.state = InstalmentState.WAIVED
    row.states = [*row.states, str(row.state)]
    row.save()
    record(
        case, Kind.INSTALMENT_WAIVED, by=by, at=at, number=row.number, yuan=left, reason=reason
    )
    done = all(each.state in SETTLED for each in rows)
    if done:
        record(case, Kind.AGREEMENT_PERFORMED, by=by, at=at)
    return left, done
