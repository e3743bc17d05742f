"""The live diagram of a process and its text twin."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.models import Case
from mediation.desks.case_page import head_of
from mediation.engine import diagram
from mediation.models import Process

STATES = {"done": "done", "live": "live", "ahead": "todo", "stopped": "skipped"}


def _process(process_id: int) -> Process:
    found: Process | None = Process.objects.filter(pk=process_id).first()
    if found is None or found.flow_class is None:
        raise Http404
    return found


def drawn(process: Process, svg_url: str) -> dict[str, Any]:
    """One process as process/diagram_part.html prints it."""
    words = diagram.state_words()
    return {
        "title": str(process.flow_class.process_title),
        "svg_url": svg_url,
        "steps": [
            {
                "words": stop.title,
                "state": STATES[stop.state],
                "state_words": words[stop.state],
                "who": stop.who,
                "when": "",
            }
            for stop in diagram.stops(process)
        ],
    }


@login_required
def page(request: HttpRequest, process_id: int) -> HttpResponse:
    """The diagram of a process, with the same steps as a list."""
    found = _process(process_id)
    case = Case.objects.filter(pk=found.case_id).first()
    context = {
        "head": head_of(case) if case else None,
        "diagrams": [drawn(found, reverse("process-diagram", args=[found.pk]))],
    }
    return render(request, "process/diagram.html", context)


@login_required
def picture(request: HttpRequest, process_id: int) -> HttpResponse:
    """The diagram as SVG."""
    found = _process(process_id)
    return HttpResponse(diagram.svg(found.flow_class, found), content_type="image/svg+xml")
