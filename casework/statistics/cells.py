"""What a case adds to the cockpit's cells. Every cell is a count that can be summed; nothing here is a rate.

Figures that move with the day (overdue, due soon) are counts by day, summed over the days asked for, so a
cell changes only when its case does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from casework import clock
from casework.models import (
    Agreement,
    Case,
    Deadline,
    DeadlineState,
    Instalment,
    Party,
    Referral,
    ReferralState,
    Side,
)
from casework.queries.calendar import current
from casework.queries.late import windows
from casework.rules.calendar import Calendar
from casework.statistics import steps

ENDED = ("ADVICE_ANSWERED", "REFUSED", "WITHDRAWN", "CLOSED", "ARCHIVED")
NO_DAY = date(1, 1, 1)
MOST_DAYS = 99  # of an answer, in working days
UNANSWERED = (ReferralState.SENT, ReferralState.SIGNED)
NOTHING = (0, Decimal(0))

Place = tuple[str, int, date, str]  # code, district, day, key
Value = tuple[int, Decimal]
Added = dict[Place, Value]


def added_by(ids: Sequence[int]) -> dict[int, Added]:
    """What each of the cases adds, in seven questions however many they are."""
    cases = list(Case.objects.filter(pk__in=ids))
    districts = {case.pk: case.district_id or 0 for case in cases}
    running = {case.pk for case in cases if _is_open(case)}
    made: dict[int, Added] = {case.pk: {} for case in cases}
    parts: Iterable[tuple[int, str, date, str, int, Decimal]] = (
        part
        for found in (
            _of_cases(cases), _of_clocks(ids, running), _of_agreements(ids), _of_money(ids),
            _of_referrals(ids, current()), _of_steps(cases, current()), _of_industries(running),
        )
        for part in found
    )  # fmt: skip
    for case_id, code, day, key, n, yuan in parts:
        place = (code, districts[case_id], day, key)
        before = made[case_id].get(place, NOTHING)
        made[case_id][place] = (before[0] + n, before[1] + yuan)
    return made


def _is_open(case: Case) -> bool:
    return case.closed_on is None and case.archived_on is None and case.status not in ENDED


Part = tuple[int, str, date, str, int, Decimal]


def _one(case_id: int, code: str, day: date = NO_DAY, key: str = "", n: int = 1) -> Part:
    return (case_id, code, day, key, n, Decimal(0))


def _month(day: date) -> date:
    return day.replace(day=1)


def _of_cases(cases: list[Case]) -> Iterator[Part]:
    """Opened, running by cause, emergencies, accepted, new forms, failed."""
    for case in cases:
        opened = clock.day(case.opened_at)
        yield _one(case.pk, "calls", opened)
        if "EMERGENCY" in case.classes:
            yield _one(case.pk, "emergency", opened)
        if _is_open(case):
            yield _one(case.pk, "open", key=str(case.main_cause).partition(".")[0])
        if case.accepted_on:
            yield _one(case.pk, "accepted", _month(case.accepted_on))
            if case.is_new_form:
                yield _one(case.pk, "nef", _month(case.accepted_on))
        if case.failed_on:
            yield _one(case.pk, "failed", _month(case.failed_on))


def _of_clocks(ids: Sequence[int], running: set[int]) -> Iterator[Part]:
    """The first running duty of a running case, its clocks of the law, pauses, and clocks that ended."""
    rows = Deadline.objects.filter(case_id__in=ids).order_by("case_id")
    fields = rows.values_list("case_id", "state", "nature", "due", "closed_on", "rule")
    for case_id, found in groupby(fields, key=lambda row: row[0]):
        clocks = list(found)
        if case_id in running:
            yield from _of_running(case_id, clocks)
        for _case, state, _nature, _due, closed, _rule in clocks:
            if closed and state in (DeadlineState.MET, DeadlineState.MISSED):
                yield _one(case_id, "ended", closed, str(state))


def _of_running(case_id: int, clocks: list[Any]) -> Iterator[Part]:
    running = [row for row in clocks if row[1] == DeadlineState.OPEN]
    if duties := [row[3] for row in running if row[5] not in windows()]:
        yield _one(case_id, "due", min(duties))
    if any(row[1] == DeadlineState.PAUSED for row in clocks):
        yield _one(case_id, "paused")
    law = sorted({row[3] for row in running if row[2] == "statutory"})
    for day in law:
        yield _one(case_id, "statutory", day)
    for day, later in pairwise(law):  # so that a case with two days in a week counts once
        yield _one(case_id, "statutory_pair", day, later.isoformat())


def _of_agreements(ids: Sequence[int]) -> Iterator[Part]:
    """A case settled in a month counts once, its sums all."""
    rows = Agreement.objects.filter(case_id__in=ids, effective_on__isnull=False)
    sums: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for case_id, on, yuan in rows.values_list("case_id", "effective_on", "total_yuan"):
        if on is not None:
            sums[case_id, _month(on)] += yuan
    for (case_id, month), yuan in sums.items():
        yield _one(case_id, "settled", month)
        yield (case_id, "agreed", month, "", 0, yuan)


def _of_money(ids: Sequence[int]) -> Iterator[Part]:
    """Paid sums by month; instalments by the day on which they fall due and where they stand, with what came in."""
    rows = Instalment.objects.filter(agreement__case_id__in=ids).values_list(
        "agreement__case_id", "due_on", "accelerated_to", "amount_yuan", "paid_on", "paid_yuan",
        "state",
    )  # fmt: skip
    for case_id, due, sooner, yuan, paid_on, paid, state in rows:
        if paid_on:
            yield (case_id, "paid", _month(paid_on), "", 1, paid)
        yield (case_id, "instalment", sooner or due, str(state), 1, yuan)
        if paid:
            yield (case_id, "instalment", sooner or due, f"in|{state}", 0, paid)


def _of_referrals(ids: Sequence[int], calendar: Calendar) -> Iterator[Part]:
    """Of a case and an agency: the last sending, the last answered one with its days, and since when it is silent."""
    sent: dict[tuple[int, str], date] = {}
    answered: dict[tuple[int, str], tuple[date, int]] = {}
    silent: dict[tuple[int, str], date] = {}
    rows = Referral.objects.filter(case_id__in=ids, sent_at__isnull=False)
    fields = ("case_id", "agency_id", "sent_at", "signed_at", "answered_at", "state")
    for row in rows.order_by("sent_at", "id").only(*fields):
        if row.sent_at is None:
            continue
        place, on = (row.case_id, row.agency_id), clock.day(row.sent_at)
        sent[place] = on
        if row.answered_at is not None:
            begun = clock.day(row.signed_at or row.sent_at)
            days = calendar.working_days_between(begun, clock.day(row.answered_at))
            answered[place] = (on, min(days, MOST_DAYS))
        elif row.state in UNANSWERED:
            silent.setdefault(place, on)
    for (case_id, agency), on in sent.items():
        yield _one(case_id, "sent", on, agency)
    for (case_id, agency), (on, days) in answered.items():
        yield _one(case_id, "answered", on, f"{agency}|{days}")
    for (case_id, agency), on in silent.items():
        yield _one(case_id, "awaits", on, agency)


def _of_steps(cases: list[Case], calendar: Calendar) -> Iterator[Part]:
    """How long each step took, and where cases wait, read from the ledger."""
    entries = steps.first_entries([case.pk for case in cases])
    for case in cases:
        told = entries.get(case.pk, {})
        for code, day, key in steps.steps_of(
            case, told, is_open=_is_open(case), calendar=calendar
        ):
            yield _one(case.pk, code, day, key)


def _of_industries(running: set[int]) -> Iterator[Part]:
    """Running cases by the industry of the first employer that has one on record."""
    rows = Party.objects.filter(case_id__in=running, side=Side.EMPLOYER, left_on=None)
    rows = rows.filter(employer__industry__gt="").order_by("ref", "id")
    found: dict[int, str] = {}
    for case_id, industry in rows.values_list("case_id", "employer__industry"):
        if industry is not None:
            found.setdefault(case_id, industry)
    for case_id in sorted(running):
        yield _one(case_id, "industry", key=found.get(case_id, ""))
