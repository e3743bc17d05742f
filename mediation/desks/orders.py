"""Supervision orders as the supervisor follows them: the register, and the mark beside a late case."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.order import RUNNING, WAITING
from casework.models import OrderState, SupervisionOrder
from casework.queries.calendar import current
from casework.rules.lights import light
from mediation.desks.registers import page_links
from mediation.desks.words import light_words
from mediation.forms.oversight import level_words

PAGE = 50
PEOPLE = ("case__district", "answerer", "given_by", "answered_by", "decided_by")


def lists(today: date) -> dict[str, tuple[str, Q]]:
    """The lists of the register by their word in the address: what they are called, and which orders."""
    waits = Q(state__in=WAITING)
    ended = [each for each in OrderState if each not in (*RUNNING, OrderState.ACCEPTED)]
    return {
        "open": (_("wait for the answer"), waits & Q(reply_by__gte=today)),
        "late": (_("answer overdue"), waits & Q(reply_by__lt=today)),
        "answered": (_("answered, to be decided"), Q(state=OrderState.ANSWERED)),
        "accepted": (_("answer accepted"), Q(state=OrderState.ACCEPTED)),
        "ended": (_("ended without an answer"), Q(state__in=ended)),
    }


def page_of(today: date, chosen: str, number: str | None) -> dict[str, Any]:
    """Everything that desks/orders.html prints. `chosen`: a key of `lists`, or "" for all."""
    named = lists(today)
    seen = SupervisionOrder.objects.order_by("-id")
    counts = seen.order_by().aggregate(
        whole=Count("pk"),
        **{key: Count("pk", filter=each) for key, (_n, each) in named.items()},
    )
    rows = seen.filter(named[chosen][1]) if chosen else seen
    pages = Paginator(rows.select_related("case", *PEOPLE), PAGE).get_page(number)
    every = [("", _("All"), counts["whole"])]
    every += [(key, words, counts[key]) for key, (words, _q) in named.items()]
    return {
        "strip": [
            {"words": words, "count": n, "url": f"?state={key}", "chosen": key == chosen,
             "state": "overdue" if key == "late" and n else ""}
            for key, words, n in every
        ],
        "rows": [_row(row, today) for row in pages], "pages": page_links(pages, f"state={chosen}"),
    }  # fmt: skip


def _row(row: SupervisionOrder, today: date) -> dict[str, Any]:
    return {
        "order": row, "level": level_words(row), "light": _light(row, today),
        "case_url": reverse("case", args=[row.case_id]),
        "paper_url": reverse("case-paper", args=[row.case_id, row.paper_id]) if row.paper_id else "",
    }  # fmt: skip


def _light(row: SupervisionOrder, today: date) -> dict[str, Any] | None:
    """The light of the answer's day; none for an order that ended without one."""
    if row.state in WAITING:
        return light_words(light(row.reply_by, today, current()))
    if row.answered_at is None or row.state not in (*RUNNING, OrderState.ACCEPTED):
        return None
    done = clock.day(row.answered_at)
    return light_words(light(row.reply_by, today, current(), done_on=done), done)


def marks(case_ids: Iterable[int], *, may_order: bool) -> dict[int, dict[str, str]]:
    """What stands beside late cases: the order that runs, or the way to give one; in one question."""
    ids = list(case_ids)
    rows = SupervisionOrder.objects.filter(case_id__in=ids, state__in=RUNNING)
    running = dict(rows.values_list("case_id", "reply_by"))
    found: dict[int, dict[str, str]] = {}
    for pk in ids:
        if pk in running:
            words = _("ordered, answer by %(day)s") % {"day": f"{running[pk]:%m-%d}"}
            found[pk] = {"words": words, "url": reverse("orders")}
        elif may_order:
            url = reverse("start", args=[pk, "oversight.give"])
            found[pk] = {"words": _("Give an order"), "url": url}
    return found
