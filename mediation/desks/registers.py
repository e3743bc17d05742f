"""What every register's page has: the filter with its counts, and the pages."""

from typing import Any

from django.core.paginator import Page
from django.db.models import Count
from django.utils.translation import gettext as _


def strip(
    seen: Any, field: str, choices: list[tuple[str, Any]], chosen: str, kept: str = ""
) -> list[dict[str, Any]]:
    """One word a choice with its count, of the rows that the person sees; `kept` is other address parts."""
    counts = dict(seen.order_by().values_list(field).annotate(Count("id")))
    every = [("", _("All"), sum(counts.values()))]
    every += [(code, str(words), counts.get(code, 0)) for code, words in choices]
    return [
        {
            "words": words, "count": count, "url": f"?{field}={code}{kept}", "chosen": code == chosen,
            "state": "",
        }
        for code, words, count in every
    ]  # fmt: skip


def page_links(pages: "Page[Any]", kept: str) -> dict[str, Any] | None:
    """Earlier and later; nothing where there is one page."""
    if pages.paginator.num_pages == 1:
        return None
    here = pages.number
    return {
        "number": here, "of": pages.paginator.num_pages,
        "earlier_url": f"?{kept}&page={here - 1}" if pages.has_previous() else "",
        "later_url": f"?{kept}&page={here + 1}" if pages.has_next() else "",
    }  # fmt: skip
