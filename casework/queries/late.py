"""What is late: open deadlines whose last day is over."""

from datetime import date

from casework.models import Deadline, DeadlineState

MOST = 200


def late(as_of: date) -> list[Deadline]:
    """Open deadlines past their due date, oldest first; only of cases visible in this context."""
    rows = Deadline.objects.filter(state=DeadlineState.OPEN, due__lt=as_of)
    return list(rows.select_related("case", "case__district").order_by("due", "id")[:MOST])
