"""Possible groups: the list, the tickets about one employer, and what is decided of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import clock
from casework.commands import grouping
from casework.commands.base import CommandRefused
from casework.models import Case, NotAGroup
from mediation.desks import groups
from mediation.engine import run
from mediation.engine.asker import asker
from mediation.engine.errors import Invalid
from mediation.views.rules import only_with

SEE, DECIDE = "mediation.see_groups", "mediation.screen_case"
UNPROCESSABLE = 422


@only_with(SEE)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Employers that several people called about within the window."""
    return render(request, "desks/groups.html", groups.page_of(clock.now()))


@only_with(SEE)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, case_id: int) -> HttpResponse:
    """The tickets around one case; a post decides: one case, or no group. Raises: Http404."""
    case = Case.objects.filter(pk=case_id).first()
    shown = groups.one(case, asker(request), clock.now()) if case else None
    if shown is None:
        raise Http404
    wrong = ""
    if request.method == "POST":
        if not asker(request).has_perm(DECIDE):
            raise Http404
        act = _deny if request.POST.get("act") == "deny" else _join
        wrong = act(request, shown)
        if not wrong:
            return redirect("groups") if act is _deny else redirect("group", case_id=case_id)
    context = {**shown, "wrong": wrong, "typed": request.POST, "failed": bool(wrong)}
    return render(request, "desks/group.html", context, status=UNPROCESSABLE if wrong else 200)


@only_with(DECIDE)
@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """It may be a group after all. Raises: Http404."""
    row = NotAGroup.objects.filter(pk=number).first()
    if row is None or Case.objects.filter(pk__in=row.case_ids).count() < len(row.case_ids):
        raise Http404
    try:
        grouping.take_back_denial(row, by=asker(request), at=clock.now())
    except CommandRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It stands in the list again."))
    return redirect("groups")


def _deny(request: HttpRequest, shown: dict[str, Any]) -> str:
    """Answers what is wrong, or nothing."""
    reason = request.POST.get("reason", "")[:200]
    try:
        grouping.deny(
            shown["key"], shown["cases"], reason=reason, by=asker(request), at=clock.now()
        )
    except CommandRefused as error:
        return str(error)
    messages.success(request, _("Written down: no group. A further caller brings it back."))
    return ""


def _join(request: HttpRequest, shown: dict[str, Any]) -> str:
    """Each ticked ticket joins by itself; what was refused is named. Answers what is wrong with the form."""
    rows = {str(row["id"]): row for row in shown["tickets"]}
    into = rows.get(request.POST.get("into", ""))
    chosen = [
        key for key in request.POST.getlist("ticket") if key in rows and rows[key] is not into
    ]
    if into is None or not chosen:
        return str(_("Choose the case that stays, and tick at least one other ticket."))
    data = {"number": into["number"], "reason": request.POST.get("reason", "")}
    if not data["reason"].strip():
        return str(_("Say why it is one group."))
    done = 0
    for key in chosen:
        try:
            run.start(node="joining.join_group", by=asker(request), data=data, at=clock.now(),
                      case_id=int(key))  # fmt: skip
            done += 1
        except (CommandRefused, Invalid) as error:
            messages.error(request, f"{rows[key]['number']}: {error}")
    if done:
        messages.success(request, ngettext(
            "%(n)s ticket joined %(case)s. It can be taken back below.",
            "%(n)s tickets joined %(case)s. They can be taken back below.", done,
        ) % {"n": done, "case": into["number"]})  # fmt: skip
    return ""
