"""Steps before a court or commission that the file only follows, by dates."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from casework.commands.base import lock_case
from casework.events import Kind, record
from casework.models import Case, Proceeding, User

KINDS = ("CONFIRMATION", "REVIEW", "PAYMENT_ORDER", "ENFORCEMENT", "ARBITRATION", "SUIT")
STEPS = (
    "FILED",
    "ACCEPTED",
    "ISSUED",
    "SERVED",
    "OBJECTED",
    "HEARD",
    "RESULT",
    "ENFORCED",
    "REFUSED",
    "WITHDRAWN",
)


@transaction.atomic
def follow(
    case: Case,
    *,
    kind: str,
    step: str,
    on: date,
    by: User,
    at: datetime,
    body: str = "",
    number: str = "",
    amount_yuan: Decimal | None = None,
    note: str = "",
) -> Proceeding:
    """Write down one step: body, its number, the day, the sum."""
    lock_case(case.pk)
    made = Proceeding.objects.create(
        case=case,
        kind=kind,
        step=step,
        on=on,
        body=body,
        number=number,
        amount_yuan=amount_yuan,
        note=note,
    )
    record(
        case,
        Kind.PROCEEDING_FOLLOWED,
        by=by,
        at=at,
        proceeding=kind,
        step=step,
        on=on,
        body=body,
        number=number,
    )
    return made
