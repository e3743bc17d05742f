"""The page of a new call: several side by side, the caller known while the number is typed."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from casework import clock
from casework.access.context import acting
from casework.commands import drafts as draft_commands
from casework.commands.base import CommandRefused
from casework.events import Kind, record
from casework.models import Case, Person
from casework.queries.callers import known
from casework.queries.drafts import fields_of
from casework.queries.drafts import found as draft_of
from mediation.desks import call, drafts
from mediation.engine import run
from mediation.engine.asker import asker
from mediation.engine.registry import node_named
from mediation.engine.steps import StepForm
from mediation.views.drafts import text_kept
from mediation.views.steps import StartPage, submit

FILLED = ("name", "phone", "sex", "worker_kind", "union_member")
POPPED = ("phone", "name", "source_number")


class CallPage(StartPage):
    """A start page with the caller's context beside it; a switchboard may open it with a number."""

    def form(self, data: Any = None, files: Any = None) -> StepForm:
        """The form; on a fresh page with what the switchboard told."""
        popped = {
            name: self.request.GET[name][:60] for name in POPPED if name in self.request.GET
        }
        form: StepForm = self.node.form(
            data, files, by=asker(self.request), at=clock.now(), case=None, initial=popped
        )
        return form

    def more(self) -> dict[str, Any]:
        """What is known of the caller by now."""
        form, key = self.kept_as
        row = draft_of(asker(self.request), form, key)
        typed: dict[str, str] = {
            name: self.request.GET[name] for name in POPPED if name in self.request.GET
        }
        if row:
            typed = {name: values[-1] for name, values in fields_of(row).items() if values}
        if self.request.method == "POST":
            typed = self.request.POST.dict()
        knowledge = call.knowledge_of(typed, clock.now(), by=asker(self.request))
        return {
            **knowledge, "lookup_url": reverse("call-lookup"), "sum_url": reverse("call-calculate"),
            "call": {"phone": self.request.GET.get("phone", "")[:24]},
        }  # fmt: skip


@never_cache
@text_kept
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Record a call."""
    node = allowed(request)
    shown = CallPage(request, node, None)
    if request.method == "POST":
        return submit(request, partial(run.start, node=drafts.CALL, case_id=None), shown)
    return shown.show()


@never_cache
@require_POST
def lookup(request: HttpRequest) -> HttpResponse:
    """The right column alone, for what is typed so far. A POST, so that no number stands in an address.

    After the session ended it answers nothing: the page stays as it is, the text's own mark says why.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    allowed(request)
    context = call.knowledge_of(request.POST.dict(), clock.now(), by=asker(request))
    context["sum_url"] = reverse("call-calculate")
    return render(request, "intake/knowledge.html", context)


@text_kept
@require_POST
def use_known(request: HttpRequest) -> HttpResponse:
    """This is the one: what is on file of the person comes into the form; the look is in the ledger."""
    allowed(request)
    typed = drafts.typed_in(request)
    person_id = request.POST.get("known", "")
    fits = known(request.POST.get("phone", ""), request.POST.get("name", ""))
    found = next(
        (each for each in fits if str(each.person_id) == person_id and each.cases), None
    )
    key = request.POST.get("draft_key", "")
    if found is None or not drafts.fits(drafts.CALL, key):
        raise Http404
    with acting(found.cases[0].case_id, asker(request)):
        case = Case.objects.get(pk=found.cases[0].case_id)
        person = Person.objects.get(pk=found.person_id)
        record(case, Kind.IDENTITY_REVEALED, by=asker(request), at=clock.now(), field="phone",
               reason="caller on the line")  # fmt: skip
    fields = {**typed, **{name: [str(getattr(person, name))] for name in FILLED}}
    fields.pop("known", None)
    try:
        draft_commands.keep(
            form=drafts.CALL, key=key, fields=fields, by=asker(request), at=clock.now()
        )
    except CommandRefused as error:
        raise Http404 from error
    return redirect(f"{reverse('new_call')}?draft={key}")


def allowed(request: HttpRequest) -> Any:
    """The step of a call, for those who may record one. Raises: Http404."""
    node = node_named(drafts.CALL)
    if not asker(request).has_perm(node._owner_permission):
        raise Http404
    return node
