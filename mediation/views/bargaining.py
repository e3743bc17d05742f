"""The season of bargaining, and the notices that came to the union."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework import clock
from casework.ids import as_id
from casework.models import Bargain, BargainState, Case, NoticeKind, Side, UnionNotice
from casework.queries.calendar import current
from casework.rules.lights import light
from mediation.desks.registers import page_links, strip
from mediation.desks.words import light_words
from mediation.engine.asker import asker
from mediation.views.rules import only_with

PAGE, FIRST_YEAR = 50, 2025
SEE, MAY = "mediation.see_bargains", "mediation.bargain"


@only_with(SEE)
@require_GET
def season(request: HttpRequest) -> HttpResponse:
    """One year's rounds: offers, answers, contracts, people covered; each with its next clock."""
    words, state, this_year = (
        request.GET.get("year", ""),
        request.GET.get("state", ""),
        clock.today().year,
    )
    year = as_id(words) if FIRST_YEAR <= as_id(words) <= this_year else this_year
    seen = Bargain.objects.filter(season=year).select_related("case")
    chosen = seen.filter(state=state) if state in BargainState else seen
    chosen = chosen.prefetch_related(
        "case__parties__employer", "case__parties__person", "case__deadlines"
    )
    pages = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    signed = seen.filter(signed_on__isnull=False).order_by()
    context = {
        "rows": [_row(row) for row in pages], "year": str(year),
        "strip": strip(seen, "state", BargainState.choices, state, f"&year={year}"),
        "years": [str(each) for each in range(this_year, FIRST_YEAR - 1, -1)],
        "sums": signed.aggregate(n=Count("pk"), people=Sum("people")), "all": seen.count(),
        "answered": seen.filter(answered_on__isnull=False).count(),
        "pages": page_links(pages, f"state={state}&year={year}"),
        "may_offer": asker(request).has_perm(MAY),
    }  # fmt: skip
    return render(request, "bargaining/season.html", context)


def _employers(case: Case) -> str:
    """The employers of the file; nobody is a claimant in it."""
    return "、".join(each.name for each in case.parties.all() if each.side == Side.EMPLOYER)


def _row(row: Bargain) -> dict[str, Any]:
    due = [
        each.due
        for each in row.case.deadlines.all()
        if each.state == "OPEN" and each.rule[:2] == "U-"
    ]
    first = min(due, default=None)
    lit = light_words(light(first, clock.today(), current())) if first else None
    return {"row": row, "names": _employers(row.case), "due": first, "light": lit}


@only_with("mediation.answer_notice")
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Layoffs, dismissals and breaches of union rights that the union was told of."""
    kind = request.GET.get("kind", "")
    seen = UnionNotice.objects.select_related("case")
    chosen = seen.filter(kind=kind) if kind in NoticeKind else seen
    chosen = chosen.prefetch_related("case__parties__employer", "case__parties__person")
    pages = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [{"row": row, "names": _employers(row.case)} for row in pages],
        "strip": strip(seen, "kind", NoticeKind.choices, kind),
        "pages": page_links(pages, f"kind={kind}"),
    }  # fmt: skip
    return render(request, "bargaining/notices.html", context)
