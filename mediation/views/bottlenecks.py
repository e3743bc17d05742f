"""Bottlenecks: a page beside the cockpit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework import clock
from mediation.desks import steps
from mediation.views.cockpit import SEE
from mediation.views.rules import only_with


@only_with(SEE)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """How long each step takes, where cases wait, which agency is silent."""
    return render(request, "desks/steps.html", steps.page_of(clock.today()))
