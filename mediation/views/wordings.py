"""Templates of papers on the administrator's desk: draft, look, and a second person puts them in use."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import clock
from casework.commands.base import CommandRefused
from casework.ids import as_id
from documents import sandbox, storage, wording
from documents.catalogue import KINDS
from documents.models import PaperState, Wording, WordingLife
from mediation.engine.asker import asker
from mediation.forms.wordings import WordingForm
from mediation.views.rules import only_with

CHANGE = "documents.change_wording"
UNPROCESSABLE = 422


@only_with(CHANGE)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Every paper with the version in use and the drafts that wait for a second person."""
    rows = list(Wording.objects.exclude(life=WordingLife.ENDED).select_related("drafted_by"))
    active = {row.code: row for row in rows if row.life == WordingLife.ACTIVE}
    drafts: dict[str, list[Wording]] = {}
    for row in rows:
        if row.life == WordingLife.DRAFT:
            drafts.setdefault(row.code, []).append(row)
    papers = [
        {"code": code, "title": kind.title, "active": active.get(code), "drafts": drafts.get(code, [])}
        for code, kind in KINDS.items()
    ]  # fmt: skip
    return render(request, "house/wordings.html", {"papers": papers})


@only_with(CHANGE)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Change the template of a paper; what is wrong is said, nothing typed is lost."""
    kind = KINDS.get(code)
    if kind is None:
        raise Http404
    form = WordingForm(request.POST or None, initial={"source": _start(request, code)})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = wording.draft(
                    code, **form.cleaned_data, by=asker(request), at=clock.now()
                )
        except CommandRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            return redirect("wording", code=code, number=made.pk)
    context = {
        "form": form, "code": code, "title": kind.title, "own": sandbox.built_in(code),
        "versions": Wording.objects.filter(code=code).select_related("drafted_by", "activated_by"),
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "house/wording_draft.html", context, status=status)


@only_with(CHANGE)
@require_GET
def one(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version: its sample as it would be printed, and what can be done with it."""
    row = _find(code, number)
    context = {
        "row": row, "title": KINDS[code].title, "mine": row.drafted_by_id == asker(request).pk,
        "draft": row.life == WordingLife.DRAFT, "active": row.life == WordingLife.ACTIVE,
    }  # fmt: skip
    return render(request, "house/wording.html", context)


@only_with(CHANGE)
@require_GET
def sample(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The sample as a PDF; 202 while it is being printed."""
    row = _find(code, number)
    if row.state != PaperState.READY:
        return HttpResponse(status=202)
    answer = HttpResponse(storage.read(row.sha256), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{code}-{row.version}.pdf"'
    return answer


@only_with(CHANGE)
@require_POST
def act(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put a draft in use, drop it, or go back to the release's own template."""
    row, by, at = _find(code, number), asker(request), clock.now()
    try:
        with transaction.atomic():
            if request.POST.get("act") == "activate":
                wording.activate(row, by=by, at=at)
            else:
                wording.withdraw(row, by=by, at=at)
    except CommandRefused as refused:
        messages.error(request, str(refused))
        return redirect("wording", code=code, number=number)
    messages.success(request, _("Done: %(name)s") % {"name": KINDS[code].title})
    return redirect("wordings")


def _start(request: HttpRequest, code: str) -> str:
    """What the form begins with: the version asked for, else the one in use."""
    if asked := as_id(request.GET.get("from", "")):
        return _find(code, asked).source
    return wording.source_of(code)


def _find(code: str, number: int) -> Wording:
    rows = Wording.objects.select_related("drafted_by", "activated_by", "ended_by")
    return get_object_or_404(rows, pk=number, code=code)
