"""The instalments behind a number of the cockpit's panel of performance."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework import clock
from mediation.desks import performance
from mediation.views.cockpit import SEE
from mediation.views.rules import only_with


@only_with(SEE)
@require_GET
def instalments(request: HttpRequest) -> HttpResponse:
    """One list; `?which=` names the number, without it all that fell due. Raises: Http404."""
    which = request.GET.get("which", "due")
    if which not in performance.PARTS:
        raise Http404
    context = performance.page_of(which, clock.today(), request.GET.get("page"))
    return render(request, "desks/instalments.html", context)
