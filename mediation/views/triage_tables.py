"""The decision tables of the triage: look, draft, try on past cases, propose. Strangers find nothing."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import clock
from casework.commands.base import CommandRefused
from casework.commands.rulebook_tables import propose_table
from casework.models import RuleEdit
from casework.queries import rulebook_tables
from casework.rules.errors import RuleError
from casework.rules.tables import Table
from mediation.desks import rules_desk
from mediation.desks import triage_tables as desk
from mediation.engine.asker import asker
from mediation.forms.triage_tables import TableForm
from mediation.views.rules import only_with, words_of

UNPROCESSABLE = 422


@only_with("casework.see_rulebook")
@require_GET
def table(request: HttpRequest, code: str) -> HttpResponse:
    """One table as it holds today, with its history."""
    context = {
        "table": desk.shown(_find(code)),
        "history": rules_desk.history(code),
        "may_propose": request.user.has_perm("casework.propose_rule"),
    }
    return render(request, "rules/table.html", context)


@only_with("casework.propose_rule")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Draft the table anew; `check` tries it and stores nothing, `propose` hands it to a second person."""
    found = _find(code)
    form = TableForm(found, desk.language(), request.POST or None)
    tried: dict[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            rows, since = form.rows(), form.cleaned_data["effective_from"]
            tried = desk.tried(code, rows, since)
            if "propose" in request.POST and not tried["problems"]:
                made = _proposed(request, code, form)
                messages.success(request, _("Proposed. A second person decides."))
                return redirect("rules-edit", edit_id=made.pk)
        except (CommandRefused, RuleError) as refused:
            field = getattr(refused, "field", None)
            form.add_error(field if field in form.fields else None, words_of(refused))
    context = {
        "table": desk.shown(found), "form": form, "tried": tried,
        "panels": [_panel(found, each) for each in form.panels()],
        "last": [form["effective_from"], form["reason"]],
    }  # fmt: skip
    wrong = bool(form.errors or (tried and tried["problems"]))
    return render(
        request, "rules/table_edit.html", context, status=UNPROCESSABLE if wrong else 200
    )


def _proposed(request: HttpRequest, code: str, form: TableForm) -> RuleEdit:
    with transaction.atomic():
        return propose_table(
            code=code, rows=form.rows(), by=asker(request), at=clock.now(),
            effective_from=form.cleaned_data["effective_from"], reason=form.cleaned_data["reason"],
        )  # fmt: skip


def _panel(found: Table, panel: dict[str, Any]) -> dict[str, Any]:
    row = panel["row"]
    return {**panel, "words": desk.row_words(found, row) if row else None}


def _find(code: str) -> Table:
    try:
        return rulebook_tables.tables().on(code)
    except RuleError:
        raise Http404 from None
