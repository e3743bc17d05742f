"""The page of corrections: what was put right on a case, why, and what followed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mediation.desks.case_page import head_of
from mediation.desks.corrections import corrections_of, plan_of
from mediation.engine.asker import asker
from mediation.views.case import find


@never_cache
@login_required
@require_GET
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Every correction of a case, newest first, to read and to print."""
    case = find(case_id)
    context = {
        "case": case, "head": head_of(case), "rows": corrections_of(case, asker(request)),
        "plan": plan_of(case),
    }  # fmt: skip
    return render(request, "case/corrections.html", context)
