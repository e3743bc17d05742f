"""The statistics of each week and month as they were reported (D33): a list, the PDF, the workbook."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import clock
from documents import reports, storage
from documents.models import PaperState, Report
from documents.rendering import RenderFailed
from mediation.desks.report import frozen_xlsx
from mediation.desks.workbook import MEDIA_TYPE
from mediation.views.cockpit import SEE, of_the_city
from mediation.views.rules import only_with

MOST = 120


@only_with(SEE)
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """All that is kept, the newest first. A post keeps what the night's work has not kept yet."""
    _only_of_the_city(request)
    if request.method == "POST":
        made = [reports.keep(span, clock.now()) for span in reports.SPANS]
        failed = [row.title for row in made if row.state != PaperState.READY]
        if failed:
            messages.error(
                request, _("Could not be printed: %(what)s") % {"what": "、".join(failed)}
            )
        else:
            messages.success(request, _("The reports of the last week and month are there."))
        return redirect("months")
    return render(request, "desks/months.html", {"rows": Report.objects.all()[:MOST]})


@only_with(SEE)
@require_GET
def pdf(request: HttpRequest, number: int) -> HttpResponse:
    """One report as it was printed; `?outside=1` with small cells hidden. Raises: Http404."""
    row, outside = _kept(request, number)
    try:
        made = reports.outside(row) if outside else storage.read(row.sha256)
    except RenderFailed as refusal:
        raise Http404 from refusal
    return _file(made, row, "application/pdf", "pdf", outside=outside)


@only_with(SEE)
@require_GET
def xlsx(request: HttpRequest, number: int) -> HttpResponse:
    """The same figures as a workbook; `?outside=1` with small cells hidden. Raises: Http404."""
    row, outside = _kept(request, number)
    facts = reports.facts_of(row)
    made = frozen_xlsx(facts.for_outside() if outside else facts)
    return _file(made, row, MEDIA_TYPE, "xlsx", outside=outside)


def _kept(request: HttpRequest, number: int) -> tuple[Report, bool]:
    _only_of_the_city(request)
    row = get_object_or_404(Report, pk=number, state=PaperState.READY)
    return row, request.GET.get("outside") == "1"


def _file(made: bytes, row: Report, kind: str, end: str, *, outside: bool) -> HttpResponse:
    day = f"{row.first:%Y-%m}" if row.span == "month" else f"{row.first:%Y-%m-%d}"
    name = f"D33-{row.span}-{day}{'-outside' if outside else ''}.{end}"
    answer = HttpResponse(made, content_type=kind)
    shown = "inline" if end == "pdf" else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{name}"'
    return answer


def _only_of_the_city(request: HttpRequest) -> None:
    """Whoever sees one district alone finds nothing. Raises: Http404."""
    if not of_the_city(request):
        raise Http404
