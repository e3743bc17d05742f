"""The live diagram of a process and its text twin."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from casework.models import Case
from mediation.engine import diagram
from mediation.models import Process


def _process(process_id: int) -> Process:
    found = Process.objects.filter(pk=process_id).first()
    if found is None or found.flow_class is None:
        raise Http404
    return found


@login_required
def page(request: HttpRequest, process_id: int) -> HttpResponse:
    """The diagram with the same steps as a list."""
    found = _process(process_id)
    context = {
        "process": found,
        "title": found.flow_class.process_title,
        "case": Case.objects.filter(pk=found.case_id).first(),
        "stops": diagram.stops(found),
        "words": diagram.state_words(),
    }
    return render(request, "process/diagram.html", context)


@login_required
def picture(request: HttpRequest, process_id: int) -> HttpResponse:
    """The diagram as SVG."""
    found = _process(process_id)
    return HttpResponse(diagram.svg(found.flow_class, found), content_type="image/svg+xml")
