"""Papers issued on demand: choose one, fill in what is missing, look at the real PDF, issue it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import clock
from casework.access.context import acting
from casework.commands.base import CommandRefused
from casework.ids import as_id
from casework.models import Case, Party, User
from documents import preview, storage
from documents.catalogue import KINDS
from documents.models import PaperState, Preview
from mediation.commands import papers as commands
from mediation.desks import case_page
from mediation.engine.asker import asker
from mediation.forms.papers import PaperForm
from mediation.views.case import find


@never_cache
@login_required
@require_GET
def choose(request: HttpRequest, case_id: int) -> HttpResponse:
    """The papers that this person may issue for the case."""
    case = find(case_id)
    codes = commands.allowed(asker(request))
    if not codes:
        raise Http404
    rows = [
        {"title": KINDS[code].title, "url": reverse("paper-new", args=[case_id, code])}
        for code in codes
    ]
    return render(request, "papers/choose.html", {"case": case, "rows": rows})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, case_id: int, code: str) -> HttpResponse:
    """Ask for exactly what the file lacks; then have it printed to look at."""
    case, by = _case(request, case_id, code), asker(request)
    party = _party(case, request.GET.get("party", ""))
    try:
        facts = _facts(request, case, code, party, by)
    except CommandRefused as refusal:
        return render(request, "papers/refused.html", {"case": case, "code": code, "words": str(refusal), "title": KINDS[code].title}, status=409)  # fmt: skip
    form = PaperForm(facts, request.POST or None, open_all=bool(request.GET.get("again")))
    if request.method == "POST" and form.is_valid():
        try:
            with acting(case.pk, by):
                seen = commands.look(code, case, form.facts_typed(), by=by, at=clock.now())
        except CommandRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("paper-preview", case_id=case.pk, code=code, number=seen.pk)
    context = {
        "case": case, "head": case_page.head_of(case), "form": form, "title": KINDS[code].title,
        "parties": case.parties.filter(left_on__isnull=True).select_related("person", "employer"),
        "party": party, "known": not form.asked,
    }  # fmt: skip
    return render(request, "papers/fill.html", context)


@never_cache
@login_required
@require_GET
def look(request: HttpRequest, case_id: int, code: str, number: int) -> HttpResponse:
    """The paper as it would be, and the button that issues it."""
    case = _case(request, case_id, code)
    seen = _preview(request, case, code, number)
    context = {"case": case, "head": case_page.head_of(case), "seen": seen, "title": KINDS[code].title}  # fmt: skip
    return render(request, "papers/look.html", context)


@never_cache
@login_required
@require_GET
def pdf(request: HttpRequest, case_id: int, code: str, number: int) -> HttpResponse:
    """The bytes of the look; 202 while they are being made."""
    seen = _preview(request, _case(request, case_id, code), code, number)
    if seen.state != PaperState.READY:
        return HttpResponse(status=202)
    answer = HttpResponse(storage.read(seen.sha256), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{code}-preview.pdf"'
    return answer


@login_required
@require_POST
def issue(request: HttpRequest, case_id: int, code: str, number: int) -> HttpResponse:
    """Issue what was looked at; a second click finds it issued."""
    case, by = _case(request, case_id, code), asker(request)
    seen = Preview.objects.filter(pk=number, case=case, code=code, made_by=by).first()
    if seen is None:
        return redirect(f"{reverse('case', args=[case.pk])}#papers")
    with acting(case.pk, by):
        made = commands.issue_seen(seen, by=by, at=clock.now())
    return redirect("case-paper", case_id=case.pk, paper_id=made.pk)


def _case(request: HttpRequest, case_id: int, code: str) -> Case:
    if code not in commands.allowed(asker(request)):
        raise Http404
    return find(case_id)


def _facts(request: HttpRequest, case: Case, code: str, party: Party | None, by: User) -> Any:
    """What the file knows; or, on the way back from a look, what was looked at."""
    if again := as_id(request.GET.get("again", "")):
        return preview.facts_of(_preview(request, case, code, again))
    return commands.known(code, case, party, by=by, at=clock.now())


def _party(case: Case, ref: str) -> Party | None:
    return case.parties.filter(ref=ref, left_on__isnull=True).first() if ref else None


def _preview(request: HttpRequest, case: Case, code: str, number: int) -> Preview:
    seen = Preview.objects.filter(
        pk=number, case=case, code=code, made_by=asker(request)
    ).first()
    if seen is None:
        raise Http404
    return seen
