"""Who stands on which rung of the ladder for what is late: for the cockpit, the meeting's list and letters."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from casework.models import Case, Deadline, DeadlineState
from casework.queries.calendar import current
from casework.rules.escalation import Rung, ladder

# When these are over nobody is late: a way of the parties is open, or closed.
WINDOWS = ("M-03", "A-01", "A-04", "A-06c", "A-07")
MOST = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """A late clock on its highest rung. `days`: working days since its last day."""

    case: Case
    deadline: Deadline
    rung: Rung
    since: datetime
    days: int


def climbing(as_of: date) -> QuerySet[Deadline]:
    """Open clocks of the house that are over; an agency's light is the agency's own ladder."""
    rows = Deadline.objects.filter(state=DeadlineState.OPEN, referral__isnull=True)
    rows = rows.filter(due__lt=as_of, case__archived_on__isnull=True)
    return rows.exclude(rule__in=WINDOWS).order_by("due", "id")


def standings(as_of: date, *, district_id: int | None = None, whom: str = "") -> list[Standing]:
    """Late clocks on their highest rung, the highest and the oldest first; at most MOST.

    Only of cases visible in this context; `whom`: one rung only. Two questions at any size.
    """
    rows = climbing(as_of).filter(escalations__isnull=False).distinct()
    if district_id is not None:
        rows = rows.filter(case__district_id=district_id)
    rows = rows.select_related("case", "case__district").prefetch_related("escalations")
    rungs = ladder(as_of).rungs
    calendar, found = current(), []
    for row in rows[:MOST]:
        stood = {each.whom: each.at for each in row.escalations.all()}
        places = [place for place, rung in enumerate(rungs) if rung.whom in stood]
        if places and whom in ("", rungs[places[-1]].whom):
            rung, days = rungs[places[-1]], calendar.working_days_between(row.due, as_of)
            found.append((places[-1], Standing(row.case, row, rung, stood[rung.whom], days)))
    found.sort(key=lambda pair: (-pair[0], pair[1].deadline.due, pair[1].deadline.pk))
    return [each for _place, each in found]


def by_rung(rows: Iterable[Standing], as_of: date) -> dict[str, int]:
    """How many stand on each rung, by its stored name, lowest first; rungs with nobody are 0."""
    counted = Counter(row.rung.whom for row in rows)
    rungs = [rung for rung in ladder(as_of).rungs if rung.trigger == "overdue"]
    return {rung.whom: counted[rung.whom] for rung in rungs}


def nearly_due(as_of: date) -> QuerySet[Deadline]:
    """Open clocks of the house whose last day is so near that their owner hears of it each day."""
    last = as_of
    for _day in range(ladder(as_of).soon.days):
        last = current().next_working(last + timedelta(days=1))
    rows = Deadline.objects.filter(state=DeadlineState.OPEN, referral__isnull=True)
    rows = rows.filter(due__gte=as_of, due__lte=last, case__archived_on__isnull=True)
    return rows.exclude(rule__in=WINDOWS).order_by("due", "id")
