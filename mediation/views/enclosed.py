"""What another body enclosed with its matter: read by those who answer the matter, and by nobody else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from casework import clock
from casework.access.context import acting
from casework.commands import exchange as acts
from casework.commands.base import CommandRefused
from casework.exchange.enclosed import is_open
from casework.models import Enclosed, EnclosedState, Inbound
from documents import storage
from mediation.desks import enclosed as desk
from mediation.engine.asker import asker


@never_cache
@login_required
@require_GET
def page(request: HttpRequest, inbound_id: int) -> HttpResponse:
    """What came with a matter, each with its hash. Raises: Http404."""
    _may_answer(request)
    rows = Inbound.objects.select_related("agency", "case").filter(pk=inbound_id)
    row = rows.first()
    if row is None:
        raise Http404
    return render(request, "exchange/enclosed.html", desk.page_of(row))


@never_cache
@login_required
@require_GET
def file(request: HttpRequest, number: int) -> HttpResponse:
    """The bytes, only to save: nothing from outside is shown in place. Raises: Http404."""
    _may_answer(request)
    rows = Enclosed.objects.select_related("inbound", "case")
    row = rows.filter(pk=number, state=EnclosedState.HERE).first()
    if row is None or not is_open(row.inbound, clock.today()):
        raise Http404
    with acting(row.case_id, asker(request)):
        acts.enclosure_looked_at(row, by=asker(request), at=clock.now())
    answer = HttpResponse(storage.read(row.promised), content_type=row.media_type)
    ending = "pdf" if row.media_type == "application/pdf" else "jpg"
    answer["Content-Disposition"] = f'attachment; filename="{row.promised[:8]}.{ending}"'
    return answer


@login_required
@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for it again, or note how it was settled by hand. Raises: Http404."""
    row = Enclosed.objects.filter(pk=number).first()
    if row is None or not asker(request).has_perm("mediation.settle_exchange"):
        raise Http404
    by, at, note = asker(request), clock.now(), request.POST.get("note", "")
    try:
        with acting(row.case_id, by):
            fresh = Enclosed.objects.select_related("case").get(pk=number)
            if request.POST.get("act") == "again":
                acts.fetch_again(fresh, by=by, at=at)
            else:
                acts.settle_enclosed(fresh, note=note, by=by, at=at)
    except CommandRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is seen to."))
    return redirect("exchange")


def _may_answer(request: HttpRequest) -> None:
    if not asker(request).has_perm("mediation.answer_inbound"):
        raise Http404
