"""Deadlines that hung on an unknown year are counted anew once it is known: superseded, reported."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from casework.access.context import acting, system
from casework.commands.base import lock_case
from casework.commands.deadline_rows import day_of, is_extended, own_unit, pauses_of, replace
from casework.events import Kind
from casework.models import CalendarLoad, Case, Deadline, DeadlineState
from casework.queries import calendar, rulebook
from casework.rules.deadlines import Due, due

OF_THE_CLOCK = ("hour", "minute")


def recount(
    load_id: int, *, at: datetime, after: Callable[[int], None] = lambda _case: None
) -> CalendarLoad:
    """Recount every running deadline that the loaded years can touch, case by case, and report.

    The report is kept on the load: case, code, before, after, whether still provisional. It can be
    run again: what is already right is left alone. `after` is called for each case with a moved
    deadline, in its transaction.
    """
    with transaction.atomic(), system("recount after a calendar was loaded"):
        load = CalendarLoad.objects.get(pk=load_id)
        cases = list(_touched(load.years).values_list("case_id", flat=True).distinct())
        counted = _touched(load.years).count()
    moved: list[dict[str, Any]] = list(load.moved)
    for case_id in sorted(cases):
        with transaction.atomic(), acting(case_id, None):
            fresh = _recount_case(case_id, load, at)
            if fresh:
                after(case_id)
        moved += fresh
    with transaction.atomic():
        load.moved, load.recounted_at = moved, at
        load.counted = max(counted, load.counted)
        load.save(update_fields=["moved", "counted", "recounted_at"])
    return load


def _touched(years: Sequence[int]) -> QuerySet[Deadline]:
    """Running deadlines that are provisional or whose days lie in the loaded years.

    A paused one is counted with the calendar of its resumption.
    """
    in_them = Q(provisional=True)
    for year in years:
        in_them |= Q(start__year__lte=year, due__year__gte=year) | Q(due__year=year - 1)
    rows = Deadline.objects.filter(in_them, state=DeadlineState.OPEN)
    return rows.exclude(unit__in=OF_THE_CLOCK).order_by("id")


def _recount_case(case_id: int, load: CalendarLoad, at: datetime) -> list[dict[str, Any]]:
    case = lock_case(case_id)
    moved = []
    for row in list(_touched(load.years).filter(case=case)):
        answer = _answer(case, row)
        same = (day_of(answer.raw), day_of(answer.due), answer.provisional)
        if same == (row.raw, row.due, row.provisional):
            continue
        fresh = replace(
            row, answer, by=None, at=at, ground=f"{load.source}"[:160], second_person=None,
            extended=is_extended(row), pauses=pauses_of(row), kind=Kind.DEADLINE_RECOUNTED,
        )  # fmt: skip
        moved.append({
            "case": str(case.pk), "number": str(case), "code": row.rule,
            "before": row.due.isoformat(), "after": fresh.due.isoformat(),
            "provisional": fresh.provisional,
        })  # fmt: skip
    return moved


def _answer(case: Case, row: Deadline) -> Due:
    return due(
        row.rule, row.start, calendar=calendar.current(), catalogue=rulebook.catalogue_of(case),
        length=row.length, extended=is_extended(row), unit=own_unit(row), pauses=pauses_of(row),
    )  # fmt: skip
