"""The register of supervision orders: a page beside the cockpit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework import clock
from mediation.desks import orders
from mediation.views.cockpit import SEE
from mediation.views.rules import only_with


@only_with(SEE)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """All orders that the person may see, newest first; `?state=` for one list. Raises: Http404."""
    today, chosen = clock.today(), request.GET.get("state", "")
    if chosen and chosen not in orders.lists(today):
        raise Http404
    context = orders.page_of(today, chosen, request.GET.get("page"))
    return render(request, "desks/orders.html", context)
