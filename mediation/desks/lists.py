"""Lists of cases and of what is late; search."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from casework import clock
from casework.ids import as_id
from casework.models import Case, Deadline
from casework.queries.calendar import current
from casework.queries.late import late as late_deadlines
from casework.queries.late import next_due
from casework.queries.people import find_cases
from casework.rules.escalation import ladder
from casework.rules.lights import light
from casework.rules.taxonomy import cause_name
from mediation.desks import worklist
from mediation.desks.case_money import claimed
from mediation.desks.clock_rows import chinese
from mediation.desks.words import light_words, names_of
from mediation.engine.clocks import rule_name

PAGE = 50


@never_cache
@login_required
def work(request: HttpRequest) -> HttpResponse:
    """My work by deadline."""
    return render(request, "desks/work.html", worklist.page_of(request, _("My work")))


@never_cache
@login_required
def late(request: HttpRequest) -> HttpResponse:
    """Open deadlines whose last day is over, oldest first."""
    if not request.user.has_perm("mediation.see_late"):
        raise Http404
    rows = []
    for each in late_deadlines(clock.today()):
        row = _case_row(each.case, each)
        row["next"] = " · ".join(filter(None, [row["next"], _rung(each)]))
        rows.append(row)
    return _list(
        request, _("What is late"), rows, _("Nothing is late."), heading=_("By deadline")
    )


def _rung(row: Deadline) -> str:
    """The highest rung of the ladder that it has reached, in the language of the page."""
    stood = {each.whom for each in row.escalations.all()}
    names = [rung.name for rung in ladder(clock.today()).rungs if rung.whom in stood]
    return names[-1]["zh" if chinese() else "en"] if names else ""


@never_cache
@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that the person may see, newest first."""
    rows = Case.objects.prefetch_related(
        "parties__person", "parties__employer", "claims"
    ).order_by("-id")
    count = rows.count()
    number = min(max(1, as_id(request.GET.get("page", ""))), max(1, -(-count // PAGE)))
    shown = case_rows(rows[(number - 1) * PAGE : number * PAGE])
    pages = {
        "number": number, "of": max(1, -(-count // PAGE)),
        "earlier_url": f"?page={number - 1}" if number > 1 else "",
        "later_url": f"?page={number + 1}" if number * PAGE < count else "",
    }  # fmt: skip
    return _list(
        request,
        _("Cases"),
        shown,
        _("There is no case for you yet."),
        heading=_("Newest first"),
        pages=pages if count > PAGE else None,
    )


@never_cache
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """One box: last four digits, phone, name, employer, case or ticket number."""
    words = request.GET.get("q", "").strip()[:60]
    found = find_cases(words)
    if len(found) == 1:
        return redirect("case", case_id=found[0].pk)
    title = _("Search: %(words)s") % {"words": words}
    return _list(
        request,
        title,
        case_rows(found),
        _("Nothing found. Check the number, or try the name."),
        heading=_("Newest first"),
    )


def case_rows(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Cases as the lists show them, each with the deadline that ends first."""
    found = list(cases)
    first = next_due(case.pk for case in found)
    return [_case_row(case, first.get(case.pk)) for case in found]


def _case_row(case: Case, row: Deadline | None) -> dict[str, Any]:
    return {
        "light": light_words(light(row.due, clock.today(), current())) if row else None,
        "due": row.due if row else None, "next": rule_name(row.rule, row.start) if row else "",
        "number": str(case), "url": reverse("case", args=[case.pk]),
        "worker": names_of(case, list(case.parties.all())), "employer": "",
        "cause": cause_name(case.main_cause) if case.main_cause else "",
        "stage": case.get_status_display(), "next_url": "", "sum_yuan": claimed(case), "state": "",
    }  # fmt: skip


def _list(
    request: HttpRequest,
    title: str,
    rows: list[dict[str, Any]],
    nothing: str,
    *,
    heading: str,
    pages: Any = None,
) -> HttpResponse:
    context = {
        "title": title, "today": clock.today(), "rows": rows, "strip": [], "pages": pages,
        "filters": None, "empty": {"words": nothing}, "heading": heading,
    }  # fmt: skip
    return render(request, "desks/work.html", context)
