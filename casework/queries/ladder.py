"""Who stands on which rung of the ladder for what is late: for the cockpit, the meeting's list and letters."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case as Choice
from django.db.models import IntegerField, Max, QuerySet, Value, When

from casework.models import Case, Deadline, DeadlineState
from casework.queries.calendar import current
from casework.queries.late import duties, windows
from casework.rules.escalation import Rung, ladder

# The answer to an order is no rung of its own: the order stands on the ladder already.
OF_THE_LADDER = ("P-13",)
MOST = 500
BEFORE = -1  # late, and on no rung yet

WITH_CASE = ("case", "case__district", "case__mediator", "case__manager")

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Rank(TypedDict):
        """What `placed` adds to a late clock: the number of its highest rung."""

        place: int

    Placed = WithAnnotations[Deadline, Rank]


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
    rows = duties().filter(referral__isnull=True)
    rows = rows.filter(due__lt=as_of, case__archived_on__isnull=True)
    return rows.exclude(rule__in=OF_THE_LADDER).order_by("due", "id")


def late_of(case: Case, as_of: date) -> list[Deadline]:
    """The same of one case, from the rows that a page has read; an archived case has none."""
    if case.archived_on is not None:
        return []
    rows = (
        row
        for row in case.deadlines.all()
        if row.state == DeadlineState.OPEN and row.referral_id is None and row.due < as_of
    )
    return sorted(
        (row for row in rows if row.rule not in (*OF_THE_LADDER, *windows())),
        key=lambda row: (row.due, row.pk),
    )


def placed(as_of: date, *, district_id: int | None = None) -> "QuerySet[Placed]":
    """What is late with `place`: its highest rung by number, BEFORE its first.

    The highest and the oldest first. Only of cases visible in this context.
    """
    each = [
        When(escalations__whom=rung.whom, then=Value(place))
        for place, rung in enumerate(ladder(as_of).rungs)
    ]
    rows = climbing(as_of).annotate(
        place=Max(Choice(*each, output_field=IntegerField()), default=BEFORE)
    )
    if district_id is not None:
        rows = rows.filter(case__district_id=district_id)
    return rows.order_by("-place", "due", "id")


def standings(as_of: date, *, district_id: int | None = None, whom: str = "") -> list[Standing]:
    """Late clocks on their highest rung, the highest and the oldest first; at most MOST.

    Only of cases visible in this context; `whom`: one rung only. Two questions at any size.
    """
    rungs = ladder(as_of).rungs
    wanted = [place for place, rung in enumerate(rungs) if whom in ("", rung.whom)]
    rows = placed(as_of, district_id=district_id).filter(place__in=wanted)
    calendar, found = current(), []
    for row in rows.select_related(*WITH_CASE).prefetch_related("escalations")[:MOST]:
        rung = rungs[row.place]
        since = next(each.at for each in row.escalations.all() if each.whom == rung.whom)
        days = calendar.working_days_between(row.due, as_of)
        found.append(Standing(row.case, row, rung, since, days))
    return found


def by_rung(as_of: date) -> dict[str, int]:
    """How many stand on each rung, by its stored name, lowest first; rungs with nobody are 0.

    "": what is late and not yet on a rung. Counted of all, also of more than MOST. One question.
    """
    rungs = ladder(as_of).rungs
    counted = Counter(placed(as_of).order_by().values_list("place", flat=True))
    found = {
        rung.whom: counted[place]
        for place, rung in enumerate(rungs)
        if rung.trigger == "overdue"
    }
    return {"": counted[BEFORE], **found}


def nearly_due(as_of: date) -> QuerySet[Deadline]:
    """Open clocks of the house whose last day is so near that their owner hears of it each day."""
    last = as_of
    for _day in range(ladder(as_of).soon.days):
        last = current().next_working(last + timedelta(days=1))
    rows = duties().filter(referral__isnull=True)
    rows = rows.filter(due__gte=as_of, due__lte=last, case__archived_on__isnull=True)
    return rows.exclude(rule__in=OF_THE_LADDER).order_by("due", "id")
