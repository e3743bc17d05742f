"""The ladder for what is late: a page beside the cockpit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework import clock
from mediation.desks import ladder
from mediation.engine.asker import asker
from mediation.views.cockpit import SEE
from mediation.views.rules import only_with


@only_with(SEE)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """All that is late by its rung; `?rung=` for one rung. Raises: Http404, for a rung that is none."""
    today, chosen = clock.today(), request.GET.get("rung", "")
    if chosen and chosen not in ladder.names(today):
        raise Http404
    may = asker(request).has_perm("mediation.give_order")
    context = ladder.page_of(today, chosen, may_order=may)
    return render(request, "desks/ladder.html", context)
