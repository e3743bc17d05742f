"""What a case's sums mean, in words: lawful floor, final award, small claims. Estimates that block nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import Case
from casework.queries.sum_checks import Floor, final_awards, floors, small_claims
from mediation.desks.words import mark_words


def checks_of(case: Case, on: date) -> list[dict[str, Any]]:
    """The checks that apply, as components/checks.html prints them."""
    rows = [_floor_row(each) for each in floors(case) if each.agreed is not None]
    if (found := final_awards(case, on)) is not None:
        rows.append(_row(
            found, _("If it goes to arbitration, the award would be final for the employer"),
            _("If it goes to arbitration, an item above the ceiling would not be final"),
            _("ceiling %(sum)s yuan an item"),
        ))  # fmt: skip
    if (found := small_claims(case, on)) is not None:
        rows.append(_row(
            found, _("In court the sums fit the small-claims procedure"),
            _("In court a sum is above the small-claims procedure"),
            _("limit %(sum)s yuan"),
        ))  # fmt: skip
    return rows


def _row(found: dict[str, Any], fits: str, above: str, limit: str) -> dict[str, Any]:
    figure = found["figure"]
    parts = [limit % {"sum": f"{Decimal(found['threshold']):,.2f}"}]
    if found["above"] and found["workers"] > 1:
        parts.append(
            ngettext("%(n)s worker above it", "%(n)s workers above it", found["above"])
            % {"n": found["above"]}
        )
    parts += [found["article"], _("figure since %(day)s, %(mark)s")
              % {"day": figure.since.isoformat(), "mark": mark_words(figure.mark)}]  # fmt: skip
    words = above if found["above"] else fits
    return {
        "state": "todo" if found["above"] else "passed",
        "words": words,
        "detail": _("; ").join(parts),
    }


def _floor_row(found: Floor) -> dict[str, Any]:
    sums = {"item": found.claim.item, "agreed": f"{found.agreed:,.2f}", "floor": f"{found.floor:,.2f}",
            "worked": f"{found.worked_out:,.2f}"}  # fmt: skip
    if found.below:
        words = _("%(item)s: agreed %(agreed)s is under the lawful floor %(floor)s") % sums
        return {"state": "todo", "words": words, "detail": found.article}
    words = _("%(item)s: agreed %(agreed)s, worked out %(worked)s") % sums
    return {"state": "passed", "words": words, "detail": found.article}
