"""Performance and defaults: the instalments of agreements in force by the day on which they fall due.

An instalment that was made due at once counts by that day; a waived one does not count.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import DateField, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.models import Cell, Instalment
from casework.models import InstalmentState as State
from casework.queries.calendar import current
from casework.rules.lights import light
from mediation.desks.figures import LEAST_FOR_A_RATE
from mediation.desks.registers import page_links
from mediation.desks.words import light_words

YEAR, MONTH, PAGE = 365, 30, 50
UNPAID = (State.PENDING, State.DUE, State.LATE, State.DUNNED, State.ACCELERATED)
COUNTED = tuple(each for each in State if each != State.WAIVED)
PAID_IN = "in|"  # before the state: what came in on such instalments


@dataclass(frozen=True, slots=True)
class Part:
    """One number of the panel: its words, its formula, its states, and the days between which they are due."""

    code: str
    title: str | Promise
    formula: str | Promise
    states: tuple[State, ...]
    days: Callable[[date], tuple[date, date]]


def _year_to(last: int) -> Callable[[date], tuple[date, date]]:
    return lambda today: (today - timedelta(days=YEAR), today - timedelta(days=last))


def _next_month(today: date) -> tuple[date, date]:
    return today + timedelta(days=1), today + timedelta(days=MONTH)


PARTS = {
    each.code: each
    for each in (
        Part("due", _("Instalments due"), _("Fell due within the last 365 days, today with them; waived ones do not count."), COUNTED, _year_to(0)),
        Part("paid", _("Paid in full"), _("Of these, those that were paid in full."), (State.PAID,), _year_to(0)),
        Part("late", _("Paid late or not at all"), _("Of these, those whose day is over and that are not paid in full, before a default is decided."), UNPAID, _year_to(1)),
        Part("defaulted", _("In default"), _("Of these, those that were declared in default."), (State.DEFAULTED,), _year_to(0)),
        Part("coming", _("Due within 30 days"), _("Fall due from tomorrow to the thirtieth day, and are not paid."), (*UNPAID, State.DEFAULTED), _next_month),
    )
}  # fmt: skip


def panel_of(today: date) -> dict[str, Any]:
    """The panel, out of the rollup, in one question."""
    wanted: dict[str, Any] = {}
    for code, part in PARTS.items():
        there = Q(day__range=part.days(today))
        fits = there & Q(key__in=part.states)
        came = there & Q(key__in=[f"{PAID_IN}{state}" for state in part.states])
        wanted[f"{code}_n"], wanted[f"{code}_yuan"] = (
            Sum("n", filter=fits),
            Sum("yuan", filter=fits),
        )
        wanted[f"{code}_in"] = Sum("yuan", filter=came)
    first, last = today - timedelta(days=YEAR), today + timedelta(days=MONTH)
    cells = Cell.objects.filter(code="instalment", day__range=(first, last))
    found = cells.aggregate(**wanted)
    rows = [_shown(part, found) for part in PARTS.values()]
    due, n = found["due_yuan"] or Decimal(0), found["due_n"] or 0
    told = n >= LEAST_FOR_A_RATE and due
    return {
        "rows": rows, "any": any(row["n"] for row in rows),
        "rate": f"{100 * (found['due_in'] or 0) / due:.1f}%" if told else "",
        "rate_url": address("due"),
    }  # fmt: skip


def _shown(part: Part, found: dict[str, Any]) -> dict[str, Any]:
    whole, came = (found[f"{part.code}_{what}"] or Decimal(0) for what in ("yuan", "in"))
    return {
        "title": part.title, "n": found[f"{part.code}_n"] or 0, "url": address(part.code),
        "yuan": whole, "in": came, "left": whole - came, "code": part.code,
    }  # fmt: skip


def address(code: str) -> str:
    """The list behind a number of the panel."""
    return f"{reverse('instalments')}?which={code}"


def instalments(code: str, today: date) -> QuerySet[Instalment]:
    """The instalments behind a number, of those that the person may see. Raises: KeyError."""
    part = PARTS[code]
    day = Coalesce(F("accelerated_to"), F("due_on"), output_field=DateField())
    rows = Instalment.objects.annotate(day=day).filter(state__in=part.states)
    return rows.filter(day__range=part.days(today)).order_by("day", "id")


def page_of(code: str, today: date, number: str | None) -> dict[str, Any]:
    """Everything that desks/instalments.html prints."""
    rows = instalments(code, today)
    sums = rows.order_by().aggregate(yuan=Sum("amount_yuan"), came=Sum("paid_yuan"))
    whole, came = (sums[name] or Decimal(0) for name in ("yuan", "came"))
    rows = rows.select_related("agreement__case__district")
    pages = Paginator(rows, PAGE).get_page(number)
    counts = {row["code"]: row["n"] for row in panel_of(today)["rows"]}
    strip = [
        {"words": part.title, "count": counts[key], "url": f"?which={key}", "chosen": key == code, "state": ""}
        for key, part in PARTS.items()
    ]  # fmt: skip
    return {
        "title": PARTS[code].title, "formula": PARTS[code].formula, "strip": strip,
        "yuan": whole, "in": came, "left": whole - came,
        "count": pages.paginator.count, "rows": [_row(row, today) for row in pages],
        "pages": page_links(pages, f"which={code}"),
    }  # fmt: skip


def _row(row: Instalment, today: date) -> dict[str, Any]:
    day, case = row.accelerated_to or row.due_on, row.agreement.case
    done = row.paid_on if row.state == State.PAID else None
    return {
        "light": light_words(light(day, today, current(), done_on=done), done), "row": row, "day": day,
        "number": str(case), "url": reverse("case", args=[case.pk]), "district": case.district or "",
    }  # fmt: skip
