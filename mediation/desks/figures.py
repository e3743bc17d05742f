"""The figures of the cockpit, each defined once: its words, its formula, and the cases behind it.

The tile, the list that it opens, the page of definitions and the report all read this table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Case, Deadline, DeadlineState
from casework.queries.calendar import current

SOON_DAYS, WEEK = 3, 7
LEAST_FOR_A_RATE = 30
HIDDEN_UNDER = 5
ENDED = ("ADVICE_ANSWERED", "REFUSED", "WITHDRAWN", "CLOSED", "ARCHIVED")
OPEN = Q(closed_on=None, archived_on=None) & ~Q(status__in=ENDED)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that people ask about."""

    code: str
    title: str | Promise
    formula: str | Promise
    cases: Callable[[date], Q]


def _clock_of(**more: object) -> Exists:
    """A running clock of the case that fits."""
    rows = Deadline.objects.filter(case=OuterRef("pk"), **more)
    return Exists(rows)


def overdue(today: date) -> Q:
    """Open, and a running clock's last day is over."""
    return OPEN & Q(_clock_of(state=DeadlineState.OPEN, due__lt=today))


def soon(today: date) -> Q:
    """Open, nothing over, and a running clock ends within three working days."""
    last = today
    for _each in range(SOON_DAYS):
        last = current().next_working(last + timedelta(days=1))
    return (
        OPEN
        & Q(_clock_of(state=DeadlineState.OPEN, due__range=(today, last)))
        & ~Q(_clock_of(state=DeadlineState.OPEN, due__lt=today))
    )


def _statutory(today: date) -> Q:
    until = today + timedelta(days=WEEK)
    return OPEN & Q(
        _clock_of(state=DeadlineState.OPEN, nature="statutory", due__range=(today, until))
    )


def _opened(today: date) -> Q:
    begin = clock.instant(today)
    return Q(opened_at__gte=begin, opened_at__lt=begin + timedelta(days=1))


FIGURES = {
    each.code: each
    for each in (
        Figure("calls", _("Calls today"), _("Cases opened today by a call, a visit, a letter or from outside."), _opened),
        Figure("open", _("Running"), _("Opened and not ended: neither closed, archived, refused, withdrawn nor answered with advice."), lambda _today: OPEN),
        Figure("overdue", _("Overdue"), _("Running, and the last day of a running clock is over. Paused clocks do not count."), overdue),
        Figure("soon", _("Due within 3 working days"), _("Running, nothing overdue, and a clock ends today or within three working days."), soon),
        Figure("statutory", _("Statutory clocks of 7 days"), _("Running, and a clock of the law ends within seven calendar days."), _statutory),
        Figure("paused", _("Paused"), _("Running, with a clock that stands still for a reason."), lambda _today: OPEN & Q(_clock_of(state=DeadlineState.PAUSED))),
        Figure("emergency", _("Emergencies today"), _("Opened today with the class emergency."), lambda today: _opened(today) & Q(classes__contains=["EMERGENCY"])),
        Figure("accepted", _("Accepted"), _("By the day of acceptance."), lambda _today: Q(accepted_on__isnull=False)),
        Figure("settled", _("Settled"), _("An agreement is in force, whole or in part; by the day it took effect. Success rate: settled of settled and failed."), lambda _today: Q(agreements__effective_on__isnull=False)),
        Figure("failed", _("Mediation failed"), _("By the day on which mediation failed."), lambda _today: Q(failed_on__isnull=False)),
        Figure("nef", _("New employment forms"), _("Accepted, and the work is of a new employment form."), lambda _today: Q(accepted_on__isnull=False, is_new_form=True)),
        Figure("referred", _("Referred"), _("Sent to another office within the last 92 days. Answer time: working days from signing for it to the first answer; agreed: 5."), lambda today: Q(referrals__sent_at__gte=clock.instant(today - timedelta(days=92)))),
    )
}  # fmt: skip
MONTH_OF = {
    "accepted": "accepted_on", "nef": "accepted_on", "failed": "failed_on",
    "settled": "agreements__effective_on",
}  # fmt: skip


def cases_of(code: str, today: date) -> QuerySet[Case]:
    """The cases behind a figure, of those that the person may see. Raises: KeyError."""
    return Case.objects.filter(FIGURES[code].cases(today)).distinct()
