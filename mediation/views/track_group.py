"""A representative's page: those they speak for, by name and answer; no sum, no telephone of anybody else."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.access.context import tracking as tracking_context
from casework.ids import as_id
from casework.queries.my_group import Colleague, count_answers, my_group
from casework.tracking import Tracked
from mediation.views.behind_code import after_code, frame

PAGE = 50


@after_code
@require_GET
def page(request: HttpRequest, found: Tracked) -> HttpResponse:
    """The list, fifty at a time. Raises: Http404 for everybody who was not elected, or is no longer."""
    with tracking_context(found.case_id, found.party_id):
        counts = count_answers()
        if not counts:
            raise Http404
        workers = sum(counts.values())
        number, last = max(1, as_id(request.GET.get("page", ""))), -(-workers // PAGE)
        number = min(number, last)
        rows = my_group(first=(number - 1) * PAGE, most=PAGE)
    return render(request, "track/group.html", {
        **frame(), "workers": workers, "counts": counts,
        "rows": [_row(row) for row in rows], "pages": _pages(number, last),
    })  # fmt: skip


def _row(row: Colleague) -> dict[str, Any]:
    words = {"yes": _("agrees"), "no": _("does not agree"), "open": _("has not said yet")}
    return {"ref": row.ref, "name": row.name, "speaks": row.speaks, "words": words[row.answer]}


def _pages(number: int, last: int) -> dict[str, Any] | None:
    if last == 1:
        return None
    base = reverse("track-group")
    return {
        "number": number, "of": last,
        "earlier_url": f"{base}?page={number - 1}" if number > 1 else "",
        "later_url": f"{base}?page={number + 1}" if number < last else "",
    }  # fmt: skip
