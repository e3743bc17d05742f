"""The pages of the exchange: peers and what waits for a person; matters from outside."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from casework import clock
from casework.access.context import acting, system
from casework.commands import exchange as acts
from casework.commands.base import CommandRefused
from casework.models import Case, Incoming, Outgoing
from mediation.desks import exchange as desk
from mediation.engine.asker import asker


@never_cache
@login_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Peers, dead letters, refused events, comparisons."""
    if not asker(request).has_perm("mediation.see_exchange"):
        raise Http404
    return render(request, "exchange/page.html", desk.page_of(asker(request)))


@login_required
@require_POST
def dead(request: HttpRequest, number: int) -> HttpResponse:
    """Send a dead letter again, or note that it was settled by hand."""
    _may_settle(request)
    row = Outgoing.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    by, at, note = asker(request), clock.now(), request.POST.get("note", "")
    with acting(row.case_id, by):
        fresh = Outgoing.objects.select_related("case").get(pk=number)
        try:
            if request.POST.get("act") == "again":
                acts.send_again(fresh, by=by, at=at)
            else:
                acts.settle(fresh, note=note, by=by, at=at)
        except CommandRefused as error:
            return _told(request, str(error), good=False)
    return _told(request, _("It is seen to."))


@login_required
@require_POST
def refused(request: HttpRequest, number: int) -> HttpResponse:
    """Note that somebody has seen to an event that could not be used."""
    _may_settle(request)
    by, at, note = asker(request), clock.now(), request.POST.get("note", "")
    with system("exchange"):
        row = Incoming.objects.select_related("case").filter(pk=number).first()
    if row is None or (row.case_id and not Case.objects.filter(pk=row.case_id).exists()):
        raise Http404
    with system("exchange"):
        try:
            acts.note_refusal(row, note=note, by=by, at=at)
        except CommandRefused as error:
            return _told(request, str(error), good=False)
    return _told(request, _("It is seen to."))


@never_cache
@login_required
@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """Matters from outside: for the union those of its cases, for a liaison those of their office."""
    if not asker(request).has_perm("mediation.register_inbound"):
        raise Http404
    context = {
        "matters": desk.matters(),
        "may_open": asker(request).has_perm("casework.view_case"),
        "may_see_exchange": asker(request).has_perm("mediation.see_exchange"),
    }
    return render(request, "exchange/matters.html", context)


def _may_settle(request: HttpRequest) -> None:
    if not asker(request).has_perm("mediation.settle_exchange"):
        raise Http404


def _told(request: HttpRequest, words: str, *, good: bool = True) -> HttpResponse:
    (messages.success if good else messages.error)(request, words)
    return redirect("exchange")
