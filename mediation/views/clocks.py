"""The clocks behind a number of the cockpit or of the responsibility lists."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework import clock
from mediation.desks import clocks
from mediation.views.rules import only_with


@only_with("mediation.see_late")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """One list, narrowed by district or by duties, as the address says. Raises: Http404."""
    asked = {
        "which": request.GET.get("which", "ended")[:8],
        "district": request.GET.get("district", "")[:12],
        "duties": request.GET.get("duties", "")[:24],
    }
    try:
        context = clocks.page_of(clock.today(), asked, request.GET.get("page"))
    except KeyError as error:
        raise Http404 from error
    return render(request, "desks/clocks.html", context)
