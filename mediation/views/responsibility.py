"""The page of the four responsibility lists."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework import clock
from mediation.desks.responsibility import lists_of
from mediation.views.rules import only_with


@only_with("mediation.see_late")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Each list with its duties, and what is late of each in the cases that the person may see."""
    return render(request, "responsibility/page.html", {"lists": lists_of(clock.today())})
