"""Acts on several rows of the own list, with undo; and saying that one has a step open."""

from datetime import date
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from casework import clock
from casework.commands.base import CommandRefused
from casework.ids import as_id
from mediation.commands import desk
from mediation.engine.asker import asker
from mediation.models import Task


@login_required
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Put the ticked rows off, or take them up again; each that was refused is named."""
    chosen = ticked(request)
    back = request.POST.get("act") == "back"
    until = day_of(request.POST.get("until", ""))
    if not chosen:
        messages.error(request, _("Tick a row first."))
        return redirect("work")
    if not back and until is None:
        messages.error(request, _("Choose a day after today."))
        return redirect("work")
    act = partial(desk.take_up, by=asker(request), at=clock.now())
    if until is not None and not back:
        act = partial(
            desk.put_off, by=asker(request), at=clock.now(), until=until,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
    done, refused = desk.each(chosen, act)
    request.session["undo"] = {
        "words": _said(len(done), back=back),
        "tasks": "" if back else ",".join(str(task.pk) for task in done),
        "refused": [f"{number_of(task_id)}: {error}" for task_id, error in refused],
    }
    return redirect("work")


@login_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Everything as it was before."""
    act = partial(desk.take_up, by=asker(request), at=clock.now())
    done, _refused = desk.each(ticked(request), act)
    messages.success(request, _said(len(done), back=True))
    return redirect("work")


@login_required
@require_POST
def held(request: HttpRequest, task_id: int) -> HttpResponse:
    """The page of a step was opened by somebody who may do it: colleagues read that in their list."""
    try:
        desk.hold(task_id=task_id, by=asker(request), at=clock.now())
    except CommandRefused:
        return HttpResponse(status=404)
    return HttpResponse(status=204)


def ticked(request: HttpRequest) -> list[int]:
    """The steps of the ticked rows, each once."""
    words = ",".join(request.POST.getlist("task")).split(",")
    return list(dict.fromkeys(as_id(word) for word in words if as_id(word)))


def day_of(words: str) -> date | None:
    """A day as a form sends it; None when it is none."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def number_of(task_id: int) -> str:
    """What a person calls a step: its case and its name."""
    task = Task.objects.select_related("process__referral").filter(pk=task_id).first()
    if task is None:
        return ""
    return f"{task.process.referral.number if task.process.referral else task.case} {task.flow_task.task_title}"


def _said(count: int, *, back: bool) -> str:
    if back:
        return ngettext("%(n)s step is in the list again.", "%(n)s steps are in the list again.", count) % {"n": count}  # fmt: skip
    return ngettext("%(n)s step was put off.", "%(n)s steps were put off.", count) % {
        "n": count
    }
