"""The supervisor's cockpit: today, what is wrong, then why; every number opens its list."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.industries import industry_name
from casework.models import Cell, District
from casework.queries.calendar import current
from casework.queries.late import late
from casework.rules.calendar import Calendar
from casework.rules.lights import light
from casework.rules.taxonomy import cause_name
from mediation.desks import answers, clocks, orders
from mediation.desks.figures import (
    FIGURES,
    HIDDEN_UNDER,
    LEAST_FOR_A_RATE,
    NONE,
    OTHERS,
    WEEK,
    address,
    rate,
    soon_until,
)
from mediation.desks.words import light_words
from mediation.engine.clocks import rule_name

TODAY = ("calls", "open", "overdue", "soon", "statutory", "emergency")
OF_MONTHS = ("accepted", "settled", "failed", "agreed", "paid", "nef")
MONTHS, RED_ROWS, BAR, HIGH = 12, 6, 18, 32


def page_of(today: date, *, may_order: bool = False) -> dict[str, Any]:
    """Everything that desks/cockpit.html prints, out of the rollup: eight questions at any size."""
    calendar, rows = current(), by_month_and_cause(today)
    return {
        "today": today, "now": clock.now(), "tiles": tiles(today, calendar), "red": red(today, calendar, may_order=may_order),
        "months": [f"{month:%m}" for month in months(today)], "trend": trend(today, rows),
        "districts": districts(today), "agencies": answers.agencies(today), "causes": causes(rows), "industries": industries(rows),
    }  # fmt: skip


def tiles(today: date, calendar: Calendar) -> list[dict[str, Any]]:
    """Row one, in one question."""
    found = numbers(today, calendar)
    states = {"overdue": "overdue", "soon": "soon"}
    notes = {"open": _("paused %(n)s") % {"n": found["paused"]}}
    return [
        {
            "title": FIGURES[code].title, "n": found[code], "url": address(code),
            "state": states.get(code, "") if found[code] else "", "note": notes.get(code, ""),
        }
        for code in TODAY
    ]  # fmt: skip


def numbers(today: date, calendar: Calendar) -> dict[str, int]:
    """The numbers of today out of the cells, as many as their lists are long."""
    week = today + timedelta(days=WEEK)
    law = Q(code="statutory", day__range=(today, week))
    both = Q(code="statutory_pair", day__gte=today, key__lte=week.isoformat())
    where = {
        "calls": Q(code="calls", day=today), "emergency": Q(code="emergency", day=today),
        "open": Q(code="open"), "paused": Q(code="paused"),
        "overdue": Q(code="due", day__lt=today),
        "soon": Q(code="due", day__range=(today, soon_until(today, calendar))),
        "law": law, "both": both,
    }  # fmt: skip
    any_of = Q(code__in=("open", "paused", "due")) | law | both
    any_of |= Q(code__in=("calls", "emergency"), day=today)
    found = Cell.objects.filter(any_of).aggregate(
        **{name: Sum("n", filter=each) for name, each in where.items()}
    )
    counted = {name: int(value or 0) for name, value in found.items()}
    return {**counted, "statutory": counted.pop("law") - counted.pop("both")}


def red(today: date, calendar: Calendar, *, may_order: bool) -> list[dict[str, Any]]:
    """The oldest overdue clocks, one row a case."""
    seen: set[int] = set()
    rows: list[dict[str, Any]] = []
    for row in late(today, with_people=False):
        if row.case_id in seen or len(rows) >= RED_ROWS:
            continue
        seen.add(row.case_id)
        rows.append({
            "light": light_words(light(row.due, today, calendar)), "number": str(row.case),
            "url": reverse("case", args=[row.case_id]), "case": row.case_id, "district": row.case.district or "",
            "step": rule_name(row.rule, row.start), "stage": row.case.get_status_display(),
        })  # fmt: skip
    marked = orders.marks(seen, may_order=may_order)
    return [{**row, "mark": marked.get(row["case"])} for row in rows]


def months(today: date) -> list[date]:
    """The first days of the last twelve months, this one last."""
    first, found = today.replace(day=1), []
    for _each in range(MONTHS):
        found.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


def by_month_and_cause(today: date) -> list[dict[str, Any]]:
    """The cells of twelve months, and of what is running by cause, in one question."""
    span = months(today)
    cells = Cell.objects.filter(
        Q(code__in=OF_MONTHS, day__range=(span[0], span[-1])) | Q(code__in=("open", "industry"))
    )
    grouped = cells.order_by().values("code", "day", "key")
    return [dict(row) for row in grouped.annotate(count=Sum("n"), sum=Sum("yuan"))]


def trend(today: date, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Twelve months of acceptance, success, sums and new employment forms."""
    span = months(today)
    count: dict[str, dict[date, Any]] = defaultdict(dict)
    yuan: dict[str, dict[date, Any]] = defaultdict(dict)
    for row in rows:
        count[row["code"]][row["day"]], yuan[row["code"]][row["day"]] = row["count"], row["sum"]
    settled, failed, last = count["settled"], count["failed"], span[-1]
    share = rate(settled.get(last, 0), settled.get(last, 0) + failed.get(last, 0))
    return [
        _bars(_("Accepted (cases)"), count["accepted"], span, "accepted"),
        {
            **_bars(_("Settled (cases)"), settled, span, "settled"),
            "rates": share,
            "rates_url": address("finished", month=f"{last:%Y-%m}"),
        },
        _bars(_("Mediation failed (cases)"), failed, span, "failed"),
        _bars(_("Agreed (10,000 yuan)"), _ten_thousands(yuan["agreed"]), span, "settled"),
        _bars(_("Paid (10,000 yuan)"), _ten_thousands(yuan["paid"]), span, "paid"),
        _bars(_("New employment forms (cases)"), count["nef"], span, "nef"),
    ]


