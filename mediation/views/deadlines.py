"""The deadlines of a case: how they were counted, whose days were spent, and a later day by two people."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import clock
from casework.access.context import acting
from casework.commands import extensions
from casework.commands.base import CommandRefused
from casework.models import Case, Deadline, Extension
from casework.rules.errors import RuleError
from mediation.commands import deadlines as commands
from mediation.desks import deadlines as desk
from mediation.desks.case_page import head_of
from mediation.desks.clock_rows import why
from mediation.desks.words import unit_words
from mediation.engine.asker import asker
from mediation.engine.clocks import rule_name
from mediation.forms.deadlines import LongerForm, RefusalForm
from mediation.views.case import find
from mediation.views.rules import only_with, words_of

UNPROCESSABLE = 422


@never_cache
@login_required
@require_GET
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """All deadlines of a case with their history."""
    return _page(request, find(case_id))


@only_with("casework.ask_extension")
@require_http_methods(["GET", "POST"])
def longer(request: HttpRequest, case_id: int, deadline_id: int) -> HttpResponse:
    """Ask for a later day."""
    case = find(case_id)
    row = Deadline.objects.select_related("case").filter(pk=deadline_id, case=case).first()
    if row is None:
        raise Http404
    try:
        rule = extensions.rule_behind(row)
    except CommandRefused:
        raise Http404 from None
    now = unit_words(row.unit, row.length)
    form = LongerForm(row, now, desk.allowed_by(rule), request.POST or None)
    if request.method == "POST" and form.is_valid() and _asked(request, row, form):
        messages.success(request, _("Asked. A second person decides."))
        return redirect("deadlines", case_id=case.pk)
    context = {
        "case": case, "head": head_of(case), "form": form, "row": row, "why": why(row),
        "what": rule_name(row.rule, row.start),
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "case/longer.html", context, status=status)


def _asked(request: HttpRequest, row: Deadline, form: LongerForm) -> bool:
    """Ask; a refusal stands at its field, and what was typed stays."""
    try:
        with transaction.atomic(), acting(row.case_id, asker(request)):
            extensions.ask_extension(
                row, length=form.whole(), ground=form.cleaned_data["ground"],
                evidence=form.cleaned_data["evidence"], by=asker(request), at=clock.now(),
            )  # fmt: skip
    except (CommandRefused, RuleError) as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in form.fields else None, words_of(refused))
        return False
    return True


@only_with("casework.extend_deadline")
@require_POST
def decide(request: HttpRequest, case_id: int, request_id: int) -> HttpResponse:
    """The second person grants or refuses."""
    row, form = _request(case_id, request_id), _refusal(request_id, request.POST)
    yes = request.POST.get("decision") == "grant"
    if not yes and not form.is_valid():
        return _page(request, row.case, {row.pk: form}, UNPROCESSABLE)

    def act() -> object:
        if yes:
            return commands.grant(row, by=asker(request), at=clock.now())
        note = form.cleaned_data["note"]
        return extensions.refuse_extension(row, note=note, by=asker(request), at=clock.now())

    done = _("Granted. The deadline runs longer.") if yes else _("Refused. Nothing changes.")
    return _acted(request, row, act, done)


@only_with("casework.ask_extension")
@require_POST
def take_back(request: HttpRequest, case_id: int, request_id: int) -> HttpResponse:
    """The one who asked takes it back."""
    row = _request(case_id, request_id)

    def act() -> Extension:
        return extensions.take_back_extension(row, by=asker(request), at=clock.now())

    return _acted(request, row, act, _("Taken back. Nothing changes."))


def _acted(
    request: HttpRequest, row: Extension, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        with transaction.atomic(), acting(row.case_id, asker(request)):
            act()
    except (CommandRefused, RuleError) as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, done)
    return redirect("deadlines", case_id=row.case_id)


def _request(case_id: int, request_id: int) -> Extension:
    rows = Extension.objects.select_related("case", "deadline")
    row = rows.filter(pk=request_id, case_id=case_id).first()
    if row is None:
        raise Http404
    return row


def _refusal(request_id: int, data: Any = None) -> RefusalForm:
    """One form a request: their fields have ids of their own."""
    return RefusalForm(data, auto_id=f"id_{request_id}_%s")


def _page(
    request: HttpRequest, case: Case, forms: dict[int, Any] | None = None, status: int = 200
) -> HttpResponse:
    context = desk.page_of(case, asker(request), clock.today())
    for row in context["waiting"]:
        row["form"] = (forms or {}).get(row["row"].pk) or _refusal(row["row"].pk)
    context |= {"case": case, "head": head_of(case)}
    return render(request, "case/deadlines.html", context, status=status)
