"""The evidence list of a case."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework.access.redaction import may_read
from mediation.desks import evidence
from mediation.engine.asker import asker
from mediation.views.case import find
from mediation.views.rules import only_with


@only_with("documents.view_paper")
@require_GET
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """What was handed in, with pages and hash; to whom it was shown, how often looked at. Raises: Http404."""
    case = find(case_id)
    if not may_read(asker(request).roles, "evidence"):
        raise Http404
    return render(request, "case/evidence.html", evidence.page_of(case))
