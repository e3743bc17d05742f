"""The statistics of each month as they were reported (D33): a list, and the PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from documents import storage
from documents.models import PaperState, Report
from mediation.views.cockpit import SEE, of_the_city
from mediation.views.rules import only_with

MOST = 120


@only_with(SEE)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """All months kept, the newest first."""
    _only_of_the_city(request)
    return render(request, "desks/months.html", {"rows": Report.objects.all()[:MOST]})


@only_with(SEE)
@require_GET
def pdf(request: HttpRequest, number: int) -> HttpResponse:
    """One month as it was printed. Raises: Http404."""
    _only_of_the_city(request)
    row = get_object_or_404(Report, pk=number, state=PaperState.READY)
    answer = HttpResponse(storage.read(row.sha256), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="D33-{row.first:%Y-%m}.pdf"'
    return answer


def _only_of_the_city(request: HttpRequest) -> None:
    """Whoever sees one district alone finds nothing. Raises: Http404."""
    if not of_the_city(request):
        raise Http404
