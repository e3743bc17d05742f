"""The registers of the union's own instruments: letters that went out, hazards that were found."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework import clock
from casework.commands.hazard import OPEN
from casework.models import (
    Deadline,
    DeadlineState,
    Inspection,
    InspectionState,
    Letter,
    LetterLevel,
    LetterResult,
)
from casework.queries.calendar import current
from casework.rules.lights import light
from mediation.commands.supervision import RULES
from mediation.desks.registers import page_links, strip
from mediation.desks.words import light_words
from mediation.views.rules import only_with

PAGE = 50
WAITING = ("SENT", "SILENT")


@only_with("mediation.see_letters")
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Every letter that the person may see, newest first; counts by letter and by result (ST19)."""
    level = request.GET.get("level", "")
    seen = Letter.objects.select_related("case").order_by("-id")
    chosen = seen.filter(level=level) if level in LetterLevel else seen
    pages = Paginator(chosen.annotate(due=_due()), PAGE).get_page(request.GET.get("page"))
    today, calendar = clock.today(), current()
    rows = [
        {
            "letter": row, "case_url": reverse("case", args=[row.case_id]), "due": due,
            "light": light_words(light(due, today, calendar)) if due else None,
        }
        for row in pages
        for due in [vars(row)["due"]]
    ]  # fmt: skip
    context = {
        "title": _("Supervision letters"), "rows": rows, "strip": strip(seen, "level", LetterLevel.choices, level),
        "totals": _totals(chosen), "pages": page_links(pages, f"level={level}"),
    }  # fmt: skip
    return render(request, "supervision/register.html", context)


@only_with("mediation.see_hazards")
@require_GET
def hazards(request: HttpRequest) -> HttpResponse:
    """The hazard board: what was found, by when it is mended, what is still there (ST20)."""
    state = request.GET.get("state", "")
    seen = Inspection.objects.select_related("case").order_by("fix_by", "id")
    chosen = seen.filter(state=state) if state in InspectionState else seen
    left = Count("hazards", filter=Q(hazards__mended_on__isnull=True))
    counted = chosen.annotate(found=Count("hazards"), left=left)
    pages = Paginator(counted, PAGE).get_page(request.GET.get("page"))
    today, calendar = clock.today(), current()
    rows = [
        {
            "inspection": row, "case_url": reverse("case", args=[row.case_id]),
            "found": vars(row)["found"], "left": vars(row)["left"],
            "light": light_words(light(row.fix_by, today, calendar)) if row.state in OPEN else None,
        }
        for row in pages
    ]  # fmt: skip
    context = {
        "title": _("Hazards"), "rows": rows, "pages": page_links(pages, f"state={state}"),
        "strip": strip(seen, "state", InspectionState.choices, state),
    }  # fmt: skip
    return render(request, "supervision/hazards.html", context)


def _due() -> Subquery:
    """Until when an answer is awaited: the open clock of one of the three rules."""
    open_clocks = Deadline.objects.filter(
        case_id=OuterRef("case_id"), state=DeadlineState.OPEN,
        rule__in=[rule for rule, _event, _code in RULES.values()],
        start=OuterRef("sent_on"),
    )  # fmt: skip
    return Subquery(open_clocks.order_by("-id").values("due")[:1])


def _totals(chosen: Any) -> list[dict[str, Any]]:
    """Sent, answered, and each result."""
    counts = dict(chosen.order_by().values_list("result").annotate(Count("id")))
    sent = chosen.filter(sent_on__isnull=False).count()
    answered = sum(count for result, count in counts.items() if result)
    rows = [{"words": _("Sent"), "count": sent}, {"words": _("Answered"), "count": answered}]
    return rows + [
        {"words": str(words), "count": counts.get(code, 0)}
        for code, words in LetterResult.choices
    ]