def _ten_thousands(sums: dict[date, Any]) -> dict[date, Decimal]:
    return {month: round(Decimal(value) / 10_000, 1) for month, value in sums.items()}


def _bars(title: str, found: dict[date, Any], span: list[date], code: str) -> dict[str, Any]:
    most = max([Decimal(str(found.get(month, 0))) for month in span] + [Decimal(1)])
    bars = []
    for place, month in enumerate(span):
        value = found.get(month, 0)
        tall = int(Decimal(str(value)) / most * HIGH)
        bars.append({
            "x": place * BAR, "y": HIGH - tall, "height": tall, "part": month == span[-1],
            "words": f"{month:%Y-%m} {value}",
        })  # fmt: skip
    last = [
        {"n": found.get(month, 0), "url": address(code, month=f"{month:%Y-%m}") if code else ""}
        for month in span[-3:]
    ]
    return {"title": title, "bars": bars, "width": BAR * MONTHS, "height": HIGH, "last": last}


def districts(today: date) -> list[dict[str, Any]]:
    """Load, red lights and work in time, by district, in two questions."""
    year = today - timedelta(days=365)
    asked = {
        "running": Q(code="open"), "late": Q(code="due", day__lt=today),
        "good": Q(code="ended", day__gte=year, key="MET"), "all": Q(code="ended", day__gte=year),
    }  # fmt: skip
    rows = (
        Cell.objects.filter(code__in=("open", "due", "ended")).order_by().values("district_id")
    )
    counted = rows.annotate(**{k: Sum("n", filter=each) for k, each in asked.items()})
    found: list[dict[str, Any]] = [dict(row) for row in counted]
    found = sorted((row for row in found if row["running"]), key=lambda row: -row["running"])
    names = dict(District.objects.values_list("code", "name"))
    most = max([row["running"] for row in found] + [1])
    return [
        {
            "name": names.get(row["district_id"]) or _("no district yet"), "n": row["running"],
            "late": row["late"] or 0, "width": max(1, row["running"] * 100 // most),
            "url": address("open", district=row["district_id"] or NONE),
            "late_url": address("overdue", district=row["district_id"] or NONE),
            "rate": rate(row["good"] or 0, row["all"] or 0), "any": row["all"],
            "rate_url": clocks.address("ended", district=row["district_id"] or NONE),
        }
        for row in found
    ]  # fmt: skip


def causes(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What running cases are about, by first level; small cells are put together."""
    return _shares(rows, "open", name_of, "cause")


def industries(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Running cases by the section of the classification that their first employer belongs to."""
    return _shares(
        rows, "industry", lambda code: industry_name(code) or _("not recorded"), "industry"
    )


def _shares(
    rows: list[dict[str, Any]], kind: str, named: Callable[[str], str], word: str
) -> dict[str, Any]:
    """One table of running cases by a key: `word` is the filter of the list behind each number."""
    counts = Counter(
        {row["key"]: row["count"] for row in rows if row["code"] == kind and row["count"]}
    )
    whole, most = sum(counts.values()), max([*counts.values(), 1])
    shown = [
        (code, n)
        for code, n in counts.most_common()
        if n >= HIDDEN_UNDER or whole < LEAST_FOR_A_RATE
    ]
    rest = whole - sum(n for _code, n in shown)
    rest_url = address("open", **{word: OTHERS})
    made = [
        {"name": named(code), "n": n, "width": max(1, n * 100 // most),
         "url": address("open", **{word: code or NONE}), "share": f"{100 * n / whole:.1f}%" if whole >= LEAST_FOR_A_RATE else ""}
        for code, n in shown
    ]  # fmt: skip
    every = [{"name": named(code), "n": n} for code, n in counts.items()]
    return {"rows": made, "every": every, "rest": rest, "rest_url": rest_url, "whole": whole}


def small(kind: str, today: date) -> list[str]:
    """The keys that stand together as others: running cases by cause ("open") or by "industry"."""
    rows = Cell.objects.filter(code=kind).order_by().values("key").annotate(count=Sum("n"))
    counts = {row["key"]: row["count"] for row in rows if row["count"]}
    if sum(counts.values()) < LEAST_FOR_A_RATE:
        return []
    return [key for key, n in counts.items() if n < HIDDEN_UNDER]


def name_of(code: str) -> str:
    """A cause of the first level in words."""
    return cause_name(code) if code else _("not known yet")
