"""A paper on the screen: its bytes when printed, its progress while it is not.

No request prints: printing is a job of the queue, and the page looks again by itself.
"""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from casework.access.context import acting
from documents import issue, reprinting
from documents.models import Paper, PaperState
from mediation.desks import case_page
from mediation.engine.asker import asker
from mediation.views.case import find


def paper_of(case_id: int, paper_id: int) -> Paper:
    """A paper that the person may see. Raises: Http404."""
    found = Paper.objects.filter(pk=paper_id, case_id=case_id).first()
    if found is None:
        raise Http404
    return found


@never_cache
@login_required
@require_GET
def paper(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """A paper as it was issued; while it is being printed, the page says so and looks again."""
    found = paper_of(case_id, paper_id)
    if found.state != PaperState.READY:
        context = {"paper": found, "head": case_page.head_of(find(case_id))}
        return render(request, "case/paper_waits.html", context, status=202)
    answer = HttpResponse(issue.kept(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.code}-{found.pk}.pdf"'
    return answer


@never_cache
@login_required
@require_GET
def progress(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """How far the printing is, for the waiting page; sends it to the paper when that is ready."""
    found = paper_of(case_id, paper_id)
    answer = render(request, "case/paper_progress.html", {"paper": found})
    if found.state == PaperState.READY:
        answer["HX-Redirect"] = reverse("case-paper", args=[case_id, paper_id])
    return answer


@login_required
@permission_required("documents.issue_paper", raise_exception=True)
@require_POST
def again(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """Try to print a paper again that could not be printed; a second click changes nothing."""
    found = paper_of(case_id, paper_id)
    with acting(case_id, asker(request)):
        reprinting.print_again(found.pk)
    return redirect("case-paper", case_id=case_id, paper_id=paper_id)
