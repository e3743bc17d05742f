"""The figures of the cockpit, each defined once: its words, its formula, and the cases behind it.

The tile, the list that it opens, the page of definitions and the report all read this table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import (
    Agreement,
    Case,
    Deadline,
    DeadlineState,
    Event,
    Instalment,
    Party,
    Referral,
    Side,
)
from casework.queries.calendar import current
from casework.queries.late import duty
from casework.rules.calendar import Calendar
from casework.statistics.cells import ENDED, UNANSWERED
from casework.statistics.steps import STEPS, Step

SOON_DAYS, WEEK, QUARTER = 3, 7, 92
EVERY = 1_000_000
LEAST_FOR_A_RATE = 30
HIDDEN_UNDER = 5
NONE, OTHERS = (
    "none",
    "others",
)  # in an address: what has no district, no cause; the small ones together
OPEN = Q(closed_on=None, archived_on=None) & ~Q(status__in=ENDED)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that people ask about."""

    code: str
    title: str | Promise
    formula: str | Promise
    cases: Callable[[date], Q]


def _cases_with(model: type[Model], *which: Q, **more: object) -> Q:
    """Cases with a row that fits. The bound keeps the planner from looking up the row case by case:
    under the row policies it thinks of one case, not of thousands, and took 20 s for 5,000.
    """
    rows = model._default_manager.filter(*which, **more).order_by().values("case_id")
    return Q(pk__in=rows[:EVERY])


def _cases_with_instalments(**more: object) -> Q:
    """Cases with an instalment that fits."""
    rows = Instalment.objects.filter(**more).order_by().values("agreement__case_id")
    return Q(pk__in=rows[:EVERY])


def _clock_of(**more: object) -> Q:
    """A running clock of the case fits."""
    return _cases_with(Deadline, **more)


def overdue(today: date) -> Q:
    """Open, and the last day of a running duty is over."""
    return OPEN & _cases_with(Deadline, duty(), due__lt=today)


def soon_until(today: date, calendar: Calendar) -> date:
    """The third working day after today."""
    last = today
    for _each in range(SOON_DAYS):
        last = calendar.next_working(last + timedelta(days=1))
    return last


def soon(today: date) -> Q:
    """Open, nothing over, and a running duty ends within three working days."""
    last = soon_until(today, current())
    return (
        OPEN
        & _cases_with(Deadline, duty(), due__range=(today, last))
        & ~_cases_with(Deadline, duty(), due__lt=today)
    )


def _statutory(today: date) -> Q:
    until = today + timedelta(days=WEEK)
    return OPEN & _clock_of(
        state=DeadlineState.OPEN, nature="statutory", due__range=(today, until)
    )


def _opened(today: date) -> Q:
    begin = clock.instant(today)
    return Q(opened_at__gte=begin, opened_at__lt=begin + timedelta(days=1))


def _settled() -> Q:
    return _cases_with(Agreement, effective_on__isnull=False)


def _referred(today: date) -> Q:
    return _cases_with(Referral, sent_at__gte=clock.instant(today - timedelta(days=QUARTER)))


def _first_in(kinds: tuple[str, ...], since: date) -> Q:
    """The first entry of these kinds was written on the day or later."""
    begin = clock.instant(since)
    return _cases_with(Event, kind__in=kinds, at__gte=begin) & ~_cases_with(
        Event, kind__in=kinds, at__lt=begin
    )


def waits_at(step: Step) -> Q:
    """The step has begun and not ended: running cases, or closed ones that are not archived."""
    there = Q(closed_on__isnull=False, archived_on=None) if step.after else OPEN
    begun = _cases_with(Event, kind__in=step.begins)
    return there & begun & ~_cases_with(Event, kind__in=step.ends)


def passed(step: Step, today: date) -> Q:
    """The step ended within the last 92 days."""
    begun = _cases_with(Event, kind__in=step.begins)
    return begun & _first_in(step.ends, today - timedelta(days=QUARTER))


def _any(each: Iterable[Q]) -> Q:
    found = Q()
    for one in each:
        found |= one
    return found


def silent(**more: object) -> Q:
    """Sent to an agency, which has not answered."""
    return _cases_with(
        Referral, sent_at__isnull=False, answered_at=None, state__in=UNANSWERED, **more
    )


def replied(today: date, **more: object) -> Q:
    """Sent to an agency in the last quarter, and answered."""
    since = clock.instant(today - timedelta(days=QUARTER))
    return _cases_with(Referral, sent_at__gte=since, answered_at__isnull=False, **more)


