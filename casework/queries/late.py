"""What is late: open deadlines whose last day is over."""

from collections.abc import Iterable
from datetime import date

from casework.models import Deadline, DeadlineState

MOST = 200


def late(as_of: date, *, with_people: bool = True) -> list[Deadline]:
    """Open deadlines past their due date, oldest first; only of cases visible in this context."""
    rows = Deadline.objects.filter(state=DeadlineState.OPEN, due__lt=as_of)
    rows = rows.select_related("case", "case__district").order_by("due", "id")
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
