"""The bench: absences, ties, knowledge and rooms; and all cases of somebody who leaves, handed over at once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework import clock
from casework.commands import bench as commands
from casework.commands.base import CommandRefused
from casework.ids import as_id
from casework.models import Absence, Case, Tie, User
from mediation.desks import bench
from mediation.engine import run
from mediation.engine.asker import asker
from mediation.engine.errors import Conflict, Invalid, NotFound, NotYours
from mediation.forms.bench import AbsenceForm, KnowForm, ManyForm, RoomForm, TieForm
from mediation.views.rules import only_with

MAY = "mediation.appoint_mediator"
UNPROCESSABLE = 422
REFUSED = (CommandRefused, Conflict, Invalid, NotFound, NotYours)


@only_with(MAY)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Who mediates here, what each carries, who is away; and the rooms. POST opens a room."""
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = asker(request)
        commands.open_room(**form.cleaned_data, district=by.district, by=by, at=clock.now())
        messages.success(request, _("The room can be booked."))
        return redirect("bench")
    context = {**bench.page_of(asker(request)), "form": form}
    return render(request, "bench/page.html", context, status=_status(form))


@only_with(MAY)
@require_POST
def room(request: HttpRequest, room_id: int) -> HttpResponse:
    """Close a room. Raises: Http404."""
    row = bench.rooms(asker(request)).filter(pk=room_id).first()
    if row is None:
        raise Http404
    _told(
        request,
        lambda: commands.close_room(row, by=asker(request), at=clock.now()),
        _("Closed."),
    )
    return redirect("bench")


def found(request: HttpRequest, user_id: int) -> User:
    """Somebody of one's own bench. Raises: Http404."""
    person = next((row for row in bench.people(asker(request)) if row.pk == user_id), None)
    if person is None:
        raise Http404
    return person


@only_with(MAY)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person: absences, ties, knowledge. POST with `act` records one of them."""
    row, by, at = found(request, user_id), asker(request), clock.now()
    start = {"skills": ", ".join(row.skills), "languages": "、".join(row.languages)}
    act = request.POST.get("act", "")
    forms: dict[str, Form] = {
        "absence": AbsenceForm(request.POST if act == "absence" else None),
        "tie": TieForm(request.POST if act == "tie" else None),
        "know": KnowForm(request.POST if act == "know" else None, initial=start),
    }
    acts: dict[str, Callable[[dict[str, Any]], object]] = {
        "absence": lambda data: commands.record_absence(row, **data, by=by, at=at),
        "tie": lambda data: commands.declare_tie(
            row, **{**data, "tie": Tie(data["tie"])}, by=by, at=at
        ),
        "know": lambda data: commands.know(row, **data, by=by, at=at),
    }
    form = forms.get(act)
    if form is not None and form.is_valid() and _done(form, acts[act]):
        messages.success(request, _("Recorded."))
        return redirect("bench-person", user_id)
    context = {
        **bench.one(row),
        **{f"{name}_form": each for name, each in forms.items()},
        "form": form,
    }
    return render(request, "bench/person.html", context, status=_status(form))


def _done(form: Form, act: Callable[[dict[str, Any]], object]) -> bool:
    try:
        with transaction.atomic():
            act(form.cleaned_data)
    except CommandRefused as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


@only_with(MAY)
@require_POST
def back(request: HttpRequest, user_id: int, absence_id: int) -> HttpResponse:
    """Back earlier than planned. Raises: Http404."""
    row = Absence.objects.filter(pk=absence_id, user=found(request, user_id)).first()
    if row is None:
        raise Http404
    _told(
        request,
        lambda: commands.end_absence(row, by=asker(request), at=clock.now()),
        _("Recorded."),
    )
    return redirect("bench-person", user_id)


def _told(request: HttpRequest, act: Callable[[], object], words: str) -> None:
    try:
        with transaction.atomic():
            act()
    except CommandRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)


@only_with(MAY)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, user_id: int) -> HttpResponse:
    """All open cases of somebody who leaves: each goes to the one chosen; the answer says which did not, and why."""
    row = found(request, user_id)
    rows = bench.handed(row, asker(request))
    choices = [(str(each["case"].pk), str(each["case"])) for each in rows]
    form = ManyForm(request.POST or None, cases=choices)
    results: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        chosen = set(form.cleaned_data["cases"])
        for each in rows:
            if str(each["case"].pk) in chosen:
                to = request.POST.get(f"to-{each['case'].pk}", "")
                words = _one_handed(request, each["case"], to, form.cleaned_data["reason"])
                results.append({**each, "words": words})
        rows = bench.handed(row, asker(request))
    context = {"person": row, "rows": rows, "form": form, "results": results}
    return render(request, "bench/hand_over.html", context, status=_status(form))


def _one_handed(request: HttpRequest, case: Case, to: str, reason: str) -> str:
    """Hand one case over by the act that exists for one; empty, or why not."""
    person = User.objects.filter(pk=as_id(to)).first()
    data = {"mediator": person.username if person else "", "reason": reason}
    try:
        run.start(
            node="recusal.hand_over",
            by=asker(request),
            data=data,
            at=clock.now(),
            case_id=case.pk,
        )
    except Invalid as error:
        return " ".join(str(words) for rows in error.form.errors.values() for words in rows)
    except REFUSED as error:
        return str(error) or _("This cannot be done now.")
    return ""


def _status(form: Form | None) -> int:
    return UNPROCESSABLE if form is not None and form.errors else 200
