"""A paper after it is issued: its editions, its service, a copy, a correction, its withdrawal."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import clock
from casework.access.context import acting
from casework.commands.base import CommandRefused
from casework.models import Party, ServiceTry
from documents import copying, issue, storage
from documents.models import Paper, PaperState
from documents.uploads import MOST_BYTES
from mediation.commands import serving as commands
from mediation.desks import case_page
from mediation.engine.asker import asker
from mediation.forms.papers import PaperForm
from mediation.forms.serving import ReasonForm, ServeForm
from mediation.views.case import find
from mediation.views.papers import paper_of

TYPES = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".png": "image/png"}


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """All about one paper; records its service."""
    paper = paper_of(case_id, paper_id)
    may = asker(request).has_perm("casework.record_service")
    if request.method == "POST" and not may:
        raise PermissionDenied
    form = ServeForm(_parties(paper), request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _told(request, paper, form):
        return redirect("paper-about", case_id=case_id, paper_id=paper_id)
    tries = ServiceTry.objects.filter(case_id=case_id, paper_id=paper.pk)
    context = {
        "paper": paper, "head": case_page.head_of(find(case_id)), "form": form if may else None,
        "editions": commands.editions(paper), "services": commands.services(paper, paper.case),
        "tries": tries.select_related("party__person", "party__employer"),
        "may_change": asker(request).has_perm("documents.void_paper")
        and paper.life == "VALID" and paper.code not in commands.SIGNED_BY_PARTIES,
        "reason_form": ReasonForm(),
    }  # fmt: skip
    return render(request, "papers/about.html", context)


def _told(request: HttpRequest, paper: Paper, form: ServeForm) -> bool:
    typed, by, at = form.cleaned_data, asker(request), clock.now()
    party = Party.objects.get(case_id=paper.case_id, ref=typed["party"])
    same = {"way": typed["way"], "on": typed["on"], "by": by, "at": at}
    sent = typed["file"]
    try:
        with acting(paper.case_id, by):
            if typed["arrived"] == "no":
                commands.did_not_arrive(paper, party, why=typed["why"], **same)
            else:
                commands.serve(
                    paper, party, **same, proof=typed["proof"], place=typed["place"],
                    witness=typed["witness"],
                    file_of=sent.read(MOST_BYTES + 1) if sent else None,
                )  # fmt: skip
    except CommandRefused as refusal:
        field = "file" if refusal.field == "files" else refusal.field
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True


def _parties(paper: Paper) -> list[Party]:
    rows = Party.objects.filter(case_id=paper.case_id, left_on__isnull=True)
    return list(rows.select_related("person", "employer"))


@never_cache
@login_required
@permission_required("documents.view_paper", raise_exception=True)
@require_GET
def copy(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """The same pages, each marked 副本."""
    paper = paper_of(case_id, paper_id)
    if paper.state != PaperState.READY:
        return redirect("case-paper", case_id=case_id, paper_id=paper_id)
    answer = HttpResponse(copying.marked(issue.kept(paper)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{paper.code}-{paper.pk}-copy.pdf"'
    return answer


@never_cache
@login_required
@permission_required("casework.record_service", raise_exception=True)
@require_GET
def proof(request: HttpRequest, case_id: int, paper_id: int, number: int) -> HttpResponse:
    """The file that shows a service."""
    paper = paper_of(case_id, paper_id)
    row = next((row for row in commands.services(paper, paper.case) if row.pk == number), None)
    if row is None or not row.proof_sha256:
        raise Http404
    kind = next((TYPES[end] for end in TYPES if row.proof_name.endswith(end)), "")
    answer = HttpResponse(storage.read(row.proof_sha256), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{row.proof_name}"'
    return answer


@never_cache
@login_required
@permission_required("documents.void_paper", raise_exception=True)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """Change what the paper says, with a reason: a new edition under the same number."""
    paper = paper_of(case_id, paper_id)
    if paper.state == PaperState.EMPTIED:
        return redirect("case-paper", case_id=case_id, paper_id=paper_id)
    form = PaperForm(issue.facts_of(paper), request.POST or None, open_all=True)
    why = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and why.is_valid():
        by = asker(request)
        try:
            with acting(case_id, by):
                made = commands.correct(
                    paper, facts=form.facts_typed(), reason=why.cleaned_data["reason"], by=by,
                    at=clock.now(),
                )  # fmt: skip
        except CommandRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case-paper", case_id=case_id, paper_id=made.pk)
    context = {"paper": paper, "case": find(case_id), "form": form, "reason_form": why}
    return render(request, "papers/correct.html", context)


@login_required
@permission_required("documents.void_paper", raise_exception=True)
@require_POST
def withdraw(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """Withdraw the paper; a second click finds it withdrawn."""
    paper, by = paper_of(case_id, paper_id), asker(request)
    reason = request.POST.get("reason", "")
    try:
        if paper.life == "VALID":
            with acting(case_id, by):
                commands.withdraw(paper, reason=reason, by=by, at=clock.now())
    except CommandRefused as refusal:
        context = {"case": find(case_id), "title": paper.title, "words": str(refusal)}
        return render(request, "papers/refused.html", context, status=409)
    return redirect("paper-about", case_id=case_id, paper_id=paper_id)


@never_cache
@login_required
@require_GET
def undelivered(request: HttpRequest) -> HttpResponse:
    """Papers that some party has not received, oldest first."""
    if not asker(request).has_perm("casework.record_service"):
        raise Http404
    rows: list[dict[str, Any]] = [
        {
            "paper": paper, "case": paper.case, "names": [party.name for party in parties],
            "days": (clock.today() - paper.issued_on).days,
            "url": reverse("paper-about", args=[paper.case_id, paper.pk]),
            "tried": ServiceTry.objects.filter(paper_id=paper.pk).last(),
        }
        for paper, parties in commands.undelivered()
    ]  # fmt: skip
    return render(request, "papers/undelivered.html", {"rows": rows})
