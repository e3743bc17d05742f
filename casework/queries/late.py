"""What is late: open duties of an office or of the house whose last day is over. A right is never late."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.db.models import Q, QuerySet

from casework.models import Deadline, DeadlineState
from casework.rules.catalogue import seed
from casework.rules.spent import holder_of

MOST = 200
# The debtor may pay or object: when it is over nobody of the house or of an agency is late.
OF_A_PARTY = ("A-06c",)


@cache
def windows() -> frozenset[str]:
    """Limits after which nobody is late: a way of the parties is open, or closed (values/holders.yaml)."""
    return frozenset(code for code in seed().codes() if holder_of(code) is None).union(
        OF_A_PARTY
    )


def duty() -> Q:
    """The one rule of what can be late: the ladder, the lists and the cockpit's numbers all ask it."""
    return Q(state=DeadlineState.OPEN) & ~Q(rule__in=windows())


def duties() -> QuerySet[Deadline]:
    """Open clocks that somebody has to keep; only of cases visible in this context."""
    return Deadline.objects.filter(duty())


def late(as_of: date, *, with_people: bool = True) -> list[Deadline]:
    """Open duties past their due date, oldest first; only of cases visible in this context."""
    rows = duties().filter(due__lt=as_of).select_related("case", "case__district")
    rows = rows.order_by("due", "id")
    of_case = (
        "case__parties__person",
        "case__parties__employer",
        "case__claims",
        "escalations",
    )
    return list((rows.prefetch_related(*of_case) if with_people else rows)[:MOST])


def next_due(cases: Iterable[int]) -> dict[int, Deadline]:
    """The open deadline of each case that ends first; cases without one are left out."""
    rows = Deadline.objects.filter(case_id__in=list(cases), state=DeadlineState.OPEN)
    return {row.case_id: row for row in rows.order_by("-due", "-id")}
