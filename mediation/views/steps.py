"""The page of a step: a task that waits, or a start on a case."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casework import clock
from casework.access.context import acting
from casework.commands import drafts as draft_commands
from casework.commands.base import CommandRefused
from casework.models import Case
from casework.queries.drafts import found as draft_of
from mediation.commands.desk import held_by_other
from mediation.desks import case_page, drafts
from mediation.engine import run
from mediation.engine.asker import asker
from mediation.engine.errors import Invalid
from mediation.engine.registry import node_named, path_of
from mediation.engine.steps import StepForm
from mediation.views.drafts import text_kept

UNPROCESSABLE = 422


@never_cache
@text_kept
@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """One task: its form, and the case beside it. A task that is done says who did it."""
    found = run.find_task(task_id, asker(request))
    case = Case.objects.filter(pk=found.case_id).first()
    if not found.is_open:
        return render(request, "steps/done.html", _told(found, case))
    if not run.may_do(found, asker(request)):
        return render(request, "steps/waiting.html", _told(found, case))
    if request.method == "POST":
        act = partial(run.complete, task_id=task_id)
        return submit(request, act, _TaskPage(request, found, case))
    return _TaskPage(request, found, case).show()


@never_cache
@text_kept
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, node: str, case_id: int | None = None) -> HttpResponse:
    """Start a flow by hand: on a case, or (a call) with the case that it makes."""
    try:
        start_node = node_named(node)
    except KeyError as error:
        raise Http404 from error
    if not asker(request).has_perm(start_node._owner_permission):
        raise Http404
    case = Case.objects.filter(pk=case_id).first() if case_id else None
    if start_node.case_needed and case is None:
        raise Http404
    page = StartPage(request, start_node, case)
    if request.method == "POST":
        return submit(request, partial(run.start, node=node, case_id=case_id), page)
    return page.show()


def _told(task: Any, case: Case | None) -> dict[str, Any]:
    """What the page of a task that is not the person's to do says."""
    who = task.owner.display_name if task.owner else ""
    head = case_page.head_of(case) if case else None
    return {
        "task": task,
        "title": task.flow_task.task_title,
        "who": who,
        "head": head,
        "when": task.finished,
    }


class StartPage:
    """The page of a start node. `case` is what the person may see of it, None for a new call."""

    def __init__(self, request: HttpRequest, node: Any, case: Case | None) -> None:
        self.request, self.node, self.case = request, node, case

    @property
    def kept_as(self) -> tuple[str, str]:
        """Under what form and key the half-typed text of this page is kept."""
        form = path_of(self.node)
        owner = self.case.pk if self.case else None
        return form, drafts.key_of(self.request, form, owner)

    def form(self, data: Any = None, files: Any = None) -> StepForm:
        """The form, bound when data is given."""
        form: StepForm = self.node.form(
            data, files, by=asker(self.request), at=clock.now(), case=self.case
        )
        return form

    def filled(self, data: Any = None, files: Any = None) -> tuple[StepForm, dict[str, Any]]:
        """The form and what its page shows beside it."""
        form = self.form(data, files)
        return form, form.context()

    def show(self, form: StepForm | None = None, status: int = 200) -> HttpResponse:
        """Render under the person's own context, never the engine's."""
        name, key = self.kept_as
        row = None if form else draft_of(asker(self.request), name, key)
        fresh, beside = self.filled(drafts.data_of(row) if row else None)
        if row:
            drafts.unchecked(fresh)
        form = form or fresh
        context = {
            "draft": drafts.frame_of(self.request, name, key, row),
            "node": self.node,
            "title": self.node.task_title,
            "form": form,
            **self.beside(),
            "failed": status == UNPROCESSABLE,
            **self.more(),
            **beside,
        }
        return render(self.request, form.template, context, status=status)

    def beside(self) -> dict[str, Any]:
        """The case beside the step, as far as the person may see it."""
        if self.case is None:
            return {}
        head = case_page.head_of(self.case)
        return {
            "case": self.case,
            "head": head,
            "crumbs": [{"words": head["number"], "url": head["url"]}],
            "side": case_page.side_of(self.case, asker(self.request)),
        }

    def more(self) -> dict[str, Any]:
        """What a task's page knows besides."""
        return {}


class _TaskPage(StartPage):
    """The page of a waiting task. The form reads the file under the case's context."""

    def __init__(self, request: HttpRequest, task: Any, case: Case | None) -> None:
        super().__init__(request, task.flow_task, case)
        self.task = task

    @property
    def kept_as(self) -> tuple[str, str]:
        """A task has one draft a person."""
        return drafts.TASK, str(self.task.pk)

    def filled(self, data: Any = None, files: Any = None) -> tuple[StepForm, dict[str, Any]]:
        """The form and what its page shows, read under the case's context."""
        with acting(self.task.case_id, asker(self.request)):
            form = run.form_of(
                run.fresh(self.task.pk), asker(self.request), clock.now(), data, files
            )
            return form, form.context()

    def more(self) -> dict[str, Any]:
        """The task, for its light and its diagram."""
        held = held_by_other(self.task, asker(self.request), clock.now())
        return {"task": self.task, "process": self.task.process, "held": held}


def submit(request: HttpRequest, act: Any, page: StartPage) -> HttpResponse:
    """Carry the step out, or show its page again with what is wrong."""
    try:
        done = act(by=asker(request), data=request.POST, files=request.FILES, at=clock.now())
    except Invalid as error:
        form = cast("StepForm", error.form)
    except CommandRefused as error:
        form, _beside = page.filled(request.POST, request.FILES)
        form.is_valid()
        field = getattr(error, "field", None)
        form.add_error(field if field in form.fields else None, str(error))
    else:
        name, key = page.kept_as
        draft_commands.sent(form=name, key=key, by=asker(request), at=clock.now())
        messages.success(request, _("Done: %(what)s") % {"what": page.node.task_title})
        if done.say_once:
            messages.info(request, done.say_once)
        return _onward(request, done, page.node.form.shown_on)
    return page.show(form, UNPROCESSABLE)


def _onward(request: HttpRequest, done: run.Done, after: str) -> HttpResponse:
    """To the case if the person may see it, else to their own work (a liaison's next one)."""
    may = asker(request).has_perm("casework.view_case")
    if may and Case.objects.filter(pk=done.case.pk).exists():
        return redirect(after, case_id=done.case.pk)
    return redirect("home")
