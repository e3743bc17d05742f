"""The limitation page of a case: a warning with its proof, to read and to print. It blocks nothing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from casework import clock
from casework.access.context import acting
from casework.commands import limitation as commands
from casework.commands.base import CommandRefused
from casework.models import Case, LimitationFact
from casework.queries.of_case import workers_of
from mediation.desks import limitation
from mediation.engine.asker import asker
from mediation.forms.limitation import FactForm, TryForm, VoidForm
from mediation.views.case import find
from mediation.views.rules import only_with

UNPROCESSABLE = 422
MAY = "casework.record_limitation"


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Limitation claim by claim, worker by worker; POST records a fact."""
    case = find(case_id)
    if request.method == "POST" and not request.user.has_perm(MAY):
        raise Http404
    form = _fact_form(case, request.POST or None)
    if request.method == "POST" and form.is_valid() and _recorded(request, case, form):
        messages.success(request, _("Recorded. Nothing is blocked by it."))
        return redirect("limitation", case_id=case.pk)
    return _shown(request, case, form)


@only_with(MAY)
@require_POST
def void(request: HttpRequest, case_id: int, fact_id: int) -> HttpResponse:
    """A fact was wrong: it is struck through with a reason."""
    case = find(case_id)
    row = LimitationFact.objects.filter(pk=fact_id, case=case).first()
    if row is None:
        raise Http404
    form = VoidForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    refused = _acted(
        request, case,
        lambda: commands.void_fact(row, reason=reason, by=asker(request), at=clock.now()),
    )  # fmt: skip
    if refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Void. It stays visible, struck through."))
    return redirect("limitation", case_id=case.pk)


def _recorded(request: HttpRequest, case: Case, form: FactForm) -> bool:
    refused = _acted(
        request, case,
        lambda: commands.record_fact(case, by=asker(request), at=clock.now(), **form.fact()),
    )  # fmt: skip
    if refused:
        form.add_error(refused.field, str(refused))
    return refused is None


def _acted(
    request: HttpRequest, case: Case, act: Callable[[], object]
) -> CommandRefused | None:
    """Carry it out under the case's context; the refusal, if there is one."""
    try:
        with transaction.atomic(), acting(case.pk, asker(request)):
            act()
    except CommandRefused as refused:
        return refused
    return None


def _shown(request: HttpRequest, case: Case, form: FactForm) -> HttpResponse:
    tried = TryForm(request.GET or None, auto_id="try_%s")
    given = tried.cleaned_data if tried.is_bound and tried.is_valid() else {}
    context: dict[str, Any] = limitation.page_of(case, limitation.Facts(**given), clock.today())
    context |= {
        "case": case, "form": form, "tried": tried, "trying": any(given.values()),
        "facts": [(row, VoidForm(auto_id=f"id_{row.pk}_%s")) for row in context["facts"]],
        "may_record": request.user.has_perm(MAY),
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "case/limitation.html", context, status=status)


def _fact_form(case: Case, data: Any) -> FactForm:
    workers = sorted(workers_of(case), key=lambda row: row.ref)
    return FactForm(workers, data)
