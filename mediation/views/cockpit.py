"""The cockpit's pages: the whole, the list behind a number, definitions, the report, the log for process mining."""

import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework import clock
from casework.models import Case
from mediation.desks import behind, cockpit, figures, orders, performance
from mediation.desks.lists import case_rows
from mediation.desks.report import outside_xlsx, xlsx_of
from mediation.desks.responsibility import lists_of
from mediation.desks.xes import xes_of
from mediation.engine.asker import asker
from mediation.views.rules import only_with

SEE = "mediation.see_cockpit"
MOST = 300
WALL_SECONDS = "300"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def of_the_city(request: HttpRequest) -> bool:
    """Whether somebody works for the whole city: the reports by month count all of it."""
    return asker(request).district_id is None


def may_order(request: HttpRequest) -> bool:
    """Whether somebody may give a supervision order."""
    return asker(request).has_perm("mediation.give_order")


@only_with(SEE)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Today, what is wrong, then why; `?wall=1` for the screen on the wall."""
    wall, city = request.GET.get("wall") == "1", of_the_city(request)
    today = clock.today()
    context = {
        **cockpit.page_of(today, may_order=may_order(request) and not wall), "wall": wall, "city": city, "duty_lists": lists_of(today), "money": performance.panel_of(today),
    }  # fmt: skip
    answer = render(request, "desks/cockpit.html", context)
    if wall:  # the script renews the numbers each minute; without one the whole page comes anew
        answer["Refresh"] = WALL_SECONDS
    return answer


@only_with(SEE)
@require_GET
def listing(request: HttpRequest, code: str) -> HttpResponse:
    """The cases behind a number. Raises: Http404."""
    if code not in figures.FIGURES:
        raise Http404
    figure = figures.FIGURES[code]
    rows, said = behind.narrowed(code, request.GET, clock.today())
    found = rows.prefetch_related("parties__person", "parties__employer", "claims")
    count = rows.count()
    cases = list(found.order_by("-id")[:MOST])
    shown = case_rows(cases)
    sums = behind.sums(code, behind.month_of(request.GET), cases, rows)
    for case, row in zip(cases, shown, strict=True):
        row["sum_yuan"] = sums["by_case"].get(case.pk) if sums else row["sum_yuan"]
    if code == "overdue":
        _mark(cases, shown, may=may_order(request))
    context = {
        "title": figure.title, "formula": figure.formula, "count": count, "said": said,
        "rows": shown, "more": max(0, count - MOST), "sums": sums, "sum_head": sums.get("head", ""),
    }  # fmt: skip
    return render(request, "desks/cockpit_list.html", context)


def _mark(cases: list[Case], shown: list[dict[str, Any]], *, may: bool) -> None:
    """Beside each overdue case: the order that runs, or the way to give one."""
    marked = orders.marks([case.pk for case in cases], may_order=may)
    for case, row in zip(cases, shown, strict=True):
        if mark := marked.get(case.pk):
            row["next"], row["next_url"] = mark["words"], mark["url"]


@only_with(SEE)
@require_GET
def definitions(request: HttpRequest) -> HttpResponse:
    """What each number counts."""
    rows = [
        {"title": each.title, "formula": each.formula, "url": figures.address(each.code)}
        for each in figures.FIGURES.values()
    ]
    rows += [
        {"title": each.title, "formula": each.formula, "url": performance.address(each.code)}
        for each in performance.PARTS.values()
    ]
    context = {
        "rows": rows, "least": figures.LEAST_FOR_A_RATE, "hidden": figures.HIDDEN_UNDER,
        "may_export": request.user.has_perm("mediation.export_log"),
    }  # fmt: skip
    return render(request, "desks/cockpit_words.html", context)


@only_with(SEE)
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """The same figures as a workbook, with their definitions; `?outside=1` with small cells hidden."""
    today, outside = clock.today(), request.GET.get("outside") == "1"
    made = (outside_xlsx if outside else xlsx_of)(cockpit.page_of(today), today)
    answer = HttpResponse(made, content_type=XLSX)
    name = f"{'outside' if outside else 'report'}-{today:%Y%m%d}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@only_with("mediation.export_log")
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The ledger's events as XES, for process mining: kinds, hours and roles; no name, no text."""
    made = io.BytesIO()
    xes_of(Case.objects.filter(accepted_on__isnull=False).order_by("-id")[:2000], made)
    answer = HttpResponse(made.getvalue(), content_type="application/xml")
    name = f"ledger-{clock.today():%Y%m%d}.xes"  # ASCII: else the header is no header
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
