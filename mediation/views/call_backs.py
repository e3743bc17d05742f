"""The list of promised calls."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework import clock
from mediation.desks import call_backs
from mediation.engine.asker import asker
from mediation.views.rules import only_with


@only_with("mediation.see_work")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Who was promised a call, and when; `?list=` for one list, `?page=` for older rows.

    Raises: Http404, for a list or a page that is none, and for whoever neither calls back nor oversees.
    """
    if not any(
        asker(request).has_perm(f"mediation.{may}") for may in ("call_back", "see_call_backs")
    ):
        raise Http404
    chosen, number = request.GET.get("list", ""), request.GET.get("page", "1")
    if (chosen and chosen not in call_backs.LISTS) or not number.isdecimal() or number == "0":
        raise Http404
    shown = call_backs.page_of(asker(request), clock.now(), chosen, int(number))
    return render(request, "desks/call_backs.html", shown)
