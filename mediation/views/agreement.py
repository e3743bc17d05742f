"""A look at the agreement while it is written: the real paper from the printers' queue, and what changed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from casework import clock
from casework.access.context import acting
from casework.commands.base import CommandRefused
from casework.models import Case
from documents import storage
from documents.models import PaperState, Preview
from mediation.commands import agreement as commands
from mediation.desks import case_page
from mediation.engine import run
from mediation.engine.asker import asker
from mediation.forms.agreement import DraftForm
from mediation.forms.agreement_shown import notes_on


@never_cache
@login_required
@require_POST
def look(request: HttpRequest, task_id: int) -> HttpResponse:
    """Check what is typed, and have it printed to be looked at; nothing is saved by this."""
    task, by, at = _task(request, task_id), asker(request), clock.now()
    shown: dict[str, Any] = {"task": task}
    with acting(task.case_id, by):
        form = run.form_of(run.fresh(task_id), by, at, request.POST, request.FILES)
        if not isinstance(form, DraftForm):
            raise Http404
        if form.is_valid():
            try:
                seen, told = commands.look(form.case, terms=form.terms, by=by, at=at)
                notes = notes_on(form.case, form.terms, on=clock.day(at))
                shown |= {"seen": seen, **told, "checks": notes}
            except CommandRefused as refusal:
                form.add_error(None, str(refusal))
    shown["form"] = form
    return _answer(request, task, shown)


@never_cache
@login_required
@require_GET
def progress(request: HttpRequest, task_id: int, number: int) -> HttpResponse:
    """How far the printing is; shows the paper when it is there."""
    task = _task(request, task_id)
    return _answer(request, task, {"task": task, "seen": _seen(request, task, number)})


@never_cache
@login_required
@require_GET
def pdf(request: HttpRequest, task_id: int, number: int) -> HttpResponse:
    """The bytes of the look; 202 while they are being made."""
    seen = _seen(request, _task(request, task_id), number)
    if seen.state != PaperState.READY:
        return HttpResponse(status=202)
    answer = HttpResponse(storage.read(seen.sha256), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="agreement-preview.pdf"'
    return answer


def _task(request: HttpRequest, task_id: int) -> Any:
    task = run.find_task(task_id, asker(request))
    if not task.is_open or not run.may_do(task, asker(request)):
        raise Http404
    return task


def _seen(request: HttpRequest, task: Any, number: int) -> Preview:
    row = Preview.objects.filter(
        pk=number, case_id=task.case_id, code="D14", made_by=asker(request)
    ).first()
    if row is None:
        raise Http404
    return row


def _answer(request: HttpRequest, task: Any, shown: dict[str, Any]) -> HttpResponse:
    """The part for a page that is open; a whole page where there is no script."""
    if request.headers.get("HX-Request"):
        return render(request, "agreement/look_part.html", shown)
    case = Case.objects.filter(pk=task.case_id).first()
    head = case_page.head_of(case) if case else None
    return render(request, "agreement/look.html", {**shown, "head": head})
