"""The supervisor's cockpit: today, what is wrong, then why; every number opens its list."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.models import Agreement, Case, Deadline, Instalment, Referral
from casework.queries.calendar import current
from casework.queries.late import late
from casework.rules.lights import light
from casework.rules.taxonomy import cause_name
from mediation.desks.figures import FIGURES, HIDDEN_UNDER, LEAST_FOR_A_RATE, OPEN, overdue
from mediation.desks.words import light_words
from mediation.engine.clocks import rule_name

TODAY = ("calls", "open", "overdue", "soon", "statutory", "emergency")
MONTHS, RED_ROWS, AGREED_DAYS, MOST_DAYS, QUARTER = 12, 6, 5, 7, 92
BAR, HIGH = 18, 32


def page_of(today: date) -> dict[str, Any]:
    """Everything that desks/cockpit.html prints, in a fixed number of questions."""
    return {
        "today": today, "now": clock.now(), "tiles": tiles(today), "red": red(today),
        "months": [f"{month:%m}" for month in months(today)], "trend": trend(today),
        "districts": districts(today), "agencies": agencies(today), "causes": causes(),
    }  # fmt: skip


def address(code: str, **filters: Any) -> str:
    """The list behind a number."""
    query = urlencode({name: value for name, value in filters.items() if value})
    return reverse("cockpit-list", args=[code]) + (f"?{query}" if query else "")


def tiles(today: date) -> list[dict[str, Any]]:
    """Row one, in one question."""
    asked = {code: Count("pk", filter=FIGURES[code].cases(today)) for code in TODAY}
    asked["paused"] = Count("pk", filter=FIGURES["paused"].cases(today))
    found = Case.objects.aggregate(**asked)
    states = {"overdue": "overdue", "soon": "soon"}
    notes = {"open": _("paused %(n)s") % {"n": found["paused"]}}
    return [
        {
            "title": FIGURES[code].title, "n": found[code], "url": address(code),
            "state": states.get(code, "") if found[code] else "", "note": notes.get(code, ""),
        }
        for code in TODAY
    ]  # fmt: skip


def red(today: date) -> list[dict[str, Any]]:
    """The oldest overdue clocks, one row a case."""
    calendar, seen = current(), set()
    rows: list[dict[str, Any]] = []
    for row in late(today):
        if row.case_id in seen or len(rows) >= RED_ROWS:
            continue
        seen.add(row.case_id)
        rows.append({
            "light": light_words(light(row.due, today, calendar)), "number": str(row.case),
            "url": reverse("case", args=[row.case_id]), "district": row.case.district or "",
            "step": rule_name(row.rule, row.start), "stage": row.case.get_status_display(),
        })  # fmt: skip
    return rows


def months(today: date) -> list[date]:
    """The first days of the last twelve months, this one last."""
    first, found = today.replace(day=1), []
    for _each in range(MONTHS):
        found.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


def trend(today: date) -> list[dict[str, Any]]:
    """Twelve months of acceptance, success, sums and new employment forms."""
    span = months(today)
    taken = Case.objects.filter(accepted_on__gte=span[0])
    accepted, fresh = _by_month(
        taken, "accepted_on", Count("pk"), Count("pk", filter=Q(is_new_form=True))
    )
    (failed,) = _by_month(Case.objects.filter(failed_on__gte=span[0]), "failed_on", Count("pk"))
    force = Agreement.objects.filter(effective_on__gte=span[0])
    settled, agreed = _by_month(
        force, "effective_on", Count("case", distinct=True), Sum("total_yuan")
    )
    came = Instalment.objects.filter(paid_on__gte=span[0])
    (paid,) = _by_month(came, "paid_on", Sum("paid_yuan"))
    rate = {
        month: _rate(settled.get(month, 0), settled.get(month, 0) + failed.get(month, 0))
        for month in span
    }
    return [
        _bars(_("Accepted (cases)"), accepted, span, "accepted"),
        {**_bars(_("Settled (cases)"), settled, span, "settled"), "rates": rate[span[-1]]},
        _bars(_("Mediation failed (cases)"), failed, span, "failed"),
        _bars(_("Agreed (10,000 yuan)"), _ten_thousands(agreed), span, ""),
        _bars(_("Paid (10,000 yuan)"), _ten_thousands(paid), span, ""),
        _bars(_("New employment forms (cases)"), fresh, span, "nef"),
    ]


def _by_month(rows: Any, day: str, *measures: Any) -> list[dict[date, Any]]:
    """The measures by month, each its own table, in one question."""
    named = {f"n{place}": measure for place, measure in enumerate(measures)}
    found = list(
        rows.annotate(month=TruncMonth(day)).order_by().values("month").annotate(**named)
    )
    return [{row["month"]: row[name] or 0 for row in found} for name in named]


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


def _rate(part: int, whole: int) -> str:
    """90.3 %, or the counts alone when there are fewer than thirty."""
    if whole < LEAST_FOR_A_RATE:
        return f"{part} / {whole}"
    return f"{100 * part / whole:.1f}%"


def districts(today: date) -> list[dict[str, Any]]:
    """Load, red lights and work in time, by district."""
    rows = list(
        Case.objects.filter(OPEN).order_by().values("district_id", "district__name")
        .annotate(n=Count("pk"), late=Count("pk", filter=overdue(today))).order_by("-n")
    )  # fmt: skip
    ended = Deadline.objects.filter(
        state__in=("MET", "MISSED"), closed_on__gte=today - timedelta(days=365)
    )
    times = {
        row["case__district_id"]: row
        for row in ended.order_by()
        .values("case__district_id")
        .annotate(all=Count("pk"), good=Count("pk", filter=Q(state="MET")))
    }
    most = max([row["n"] for row in rows] + [1])
    return [
        {
            "name": row["district__name"] or _("no district yet"), "n": row["n"],
            "late": row["late"], "width": max(1, row["n"] * 100 // most),
            "url": address("open", district=row["district_id"]),
            "late_url": address("overdue", district=row["district_id"]),
            "rate": _rate(*_good(times.get(row["district_id"]))),
        }
        for row in rows
    ]  # fmt: skip


def _good(row: Any) -> tuple[int, int]:
    return (row["good"], row["all"]) if row else (0, 0)


def agencies(today: date) -> list[dict[str, Any]]:
    """How soon the agencies answer: working days from signing to the first answer."""
    calendar = current()
    rows = Referral.objects.filter(sent_at__gte=clock.instant(today - timedelta(days=QUARTER)))
    days: dict[str, list[int]] = defaultdict(list)
    sent: Counter[str] = Counter()
    names: dict[str, str] = {}
    for row in rows.select_related("agency"):
        sent[row.agency_id] += 1
        names[row.agency_id] = row.agency.short
        begun = row.signed_at or row.sent_at
        if row.answered_at and begun:
            spent = calendar.working_days_between(clock.day(begun), clock.day(row.answered_at))
            days[row.agency_id].append(spent)
    return [_agency(code, names[code], n, days[code]) for code, n in sent.most_common()]


def _agency(code: str, name: str, sent: int, days: list[int]) -> dict[str, Any]:
    counts = Counter(min(each, MOST_DAYS) for each in days)
    most = max([*counts.values(), 1])
    good = sum(each <= AGREED_DAYS for each in days)
    return {
        "name": name, "sent": sent, "url": address("referred", agency=code),
        "mean": f"{sum(days) / len(days):.1f}" if days else "—",
        "rate": _rate(good, len(days)),
        "bars": [
            {"x": place * BAR, "height": counts[place] * HIGH // most,
             "y": HIGH - counts[place] * HIGH // most, "late": place > AGREED_DAYS,
             "words": f"{place}: {counts[place]}"}
            for place in range(MOST_DAYS + 1)
        ],
    }  # fmt: skip


def causes() -> dict[str, Any]:
    """What running cases are about, by first level; small cells are put together."""
    rows = Case.objects.filter(OPEN).order_by().values("main_cause").annotate(n=Count("pk"))
    counts: Counter[str] = Counter()
    for row in rows:
        counts[str(row["main_cause"]).partition(".")[0]] += row["n"]
    whole, most = sum(counts.values()), max([*counts.values(), 1])
    shown = [
        (code, n)
        for code, n in counts.most_common()
        if n >= HIDDEN_UNDER or whole < LEAST_FOR_A_RATE
    ]
    rest = whole - sum(n for _code, n in shown)
    made = [
        {"name": cause_name(code) if code else _("not known yet"), "n": n, "width": max(1, n * 100 // most),
         "url": address("open", cause=code), "share": f"{100 * n / whole:.1f}%" if whole >= LEAST_FOR_A_RATE else ""}
        for code, n in shown
    ]  # fmt: skip
    return {"rows": made, "rest": rest, "whole": whole}
