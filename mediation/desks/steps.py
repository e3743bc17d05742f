"""Bottlenecks: how long each step of a case takes, where cases wait, and which agency is silent."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.db.models import Min, Q, Sum

from casework.models import Agency, Cell
from casework.queries.calendar import current
from casework.statistics.steps import MOST_DAYS, STEPS
from mediation.desks.figures import HIDDEN_UNDER, QUARTER, address

HALF, NINE_OF_TEN = 50, 90
Took = dict[str, Counter[int]]


def page_of(today: date) -> dict[str, Any]:
    """Everything that desks/steps.html prints, out of the rollup: three questions at any size."""
    took, waiting = _cells(today)
    names = dict(Agency.objects.values_list("pk", "short"))
    steps = [
        {
            "name": step.title, **_spread(took["step", code]), **_waiting(waiting.get(("waits", code)), today),
            "done_url": address("passed", step=code), "waits_url": address("waits", step=code),
        }
        for code, step in STEPS.items()
    ]  # fmt: skip
    asked = {key for kind, key in {*took, *waiting} if kind in ("answered", "awaits")}
    agencies = [
        {
            "name": names.get(code, code), **_spread(took["answered", code]),
            **_waiting(waiting.get(("awaits", code)), today),
            "done_url": address("replied", agency=code), "waits_url": address("awaits", agency=code),
        }
        for code in sorted(asked)
    ]  # fmt: skip
    return {
        "steps": steps, "agencies": sorted(agencies, key=lambda row: -row["waits"]),
        "days": QUARTER, "least": HIDDEN_UNDER, "slowest": _slowest(steps),
    }  # fmt: skip


def _cells(today: date) -> tuple[Any, dict[tuple[str, str], tuple[int, date]]]:
    """How often each step took how many days, and how many wait since when."""
    done = Q(code__in=("step", "answered"), day__gte=today - timedelta(days=QUARTER))
    rows = Cell.objects.filter(done).order_by().values("code", "key")
    took: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for row in rows.annotate(count=Sum("n")):
        key, _sep, days = row["key"].partition("|")
        took[row["code"], key][int(days)] += row["count"]
    waits = Cell.objects.filter(code__in=("waits", "awaits"), n__gt=0).order_by()
    found = waits.values("code", "key").annotate(count=Sum("n"), since=Min("day"))
    return took, {(row["code"], row["key"]): (row["count"], row["since"]) for row in found}


def _spread(took: Counter[int]) -> dict[str, Any]:
    """How many, and within how many working days half and nine of ten were done; of few no days are told."""
    n = sum(took.values())
    told = n >= HIDDEN_UNDER
    return {
        "done": n,
        "half": _within(took, n, HALF) if told else "",
        "most": _within(took, n, NINE_OF_TEN) if told else "",
    }


def _within(took: Counter[int], n: int, share: int) -> str:
    """The smallest number of days within which so many in a hundred were done."""
    left = ceil(n * share / 100)
    for days in sorted(took):
        left -= took[days]
        if left <= 0:
            return f"{days}+" if days >= MOST_DAYS else str(days)
    return ""


def _waiting(found: tuple[int, date] | None, today: date) -> dict[str, Any]:
    """How many wait, and for how many working days the first of them."""
    if found is None:
        return {"waits": 0, "longest": "", "since": None}
    count, since = found
    return {
        "waits": count,
        "longest": current().working_days_between(since, today),
        "since": since,
    }


def _slowest(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The step at which most cases wait, if any does."""
    found = max(rows, key=lambda row: row["waits"])
    return found if found["waits"] else None
