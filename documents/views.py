"""The public check of a paper, and its bytes."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from documents import issue, verify
from documents.models import Paper


@require_GET
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether a paper is genuine; asks for the code when none is given."""
    asked = code or request.GET.get("code", "")
    verdict = verify.verdict(asked) if asked else None
    return render(request, "documents/check.html", {"asked": asked, "verdict": verdict})


@login_required
@require_GET
def pdf(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The bytes of a paper. The database shows only papers of cases that the person may see."""
    paper = Paper.objects.filter(pk=paper_id).first()
    if paper is None:
        raise Http404
    answer = HttpResponse(issue.content(paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{paper.code}-{paper.pk}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
