"""The calculator of the cause, worked beside a call; nothing is stored until it is taken into the call."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from casework import clock
from casework.rules.calculators import definitions
from mediation.desks import calculators as desk
from mediation.desks import call_sum
from mediation.views.calculators import tried
from mediation.views.call import allowed


@never_cache
@require_POST
def calculate(request: HttpRequest) -> HttpResponse:
    """The form filled from the call, or, with `calculator`, worked out anew; answered alone to htmx."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    allowed(request)
    typed, today = request.POST.dict(), clock.today()
    form = (
        call_sum.again(typed, today) if "calculator" in typed else call_sum.opened(typed, today)
    )
    if form is None:
        raise Http404
    worked = tried(form) if form.is_bound else None
    context: dict[str, Any] = {
        "form": form, "title": desk.title(form.name), "article": definitions()[form.name]["article"],
    }  # fmt: skip
    if worked:
        context |= {"shown": desk.shown(worked), "takes": call_sum.takeable(worked)}
    return render(request, "intake/sum.html", context)
