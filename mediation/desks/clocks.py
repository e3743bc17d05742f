"""The clocks behind a number: those that ended within a year, and late ones by the duty they stand against."""

from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.ids import as_id
from casework.models import Deadline, DeadlineState, District
from casework.queries.calendar import current
from casework.queries.ladder import climbing
from casework.rules.lights import light
from casework.rules.responsibility import Duty, answerable, lists
from mediation.desks.figures import NONE
from mediation.desks.registers import page_links
from mediation.desks.triage_tables import language
from mediation.desks.words import light_words, nature_words
from mediation.engine.clocks import rule_name

YEAR, PAGE = 365, 50
LATE = "late"
ENDED = {
    "ended": (DeadlineState.MET, DeadlineState.MISSED),
    "met": (DeadlineState.MET,),
    "missed": (DeadlineState.MISSED,),
}


def address(which: str, **filters: Any) -> str:
    """The list behind a number of clocks."""
    asked = {"which": which, **{name: each for name, each in filters.items() if each}}
    return f"{reverse('clocks')}?" + "&".join(f"{name}={each}" for name, each in asked.items())


def page_of(today: date, asked: dict[str, str], number: str | None) -> dict[str, Any]:
    """Everything that desks/clocks.html prints. `asked`: which, district, duties. Raises: KeyError."""
    which = asked["which"]
    every, said = _filtered(_late(today) if which == LATE else _ended(today), asked)
    rows = every if which == LATE else every.filter(state__in=ENDED[which])
    pages = Paginator(rows.select_related("case__district"), PAGE).get_page(number)
    kept = "&".join(f"{name}={each}" for name, each in asked.items() if each)
    return {
        "title": _("What is late") if which == LATE else _("Clocks that ended within a year"),
        "formula": _formula(which), "said": said, "late": which == LATE,
        "strip": [] if which == LATE else _strip(every, asked),
        "count": pages.paginator.count, "rows": [_row(row, today) for row in pages],
        "pages": page_links(pages, kept),
    }  # fmt: skip


def _late(today: date) -> QuerySet[Deadline]:
    return climbing(today)


def _ended(today: date) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(
        state__in=ENDED["ended"], closed_on__gte=today - timedelta(days=YEAR)
    )
    return rows.order_by("-closed_on", "-id")


def _formula(which: str) -> str:
    if which == LATE:
        return _(
            "Running clocks of the union whose last day is over. An agency's own clocks and a way that is open to the parties do not count."
        )
    return _(
        "Clocks that were met or missed within the last 365 days, by the day on which they ended."
    )


def _filtered(
    rows: QuerySet[Deadline], asked: dict[str, str]
) -> tuple[QuerySet[Deadline], list[str]]:
    """The filters of the address, and what they are in words. Raises: KeyError."""
    said = []
    if asked["district"] == NONE:
        rows = rows.filter(case__district=None)
        said.append(_("no district yet"))
    elif number := as_id(asked["district"]):
        rows = rows.filter(case__district_id=number)
        said.append(str(District.objects.filter(pk=number).first() or ""))
    if asked["duties"]:
        code, _sep, place = asked["duties"].partition(".")
        wanted = [each for each in lists()[code].duties if place in ("", str(each.number))]
        rows = _against(rows, wanted)
        said += [
            lists()[code].name[language()],
            *(each.what[language()] for each in wanted if place),
        ]
    return rows, said


def _against(rows: QuerySet[Deadline], duties: list[Duty]) -> QuerySet[Deadline]:
    """Those that stand against one of the duties."""
    kinds = rows.order_by().values_list("rule", "case__level", "case__is_new_form").distinct()
    found = Q(pk__in=[])
    for rule, level, new_form in kinds:
        if answerable(rule, level, new_form=new_form) in duties:
            found |= Q(rule=rule, case__level=level, case__is_new_form=new_form)
    return rows.filter(found)


def _strip(every: QuerySet[Deadline], asked: dict[str, str]) -> list[dict[str, Any]]:
    """All, in time, missed: each with its count."""
    counted = dict(every.order_by().values_list("state").annotate(Count("pk")))
    words = {"ended": _("All"), "met": _("In time"), "missed": _("missed")}
    return [
        {
            "words": words[which], "count": sum(counted.get(str(state), 0) for state in states),
            "url": address(which, district=asked["district"]), "chosen": which == asked["which"],
            "state": "",
        }
        for which, states in ENDED.items()
    ]  # fmt: skip


def _row(row: Deadline, today: date) -> dict[str, Any]:
    done = row.closed_on
    return {
        "light": light_words(light(row.due, today, current(), done_on=done), done), "row": row,
        "name": rule_name(row.rule, row.start), "nature": nature_words(row.nature),
        "number": str(row.case), "url": reverse("case", args=[row.case_id]),
        "district": row.case.district or "",
    }  # fmt: skip