FIGURES = {
    each.code: each
    for each in (
        Figure("calls", _("Calls today"), _("Cases opened today by a call, a visit, a letter or from outside."), _opened),
        Figure("open", _("Running"), _("Opened and not ended: neither closed, archived, refused, withdrawn nor answered with advice."), lambda _today: OPEN),
        Figure("overdue", _("Overdue"), _("Running, and the last day of something that an office or the union must do is over. Paused clocks do not count, nor do rights of the parties: from when one may go to arbitration, until when one may sue."), overdue),
        Figure("soon", _("Due within 3 working days"), _("Running, nothing overdue, and something that an office or the union must do ends today or within three working days."), soon),
        Figure("statutory", _("Statutory clocks of 7 days"), _("Running, and a clock of the law ends within seven calendar days."), _statutory),
        Figure("paused", _("Paused"), _("Running, with a clock that stands still for a reason."), lambda _today: OPEN & _clock_of(state=DeadlineState.PAUSED)),
        Figure("emergency", _("Emergencies today"), _("Opened today with the class emergency."), lambda today: _opened(today) & Q(classes__contains=["EMERGENCY"])),
        Figure("accepted", _("Accepted"), _("By the day of acceptance."), lambda _today: Q(accepted_on__isnull=False)),
        Figure("settled", _("Settled"), _("An agreement is in force, whole or in part; by the day it took effect. Success rate: settled of settled and failed."), lambda _today: _settled()),
        Figure("failed", _("Mediation failed"), _("By the day on which mediation failed."), lambda _today: Q(failed_on__isnull=False)),
        Figure("finished", _("Mediation finished"), _("Settled or failed in the month: what the success rate is counted of."), lambda _today: _settled() | Q(failed_on__isnull=False)),
        Figure("paid", _("Paid"), _("An instalment was paid in full or in part; by the day of the last payment on it."), lambda _today: _cases_with_instalments(paid_on__isnull=False)),
        Figure("nef", _("New employment forms"), _("Accepted, and the work is of a new employment form."), lambda _today: Q(accepted_on__isnull=False, is_new_form=True)),
        Figure("referred", _("Referred"), _("Sent to another office within the last 92 days. Answer time: working days from signing for it to the first answer; agreed: 5. Of several referrals of a case to one agency the last counts."), _referred),
        Figure("awaits", _("Without an answer"), _("Sent to another office, which has neither answered nor been released; one case and agency counts once."), lambda _today: silent()),
        Figure("replied", _("Answered by an agency"), _("Sent to another office within the last 92 days, and its first answer has come."), replied),
        Figure("waits", _("Waiting at a step"), _("The ledger has the entry that begins the step and none that ends it; running cases, for the steps after the closing closed ones that are not archived."), lambda _today: _any(waits_at(each) for each in STEPS.values())),
        Figure("passed", _("Passed a step"), _("The first entry that ends the step was written within the last 92 days. Time: working days since the first entry that begins it; half were done within the middle value, nine of ten within the other. A reopened case counts once."), lambda today: _any(passed(each, today) for each in STEPS.values())),
    )
}  # fmt: skip
MONTH_OF = {
    "accepted": "accepted_on", "nef": "accepted_on", "failed": "failed_on",
    "settled": "effective_on", "paid": "paid_on", "finished": "",
}  # fmt: skip


def address(code: str, **filters: Any) -> str:
    """The list behind a number."""
    query = urlencode({name: value for name, value in filters.items() if value})
    return reverse("cockpit-list", args=[code]) + (f"?{query}" if query else "")


def rate(part: int, whole: int) -> str:
    """90.3 %, or the counts alone when there are fewer than thirty."""
    if whole < LEAST_FOR_A_RATE:
        return f"{part} / {whole}"
    return f"{100 * part / whole:.1f}%"


def cases_of(code: str, today: date) -> QuerySet[Case]:
    """The cases behind a figure, of those that the person may see. Raises: KeyError."""
    return Case.objects.filter(FIGURES[code].cases(today))


def every(chosen: Q) -> QuerySet[Case]:
    """The cases that fit, of those that the person may see."""
    return Case.objects.filter(chosen)


def in_month(code: str, month: date) -> Q:
    """Those of a month, for a figure that has months. Raises: KeyError."""
    if code == "finished":
        return in_month("settled", month) | in_month("failed", month)
    span = {f"{MONTH_OF[code]}__year": month.year, f"{MONTH_OF[code]}__month": month.month}
    if code == "paid":
        return _cases_with_instalments(**span)
    return _cases_with(Agreement, **span) if code == "settled" else Q(**span)


def of_industry(code: str) -> Q:
    """Cases whose first employer with an industry on record has this one; NONE: no employer has one."""
    firms = Party.objects.filter(side=Side.EMPLOYER, left_on=None, employer__industry__gt="")
    if code == NONE:
        return ~Q(pk__in=firms.order_by().values("case_id")[:EVERY])
    first = (
        firms.filter(case=OuterRef("pk")).order_by("ref", "id").values("employer__industry")[:1]
    )
    return Q(
        pk__in=Case.objects.annotate(of=Subquery(first)).filter(of=code).values("pk")[:EVERY]
    )


def of_agency(code: str, agency: str, today: date) -> Q:
    """Those of an agency, for a figure about agencies."""
    if code == "awaits":
        return silent(agency_id=agency)
    if code == "replied":
        return replied(today, agency_id=agency)
    since = clock.instant(today - timedelta(days=QUARTER))
    return _cases_with(Referral, agency_id=agency, sent_at__gte=since)
