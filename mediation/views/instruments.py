"""The union's instruments in figures, as a page and as a workbook."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework import clock
from mediation.desks.instruments import figures
from mediation.desks.workbook import MEDIA_TYPE, one_sheet
from mediation.views.rules import only_with

SEE = "mediation.see_instruments"


@only_with(SEE)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """ST18 to ST23 of a period: this year until today if none is given."""
    first, last = _period(request)
    context = {"parts": figures(first, last, clock.today()), "first": first, "last": last}
    return render(request, "supervision/instruments.html", context)


@only_with(SEE)
@require_GET
def workbook(request: HttpRequest) -> HttpResponse:
    """The same figures with fixed columns."""
    first, last = _period(request)
    rows = [
        [part["code"], part["title"], words, value]
        for part in figures(first, last, clock.today())
        for words, value in part["rows"]
    ]
    head = [_("Measure"), _("About"), _("Figure"), f"{first} - {last}"]
    answer = HttpResponse(one_sheet(_("Instruments"), head, rows), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="instruments-{first}-{last}.xlsx"'
    return answer


def _period(request: HttpRequest) -> tuple[date, date]:
    today = clock.today()
    first = _day(request.GET.get("first", "")) or today.replace(month=1, day=1)
    last = _day(request.GET.get("last", "")) or today
    return min(first, last), max(first, last)


def _day(words: str) -> date | None:
    try:
        return parse_date(words)
    except ValueError:
        return None
