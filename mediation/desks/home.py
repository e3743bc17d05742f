"""The first screen of each role: its work."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from casework import clock
from casework.models import CallRecord
from mediation.desks import call_backs, worklist
from mediation.engine.asker import asker


@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Operators: today's calls. Supervisors: the cockpit. Rules administrators: the rules. Everybody else: work by deadline."""
    if asker(request).role in ("operator", "shift_lead"):
        return _operator(request)
    if asker(request).role == "supervisor":
        return redirect("cockpit")
    if asker(request).role == "rules_admin":
        return redirect("rules")
    if asker(request).role == "information_officer":
        return redirect("clues")
    if asker(request).role == "admin":
        return redirect("house-people")
    return render(request, "desks/work.html", worklist.page_of(request, _("My work")))


def _operator(request: HttpRequest) -> HttpResponse:
    begin = clock.instant(clock.today())
    rows = CallRecord.objects.filter(operator=asker(request), started_at__gte=begin)
    calls = [
        {
            "at": row.started_at,
            "number": str(row.case),
            "url": reverse("case", args=[row.case_id]),
            "caller": _("anonymous caller")
            if row.anonymous or not row.caller
            else row.caller.name,
            "words": row.facts[:40],
            "light": {"state": "normal", "words": row.case.get_status_display()},
        }
        for row in rows.select_related("case", "caller").order_by("-started_at")[:50]
    ]
    context = {
        **worklist.page_of(request, _("Hotline")),
        "calls": calls,
        **call_backs.waiting_for(asker(request), clock.now()),
        "new_call_url": reverse("new_call"),
    }
    return render(request, "desks/operator.html", context)
