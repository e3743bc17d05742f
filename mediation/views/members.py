"""The members of a group."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mediation.desks import members
from mediation.engine.asker import asker
from mediation.views.case import find


@never_cache
@login_required
@require_GET
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Who stands in the case, what each asks, gets and has got. Raises: Http404."""
    case = find(case_id)
    asked = {name: request.GET.get(name, "") for name in ("page", "answer", "q")}
    return render(request, "case/members.html", members.page_of(case, asker(request), asked))
