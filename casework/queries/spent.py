"""Whose days were spent on a case, from its clocks and referrals."""

from dataclasses import replace
from datetime import date

from casework import clock
from casework.models import Case, Deadline, DeadlineState
from casework.queries import at_once
from casework.queries.calendar import current
from casework.rules.spent import Spent, Stretch, holder_of, spent

SUPPLY = "P-12"  # the union (or the worker) supplies material; the office waits
UNION = "UNION"
GONE = (DeadlineState.VOID, DeadlineState.SUPERSEDED)


def days_of(case: Case, as_of: date) -> tuple[Spent, ...]:
    """The days of each party of the case up to that day; an office's waiting for us is ours."""
    rows = [
        row
        for row in at_once.rows(case, "deadlines", "referral")
        if row.start <= as_of and row.state != DeadlineState.VOID
    ]
    clocks = [found for row in rows if (found := _clock(row, as_of))]
    waits = [
        replace(_stretch(row, row.referral.agency_id, as_of), due=None)
        for row in rows
        if row.rule == SUPPLY and row.referral
    ]
    return spent([*clocks, *_referrals(case, as_of)], current(), waits)


def _clock(row: Deadline, as_of: date) -> Stretch | None:
    who = holder_of(row.rule)
    if who == UNION and row.referral is not None and row.rule != SUPPLY:
        who = row.referral.agency_id
    return _stretch(row, who, as_of) if who else None


def _stretch(row: Deadline, who: str, as_of: date) -> Stretch:
    """A superseded row is counted to the day it was replaced and never late: its successor is."""
    until = min(row.closed_on or as_of, as_of)
    due = None if row.state in GONE else row.due
    return Stretch(who, row.start, max(until, row.start), row.rule, due)


def _referrals(case: Case, as_of: date) -> list[Stretch]:
    """From sending to its end a matter lies with the office."""
    found = []
    for row in sorted(case.referrals.all(), key=lambda each: each.pk):
        if row.sent_at is None:
            continue
        since = clock.day(row.sent_at)
        until = clock.day(row.ended_at) if row.ended_at else as_of
        if since <= as_of:
            found.append(Stretch(row.agency_id, since, min(until, as_of), ""))
    return found
