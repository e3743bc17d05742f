"""What workers said through their code: answered by the union of the case; and the files they handed in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casework import clock
from casework.access.context import acting
from casework.access.redaction import may_read
from casework.commands.base import CommandRefused
from casework.commands.evidence import looked_at
from casework.models import Evidence, User, WordKind, WorkerWord
from documents.storage import read
from mediation.commands import worker as commands
from mediation.commands.own_data import tasks_of
from mediation.desks.deletion import reviews
from mediation.desks.words import names_of
from mediation.engine.asker import asker
from mediation.views.rules import only_with

ANSWER = "mediation.answer_worker"
MOST = 100


@only_with(ANSWER)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for an answer first, then what was answered lately."""
    user, today = asker(request), clock.today()
    wanted = WorkerWord.objects.select_related("case", "party__person", "answered_by")
    rows = list(wanted.order_by("answered_at", "-at")[:MOST])
    reviewed = reviews(rows, today)
    tasks = tasks_of([row for row in rows if row.answered_at is None])
    shown = [
        {
            "id": row.pk, "case_id": row.case_id, "at": row.at, "kind": row.about, "text": row.text,
            "who": row.party.name, "number": str(row.case), "names": names_of(row.case),
            "url": reverse("case", args=[row.case_id]), "answer": row.answer,
            "answered_at": row.answered_at, "by": str(row.answered_by or ""),
            "may": _may_answer(row, user), "task": tasks.get(row.pk),
            "review": reviewed.get(row.pk),
        }
        for row in rows
    ]  # fmt: skip
    waiting = [row for row in shown if row["answered_at"] is None]
    done = [row for row in shown if row["answered_at"] is not None]
    return render(request, "desks/words.html", {"waiting": waiting, "done": done})


def _may_answer(row: WorkerWord, user: User) -> bool:
    """A wish for deletion is the archivist's to answer, everything else the union's of the case too."""
    return row.kind != WordKind.DELETION or user.has_perm("casework.review_retention")


@only_with(ANSWER)
@require_POST
def answer(request: HttpRequest, word_id: int) -> HttpResponse:
    """Answer one. Raises: Http404."""
    row = WorkerWord.objects.select_related("case", "party__person").filter(pk=word_id).first()
    if row is None or not _may_answer(row, asker(request)) or tasks_of([row]):
        raise Http404
    try:
        with acting(row.case_id, asker(request)):
            commands.answer(
                row, text=request.POST.get("text", ""), by=asker(request), at=clock.now()
            )
    except CommandRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Answered. The worker reads it with the code."))
    return redirect("words")


@only_with("documents.view_paper")
@require_GET
def evidence(request: HttpRequest, case_id: int, file_id: int) -> HttpResponse:
    """A file that a worker handed in, only to save: nothing from outside is shown in place. Raises: Http404."""
    rows = Evidence.objects.select_related("case", "party").filter(case_id=case_id)
    row = rows.filter(pk=file_id, taken_back_at=None).first()
    if row is None or not may_read(asker(request).roles, "evidence"):
        raise Http404
    with acting(case_id, asker(request)):
        looked_at(row, by=asker(request), at=clock.now())
    found = HttpResponse(read(row.sha256), content_type=row.media_type)
    ending = "pdf" if row.media_type == "application/pdf" else "jpg"
    found["Content-Disposition"] = f'attachment; filename="{row.sha256[:8]}.{ending}"'
    return found
