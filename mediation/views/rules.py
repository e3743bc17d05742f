"""The rules desk: look, propose, decide, withdraw. Whoever may not is told that it does not exist."""

from collections.abc import Callable
from functools import wraps
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
from casework.commands import rulebook as acts
from casework.commands.base import CommandRefused
from casework.models import EditKind, EditState, RuleEdit
from casework.queries import calendar, rulebook
from casework.rules import taxonomy
from casework.rules.catalogue import EDITABLE
from casework.rules.errors import RuleError
from mediation.desks import rules_desk, triage_tables
from mediation.desks.clock_rows import chinese
from mediation.desks.words import mark_words
from mediation.engine.asker import asker
from mediation.forms.rules import FigureForm, NoteForm, RuleForm, WhenAndWhy, value_words

MOST_HISTORY = 100
View = Callable[..., HttpResponse]


def only_with(permission: str) -> Callable[[View], View]:
    """Whoever lacks the permission gets 404: not visible means not found."""

    def guard(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard


@only_with("casework.see_rulebook")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the time limits, the figures, the history."""
    words, everything = request.GET.get("q", "")[:40], request.GET.get("all") == "1"
    rows = RuleEdit.objects.select_related("proposed_by", "decided_by")
    context = {
        "q": words,
        "all": everything,
        "waiting": rules_desk.edits(rows.filter(state=EditState.PROPOSED)),
        "coming": rules_desk.edits(
            rows.filter(state=EditState.APPROVED, effective_from__gt=clock.today())
        ),
        "history": rules_desk.edits(rows[:MOST_HISTORY]),
        "rules": rules_desk.rules(words, only_editable=not everything),
        "figures": rules_desk.figures(),
        "marks": rules_desk.marks(),
        "short": calendar.short_of(clock.today()),
        "until": calendar.horizon(),
        "tables": triage_tables.listed(),
        "may_propose": request.user.has_perm("casework.propose_rule"),
    }
    return render(request, "rules/desk.html", context)


@only_with("casework.see_rulebook")
@require_GET
def causes(request: HttpRequest) -> HttpResponse:
    """The taxonomy of disputes with court causes and statistical groups: changed only by a release."""
    context = {"groups": rules_desk.causes(), "version": taxonomy.version()}
    return render(request, "rules/taxonomy.html", context)


@only_with("casework.propose_rule")
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """Propose another length of a time limit."""
    try:
        known = rulebook.catalogue().rule(code)[0]
    except RuleError:
        raise Http404 from None
    if known.mark not in EDITABLE or known.length is None:
        raise Http404
    form = RuleForm(known, request.POST or None)

    def act() -> RuleEdit:
        return acts.propose_rule(
            code=code, changes=form.changes(), by=asker(request), at=clock.now(),
            effective_from=form.cleaned_data["effective_from"], reason=form.cleaned_data["reason"],
        )  # fmt: skip

    about = {
        "code": code, "name": known.name["zh" if chinese() else "en"],
        "now": rules_desk.length_words(known), "since": known.since, "mark": known.mark,
        "mark_words": mark_words(known.mark),
        "basis": "" if known.mark == "P" else known.article,
        "effect": known.effect["zh" if chinese() else "en"],
    }  # fmt: skip
    return _propose(request, form, act, about)


@only_with("casework.propose_rule")
@require_http_methods(["GET", "POST"])
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """Propose another value of a parameter."""
    values = rulebook.parameters().values.get(name)
    if not values or values[-1].mark == "V":
        raise Http404
    last = values[-1]
    form = FigureForm(last, request.POST or None)

    def act() -> RuleEdit:
        return acts.propose_figure(
            name=name, by=asker(request), at=clock.now(), **form.cleaned_data
        )

    words = next(row["name"] for row in rules_desk.figures() if row["code"] == name)
    about = {
        "code": name, "name": words, "now": value_words(last.value), "since": last.since, "mark": last.mark,
        "mark_words": mark_words(last.mark), "basis": last.source, "effect": "",
    }  # fmt: skip
    return _propose(request, form, act, about)


def _propose(
    request: HttpRequest, form: WhenAndWhy, act: Callable[[], RuleEdit], about: dict[str, Any]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                edit = act()
        except (CommandRefused, RuleError) as refused:
            form.add_error(getattr(refused, "field", None), words_of(refused))
        else:
            messages.success(request, _("Proposed. A second person decides."))
            return redirect("rules-edit", edit_id=edit.pk)
    context = {"form": form, "about": about, "history": rules_desk.history(about["code"])}
    return render(request, "rules/propose.html", context)


@only_with("casework.see_rulebook")
@require_GET
def edit(request: HttpRequest, edit_id: int) -> HttpResponse:
    """One edit: the difference, what would move, and what can be done."""
    return _shown(request, _find(edit_id), NoteForm())


@only_with("casework.approve_rule")
@require_POST
def decide(request: HttpRequest, edit_id: int) -> HttpResponse:
    """The second person approves or refuses."""
    row, form = _find(edit_id), NoteForm(request.POST)
    yes = request.POST.get("decision") == "approve"
    if not yes and not form.is_valid():
        return _shown(request, row, form)

    def act() -> RuleEdit:
        if yes:
            return acts.approve(row, by=asker(request), at=clock.now())
        return acts.reject(
            row, note=form.cleaned_data["note"], by=asker(request), at=clock.now()
        )

    done = _("Approved. It counts from its day on.") if yes else _("Refused. Nothing changes.")
    return _acted(request, row, act, done)


@only_with("casework.propose_rule")
@require_POST
def withdraw(request: HttpRequest, edit_id: int) -> HttpResponse:
    """Take an edit back before its day."""
    row, form = _find(edit_id), NoteForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, form)

    def act() -> RuleEdit:
        return acts.withdraw(
            row, note=form.cleaned_data["note"], by=asker(request), at=clock.now()
        )

    return _acted(request, row, act, _("Withdrawn. Nothing changes."))


def _acted(
    request: HttpRequest, row: RuleEdit, act: Callable[[], RuleEdit], done: str
) -> HttpResponse:
    try:
        with transaction.atomic():
            act()
    except (CommandRefused, RuleError) as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, done)
    return redirect("rules-edit", edit_id=row.pk)


def _find(edit_id: int) -> RuleEdit:
    rows = RuleEdit.objects.select_related("proposed_by", "decided_by", "withdrawn_by")
    found = rows.filter(pk=edit_id).first()
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, row: RuleEdit, form: NoteForm) -> HttpResponse:
    user = asker(request)
    context = {
        **rules_desk.edit_row(row),
        "preview": rules_desk.preview(row),
        "tried": triage_tables.of_edit(row) if row.kind == EditKind.TABLE else None,
        "history": [each for each in rules_desk.history(row.code) if each["row"].pk != row.pk],
        "may_decide": rules_desk.may_decide(row, user),
        "may_withdraw": rules_desk.may_withdraw(row, user),
        "own": row.proposed_by_id == user.pk and row.state == EditState.PROPOSED,
        "form": form,
    }
    return render(request, "rules/edit.html", context)


def words_of(refused: Exception) -> str:
    """A refusal in the language of the page."""
    if isinstance(refused, RuleError) and chinese():
        return refused.message_zh
    return str(refused)
