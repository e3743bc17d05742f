"""The worker chooses a time for the session from those that the mediator offered."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import clock
from casework.access.context import acting
from casework.commands.appointments import open_offer
from casework.commands.base import CommandRefused
from casework.models import Case, Party
from casework.tracking import Tracked
from mediation.commands import appointment
from mediation.views.behind_code import after_code, frame

NONE, UNPROCESSABLE = "none", 422


@after_code
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, found: Tracked) -> HttpResponse:
    """The times, and which one was chosen. Raises: Http404 when there is nothing to choose."""
    problem = _answer(request, found) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        messages.success(request, _("Noted. The notice tells the day that is fixed."))
        return redirect("track-appointment")
    context = {**_shown(found), "problem": problem}
    status = UNPROCESSABLE if problem else 200
    return render(request, "track/appointment.html", {**frame(), **context}, status=status)


def _shown(found: Tracked) -> dict[str, Any]:
    with acting(found.case_id, None):
        case, party = _both(found)
        offer = open_offer(case, party)
        if offer is None:
            raise Http404
        free = appointment.free_of(case, offer, clock.now())
    return {
        "times": [
            {"value": each.isoformat(), "at": each, "chosen": each == offer.chosen}
            for each in free
        ],
        "none": offer.answered_at is not None and offer.chosen is None,
        "answered": offer.answered_at is not None,
    }


def _answer(request: HttpRequest, found: Tracked) -> str:
    """Keep the answer; what is wrong with it in words, or nothing."""
    typed = request.POST.get("time", "")
    try:
        chosen = None if typed == NONE else datetime.fromisoformat(typed)
    except ValueError:
        return str(_("Please choose a time first."))
    if chosen is not None and chosen.tzinfo is None:
        return str(_("Please choose a time first."))
    try:
        with acting(found.case_id, None):
            appointment.choose(*_both(found), chosen, at=clock.now())
    except CommandRefused as error:
        return str(error)
    return ""


def _both(found: Tracked) -> tuple[Case, Party]:
    return Case.objects.get(pk=found.case_id), Party.objects.get(pk=found.party_id)
