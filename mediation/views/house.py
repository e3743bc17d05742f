"""The administrator's desk: people and roles, offices and routes, audit, health, looking as another person."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import clock
from casework.commands import offices, second_factor
from casework.commands import people_of_house as commands
from casework.commands.base import CommandRefused
from casework.commands.people_list import last_import
from casework.models import HouseActKind, Office, Route, User
from mediation.desks import house
from mediation.engine.asker import asker
from mediation.forms.house import OfficeForm, PersonForm, ReasonForm, RouteForm
from mediation.views.looking import begin_looking
from mediation.views.one_row import UNPROCESSABLE, saved, shown
from mediation.views.rules import only_with

MANAGE = "casework.manage_users"


@only_with(MANAGE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, by what is looked for."""
    words, role = request.GET.get("q", "").strip()[:40], request.GET.get("role", "")
    gone = request.GET.get("gone") == "1"
    context = {
        "rows": house.people(words, role, gone=gone), "q": words, "role": role, "gone": gone,
        "roles": house.roles(), "imported": last_import(clock.now()),
    }  # fmt: skip
    return render(request, "house/people.html", context)


@only_with(MANAGE)
@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Make an account; the starting password is shown on the answer and nowhere else."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = commands.hire(
                **form.cleaned_data, by=asker(request), at=clock.now()
            )
        except CommandRefused as error:
            form.add_error(error.field, str(error))
        else:
            return render(
                request, "house/password.html", {"person": user, "password": password}
            )
    title = _("New account")
    return shown(request, form, title, _("Make the account"), ("house-people", _("People")))


@only_with(MANAGE)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: what it is, and what can be done with it."""
    user = get_object_or_404(User, pk=user_id)
    start = {name: getattr(user, name) for name in commands.CHANGEABLE}
    form = PersonForm(request.POST or None, initial=start, known=True)
    if request.method == "POST" and form.is_valid():
        try:
            commands.change(user, by=asker(request), at=clock.now(), **form.cleaned_data)
        except CommandRefused as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Changed: %(name)s") % {"name": user.display_name})
            return redirect("house-person", user_id)
    context = {
        "person": user, "row": house.person_row(user), "form": form, "reason": ReasonForm(),
        "rights": house.rights_of(user), "own": user.pk == asker(request).pk,
        "acts": house.acts(user.username, "", None, None)[:20],
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "house/person.html", context, status=status)


@only_with(MANAGE)
@require_POST
def act(request: HttpRequest, user_id: int) -> HttpResponse:
    """Deactivate, activate, new starting password, remove the second factor, look as this person."""
    user, by, at = get_object_or_404(User, pk=user_id), asker(request), clock.now()
    acts: dict[str, Callable[[], str]] = {
        "deactivate": lambda: (
            commands.deactivate(user, reason=request.POST.get("reason", "")[:200], by=by, at=at)
            or ""
        ),
        "activate": lambda: commands.activate(user, by=by, at=at),
        "password": lambda: commands.reset_password(user, by=by, at=at),
        "second": lambda: (
            second_factor.remove(user, by=by, at=at, reason=request.POST.get("why", "")[:200])
            or ""
        ),
    }
    wanted = request.POST.get("act", "")
    if wanted == "look":
        return begin_looking(request, user)
    if wanted not in acts:
        raise Http404
    try:
        password = acts[wanted]()
    except CommandRefused as error:
        messages.error(request, str(error))
        return redirect("house-person", user_id)
    if password:
        return render(request, "house/password.html", {"person": user, "password": password})
    messages.success(request, _("Done: %(name)s") % {"name": user.display_name})
    return redirect("house-person", user_id)


@only_with(MANAGE)
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Offices, and the routes that lead to them."""
    words = request.GET.get("q", "").strip()[:40]
    context = {"q": words, "offices": house.offices(words), "routes": house.routes(words)}
    return render(request, "house/places.html", context)


@only_with(MANAGE)
@require_http_methods(["GET", "POST"])
def office(request: HttpRequest, office_id: int | None = None) -> HttpResponse:
    """Make or change an office."""
    row = get_object_or_404(Office, pk=office_id) if office_id else Office()
    start = {name: getattr(row, name, None) for name in offices.OFFICE if name != "agency"}
    if office_id:
        start["agency"] = row.agency_id
    form = OfficeForm(request.POST or None, initial=start)
    title = row.name or _("New office")
    return saved(request, form, title, lambda **data: offices.save_office(row, **data), _back())


@only_with(MANAGE)
@require_http_methods(["GET", "POST"])
def route(request: HttpRequest, route_id: int | None = None) -> HttpResponse:
    """Make or change a route: where a matter of a district goes."""
    row = get_object_or_404(Route, pk=route_id) if route_id else Route()
    names = ("matter", "district_id", "level", "office_id", "fallback_id")
    start = {name.removesuffix("_id"): getattr(row, name) for name in names}
    form = RouteForm(request.POST or None, initial=start)
    title = _("Route") if route_id else _("New route")
    return saved(request, form, title, lambda **data: offices.save_route(row, **data), _back())


@only_with("casework.read_house_audit")
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Who changed what in the house: by word, kind and day."""
    words, kind = request.GET.get("q", "").strip()[:40], request.GET.get("kind", "")
    since, until = _day(request, "since"), _day(request, "until")
    context = {
        "rows": house.acts(words, kind, since, until), "q": words, "kind": kind,
        "since": since, "until": until, "kinds": HouseActKind.choices,
    }  # fmt: skip
    return render(request, "house/audit.html", context)


@only_with("casework.see_health")
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Whether the house runs well."""
    now = clock.now()
    return render(request, "house/health.html", {"looks": house.health(now), "at": now})


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None


def _back() -> tuple[str, str]:
    return "house-places", _("Offices and routes")
