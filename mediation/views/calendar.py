"""The calendar page: known years, the horizon, loading a published year, what it moved."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import clock
from casework.commands.base import CommandRefused
from casework.commands.calendar import Checked, check_schedule, load_schedule
from casework.models import CalendarLoad, CalendarYear
from casework.queries import calendar
from casework.rules.errors import RuleError
from mediation.engine import jobs
from mediation.engine.asker import asker
from mediation.forms.rules import CalendarForm
from mediation.views.rules import only_with, words_of

MOST_LOADS = 10


LOAD = "casework.manage_calendar"


@only_with("casework.see_rulebook")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the calendar; who may load a year compares or loads a file, and sees which cases a load moved. Raises: Http404."""
    may_load = asker(request).has_perm(LOAD)
    if request.method == "POST" and not may_load:
        raise Http404
    form = CalendarForm(request.POST or None, request.FILES or None)
    checked: Checked | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if "load" in request.POST:
                _load(request, form.text())
                return redirect("calendar")
            checked = check_schedule(form.text())
        except ValidationError as error:
            form.add_error("file", error)
        except (CommandRefused, RuleError) as refused:
            form.add_error("file", words_of(refused))
    context = {
        "form": form, "checked": checked, "years": _years(), "until": calendar.horizon(),
        "short": calendar.short_of(clock.today()), "loads": CalendarLoad.objects.all()[:MOST_LOADS] if may_load else [], "may_load": may_load,
    }  # fmt: skip
    return render(request, "rules/calendar.html", context)


def _load(request: HttpRequest, text: str) -> None:
    with transaction.atomic():
        load = load_schedule(text, by=asker(request), at=clock.now())
        jobs.defer_recount(load.pk)
    messages.success(request, _("Loaded. The deadlines concerned are being counted anew."))


def _years() -> list[dict[str, Any]]:
    known = calendar.current()
    loaded = {row.year: row.loaded_at for row in CalendarYear.objects.all()}
    return [
        {"year": year, "source": source, "loaded_at": loaded.get(year), "off": _days(year, works=False),
         "makeup": _days(year, works=True)}
        for year, source in sorted(known.years.items(), reverse=True)
    ]  # fmt: skip


def _days(year: int, *, works: bool) -> list[date]:
    days = calendar.current().days.values()
    return sorted(day.on for day in days if day.on.year == year and day.working is works)
