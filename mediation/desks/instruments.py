"""The union's own instruments in figures: ST18 to ST23 of a period, by the day of the event itself."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from casework import clock
from casework.models import (
    Case,
    Hardship,
    Hazard,
    HelpResult,
    Letter,
    LetterResult,
    NewForm,
    Referral,
    Subsidy,
    SubsidyState,
    Trade,
)
from casework.queries.calendar import current
from mediation.desks.figures import LEAST_FOR_A_RATE

Row = tuple[str, Any]
ACROSS = "CROSS_PROVINCE_COOPERATION"


def figures(first: date, last: date, today: date) -> list[dict[str, Any]]:
    """Each measure with its figures for the days `first` to `last`; only cases that the person may see."""
    made = (
        ("ST18", _("New employment forms"), _new_forms(first, last)),
        ("ST19", _("Supervision letters"), _letters(first, last)),
        ("ST20", _("Hazards"), _hazards(first, last, today)),
        ("ST21", _("Hardship"), _hardship(first, last)),
        ("ST22", _("Legal services"), _subsidies(first, last)),
        ("ST23", _("Across provinces"), _across(first, last)),
    )
    return [{"code": code, "title": title, "rows": rows} for code, title, rows in made]


def _new_forms(first: date, last: date) -> list[Row]:
    rows = Case.objects.filter(is_new_form=True, accepted_on__range=(first, last))
    found = rows.aggregate(cases=Count("pk"), people=Sum("group_size"))
    causes = rows.order_by().values("main_cause").annotate(n=Count("pk")).order_by("-n")[:3]
    named = "、".join(f"{row['main_cause']} {row['n']}" for row in causes)
    return [
        (_("Cases"), found["cases"]), (_("People"), found["people"] or 0),
        (_("Most frequent causes"), named or "—"), (_("Trades"), _trades(rows)),
        (_("Platforms (for the house only)"), _platforms(rows)),
    ]  # fmt: skip


def _trades(rows: QuerySet[Case]) -> str:
    found = NewForm.objects.filter(case__in=rows).order_by().values_list("trade")
    counted = found.annotate(n=Count("pk")).order_by("-n", "trade")
    return "、".join(f"{Trade(code).label} {n}" for code, n in counted) or "—"


def _platforms(rows: QuerySet[Case]) -> str:
    """Firm names stand in this page of the house, never in a report for outside."""
    found = (
        NewForm.objects.filter(case__in=rows).order_by().values_list("platform__employer__name")
    )
    counted = found.annotate(n=Count("pk")).order_by("-n")[:3]
    return "、".join(f"{name} {n}" for name, n in counted) or "—"


def _letters(first: date, last: date) -> list[Row]:
    back = Q(answered_on__range=(first, last))
    fixed = back & Q(result=LetterResult.CORRECTED)
    found = Letter.objects.order_by().aggregate(
        sent=Count("pk", filter=Q(sent_on__range=(first, last))),
        answered=Count("pk", filter=back & ~Q(result=LetterResult.IGNORED)),
        fixed=Count("pk", filter=fixed),
        people=Sum("case__group_size", filter=fixed),
    )
    return [
        (_("Sent"), found["sent"]), (_("Answered"), found["answered"]),
        (_("Put right by the employer"), found["fixed"]), (_("People helped"), found["people"] or 0),
    ]  # fmt: skip


def _hazards(first: date, last: date, today: date) -> list[Row]:
    rows = Hazard.objects.filter(inspection__found_on__range=(first, last))
    found = rows.aggregate(
        all=Count("pk"), mended=Count("pk", filter=Q(mended_on__isnull=False)),
        late=Count("pk", filter=Q(mended_on__isnull=True, inspection__fix_by__lt=today)),
    )  # fmt: skip
    return [
        (_("Found"), found["all"]), (_("Mended"), found["mended"]),
        (_("Rate"), rate(found["mended"], found["all"])), (_("Overdue"), found["late"]),
    ]  # fmt: skip


def _hardship(first: date, last: date) -> list[Row]:
    begin, end = clock.instant(first), clock.instant(last, 23, 59)
    visited = Q(visited_on__range=(first, last))
    helped = visited & Q(result__in=(HelpResult.RELIEF, HelpResult.FILE, HelpResult.REFER))
    found = Hardship.objects.order_by().aggregate(
        warned=Count("pk", filter=Q(warned_at__range=(begin, end))),
        visited=Count("pk", filter=visited),
        helped=Count("pk", filter=helped),
        sum=Sum("relief_yuan", filter=helped),
    )
    return [
        (_("Warnings"), found["warned"]), (_("Visited"), found["visited"]),
        (_("Helped"), found["helped"]), (_("Relief (yuan)"), yuan(found["sum"])),
    ]  # fmt: skip


def _subsidies(first: date, last: date) -> list[Row]:
    done = (SubsidyState.SETTLED, SubsidyState.PAID)
    rows = Subsidy.objects.filter(decided_on__range=(first, last), state__in=done).order_by()
    found = rows.aggregate(cases=Count("case", distinct=True), sum=Sum("total_yuan"))
    mean = (found["sum"] or Decimal(0)) / found["cases"] if found["cases"] else None
    return [
        (_("Cases settled"), found["cases"]), (_("Sum (yuan)"), yuan(found["sum"])),
        (_("Cost per case (yuan)"), yuan(mean) if mean is not None else "—"),
    ]  # fmt: skip


def _across(first: date, last: date) -> list[Row]:
    begin, end = clock.instant(first), clock.instant(last, 23, 59)
    out = list(Referral.objects.filter(matter=ACROSS, sent_at__range=(begin, end)))
    came = Case.objects.filter(
        inbound__matter=ACROSS, inbound__received_at__range=(begin, end)
    ).distinct()
    days = list(_days(out))
    return [
        (_("Sent out"), len(out)), (_("Came in"), came.count()),
        (_("Mean answer (working days)"), f"{sum(days) / len(days):.1f}" if days else "—"),
    ]  # fmt: skip


def _days(rows: Iterable[Referral]) -> Iterable[int]:
    for row in rows:
        if row.sent_at and row.answered_at:
            yield current().working_days_between(
                clock.day(row.sent_at), clock.day(row.answered_at)
            )


def rate(part: int, whole: int) -> str:
    """A share, or the counts alone when there are fewer than thirty."""
    return f"{100 * part / whole:.1f}%" if whole >= LEAST_FOR_A_RATE else f"{part} / {whole}"


def yuan(value: Decimal | None) -> str:
    """A sum with its commas."""
    return f"{value or Decimal(0):,.2f}"
