"""Calculators: for everybody without a log-in, and on a case, where a result can be kept."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from casework import clock
from casework.access.backend import address_of
from casework.access.context import acting
from casework.commands.claims import estimate_claim
from casework.commands.meter import count_one
from casework.ids import as_id
from casework.models import Case, Claim
from casework.rules.calculators import definitions
from casework.rules.errors import RuleError
from mediation.desks import calculators as desk
from mediation.engine.asker import asker
from mediation.forms.calculators import CalculatorForm
from mediation.views.case import find
from mediation.views.rules import words_of

MOST, WINDOW = 60, timedelta(minutes=10)  # calculations of one network without a log-in


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All calculators."""
    return render(request, "calculators/list.html", {**_frame(request), "rows": desk.listed()})


@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, name: str) -> HttpResponse:
    """One calculator for everybody: nothing is stored."""
    form = _form(request, name)
    if request.method == "POST" and not request.user.is_authenticated and _too_many(request):
        return render(request, "calculators/wait.html", _frame(request), status=429)
    context = {**_frame(request), "form": form, "title": desk.title(name),
               "article": definitions()[name]["article"], "worked": _worked(request, form)}  # fmt: skip
    if context["worked"]:
        context["shown"] = desk.shown(context["worked"])
    return render(request, "calculators/one.html", context)


@never_cache
@login_required
@require_GET
def of_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """All calculators, for a case."""
    case = _case(request, case_id)
    context = {**_frame(request), "rows": desk.listed(case.pk), "case": case}
    return render(request, "calculators/list.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def on_case(request: HttpRequest, case_id: int, name: str) -> HttpResponse:
    """One calculator on a case; `keep` stores the result with a claim."""
    case = _case(request, case_id)
    form = _form(request, name)
    worked = _worked(request, form)
    claims = case.claims.filter(outcome="OPEN").select_related("party")
    if worked and "keep" in request.POST:
        claim = claims.filter(pk=as_id(request.POST.get("claim_id", ""))).first()
        if claim is None:
            form.add_error(None, _("Choose the claim that the result belongs to."))
        else:
            _keep(request, claim, worked)
            return redirect("case", case_id=case.pk)
    context: dict[str, Any] = {
        **_frame(request), "form": form, "title": desk.title(name), "case": case, "claims": claims,
        "article": definitions()[name]["article"], "worked": worked,
    }  # fmt: skip
    if worked:
        context |= {"shown": desk.shown(worked), "sums": desk.sums(worked)}
    return render(request, "calculators/one.html", context)


def _keep(request: HttpRequest, claim: Claim, worked: desk.Result) -> None:
    key = request.POST.get("sum_key", "")
    amount = worked["result"][key] if key in dict(desk.sums(worked)) else None
    with acting(claim.case_id, asker(request)):
        estimate_claim(
            claim, name=worked["name"], inputs=worked["inputs"], result=worked["result"],
            take_yuan=amount, by=asker(request), at=clock.now(),
        )  # fmt: skip


def _case(request: HttpRequest, case_id: int) -> Case:
    if not request.user.has_perm("casework.add_claim"):
        raise Http404
    return find(case_id)


def _form(request: HttpRequest, name: str) -> CalculatorForm:
    if name not in definitions():
        raise Http404
    return CalculatorForm(name, clock.today(), request.POST or None)


def _worked(request: HttpRequest, form: CalculatorForm) -> desk.Result | None:
    return tried(form) if request.method == "POST" else None


def tried(form: CalculatorForm) -> desk.Result | None:
    """The result of a bound form, or none with its errors on the form."""
    if not form.is_valid():
        return None
    try:
        return desk.work_out(form)
    except RuleError as refused:
        form.add_error(None, words_of(refused))
        return None


def _too_many(request: HttpRequest) -> bool:
    """Counted by network, for all server processes together; what was typed is not kept."""
    who = address_of(request)
    return count_one("calculator", who, at=clock.now(), window=WINDOW) > MOST


def _frame(request: HttpRequest) -> dict[str, Any]:
    staff = request.user.is_authenticated
    return {"base": "base_staff.html" if staff else "base_public.html", "staff": staff}
