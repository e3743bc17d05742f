"""The figures of the cockpit, each defined once: its words, its formula, and the cases behind it.

The tile, the list that it opens, the page of definitions and the report all read this table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Agreement, Case, Deadline, DeadlineState, Referral
from casework.queries.calendar import current
from casework.rules.calendar import Calendar
from casework.statistics.cells import ENDED

SOON_DAYS, WEEK, QUARTER = 3, 7, 92
EVERY = 1_000_000
LEAST_FOR_A_RATE = 30
HIDDEN_UNDER = 5
OPEN = Q(closed_on=None, archived_on=None) & ~Q(status__in=ENDED)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that people ask about."""

    code: str
    title: str | Promise
    formula: str | Promise
    cases: Callable[[date], Q]


def _cases_with(model: type[Model], **more: object) -> Q:
    """Cases with a row that fits. The bound keeps the planner from looking up the row case by case:
    under the row policies it thinks of one case, not of thousands, and took 20 s for 5,000.
    """
    rows = model._default_manager.filter(**more).order_by().values("case_id")
    return Q(pk__in=rows[:EVERY])


def _clock_of(**more: object) -> Q:
    """A running clock of the case fits."""
    return _cases_with(Deadline, **more)


def overdue(today: date) -> Q:
    """Open, and a running clock's last day is over."""
    return OPEN & _clock_of(state=DeadlineState.OPEN, due__lt=today)


def soon_until(today: date, calendar: Calendar) -> date:
    """The third working day after today."""
    last = today
    for _each in range(SOON_DAYS):
        last = calendar.next_working(last + timedelta(days=1))
    return last


def soon(today: date) -> Q:
    """Open, nothing over, and a running clock ends within three working days."""
    last = soon_until(today, current())
    return (
        OPEN
        & _clock_of(state=DeadlineState.OPEN, due__range=(today, last))
        & ~_clock_of(state=DeadlineState.OPEN, due__lt=today)
    )


def _statutory(today: date) -> Q:
    until = today + timedelta(days=WEEK)
    return OPEN & _clock_of(
        state=DeadlineState.OPEN, nature="statutory", due__range=(today, until)
    )


def _opened(today: date) -> Q:
    begin = clock.instant(today)
    return Q(opened_at__gte=begin, opened_at__lt=begin + timedelta(days=1))


def _referred(today: date) -> Q:
    return _cases_with(Referral, sent_at__gte=clock.instant(today - timedelta(days=QUARTER)))


FIGURES = {
    each.code: each
    for each in (
        Figure("calls", _("Calls today"), _("Cases opened today by a call, a visit, a letter or from outside."), _opened),
        Figure("open", _("Running"), _("Opened and not ended: neither closed, archived, refused, withdrawn nor answered with advice."), lambda _today: OPEN),
        Figure("overdue", _("Overdue"), _("Running, and the last day of a running clock is over. Paused clocks do not count."), overdue),
        Figure("soon", _("Due within 3 working days"), _("Running, nothing overdue, and a clock ends today or within three working days."), soon),
        Figure("statutory", _("Statutory clocks of 7 days"), _("Running, and a clock of the law ends within seven calendar days."), _statutory),
        Figure("paused", _("Paused"), _("Running, with a clock that stands still for a reason."), lambda _today: OPEN & _clock_of(state=DeadlineState.PAUSED)),
        Figure("emergency", _("Emergencies today"), _("Opened today with the class emergency."), lambda today: _opened(today) & Q(classes__contains=["EMERGENCY"])),
        Figure("accepted", _("Accepted"), _("By the day of acceptance."), lambda _today: Q(accepted_on__isnull=False)),
        Figure("settled", _("Settled"), _("An agreement is in force, whole or in part; by the day it took effect. Success rate: settled of settled and failed."), lambda _today: _cases_with(Agreement, effective_on__isnull=False)),
        Figure("failed", _("Mediation failed"), _("By the day on which mediation failed."), lambda _today: Q(failed_on__isnull=False)),
        Figure("nef", _("New employment forms"), _("Accepted, and the work is of a new employment form."), lambda _today: Q(accepted_on__isnull=False, is_new_form=True)),
        Figure("referred", _("Referred"), _("Sent to another office within the last 92 days. Answer time: working days from signing for it to the first answer; agreed: 5."), _referred),
    )
}  # fmt: skip
MONTH_OF = {
    "accepted": "accepted_on", "nef": "accepted_on", "failed": "failed_on",
    "settled": "effective_on",
}  # fmt: skip


def cases_of(code: str, today: date) -> QuerySet[Case]:
    """The cases behind a figure, of those that the person may see. Raises: KeyError."""
    return Case.objects.filter(FIGURES[code].cases(today))


def in_month(code: str, month: date) -> Q:
    """Those of a month, for a figure that has months. Raises: KeyError."""
    span = {f"{MONTH_OF[code]}__year": month.year, f"{MONTH_OF[code]}__month": month.month}
    return _cases_with(Agreement, **span) if code == "settled" else Q(**span)


def referred_to(agency: str, today: date) -> Q:
    """Those sent to an agency in the last quarter."""
    since = clock.instant(today - timedelta(days=QUARTER))
    return _cases_with(Referral, agency_id=agency, sent_at__gte=since)
