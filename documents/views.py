"""The public check of a paper. Its bytes are served by the case's own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from documents import verify


@require_GET
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether a paper is genuine; asks for the code when none is given."""
    asked = code or request.GET.get("code", "")
    verdict = verify.verdict(asked) if asked else None
    return render(request, "documents/check.html", {"asked": asked, "verdict": verdict})
