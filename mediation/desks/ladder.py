"""The ladder for what is late as a page: how many stand on each rung, and each rung's rows."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.models import Case, Deadline, Message, User
from casework.queries.calendar import current
from casework.queries.ladder import (
    BEFORE,
    MOST,
    WITH_CASE,
    Standing,
    by_rung,
    nearly_due,
    placed,
    standings,
)
from casework.rules.escalation import ladder
from casework.rules.lights import light
from mediation.desks import orders
from mediation.desks.triage_tables import language
from mediation.desks.words import light_words
from mediation.engine.clocks import rule_name

WAITING = "waiting"  # late, and the ladder has not climbed since
Told = dict[tuple[int, str, datetime], list[str]]


def names(today: date) -> dict[str, str]:
    """What each list of the page is called, lowest first, by its word in the address."""
    spoken, held = language(), ladder(today)
    climbed = {rung.whom: rung.name[spoken] for rung in held.rungs if rung is not held.soon}
    return {
        held.soon.whom: held.soon.name[spoken], WAITING: _("late, not yet on a rung"), **climbed,
    }  # fmt: skip


def page_of(today: date, chosen: str, *, may_order: bool = False) -> dict[str, Any]:
    """Everything that desks/ladder.html prints. `chosen`: a key of `names`, or "" for all that is late."""
    called, counts = names(today), by_rung(today)
    soon = ladder(today).soon.whom
    counted = {soon: nearly_due(today).count(), WAITING: counts.pop(""), **counts}
    late = sum(n for key, n in counted.items() if key != soon)
    rows = _rows(today, chosen, called)
    over = {row["case"] for row in rows if row["due"] < today}
    marked = orders.marks(over, may_order=may_order)
    for row in rows:
        row["mark"] = marked.get(row["case"])
    return {
        "tiles": [
            {"title": title, "n": counted[key], "url": f"?rung={key}", "chosen": key == chosen}
            for key, title in called.items()
        ],
        "chosen": chosen, "title": called.get(chosen) or _("All that is late"), "rows": rows,
        "count": counted.get(chosen, late), "more": max(0, counted.get(chosen, late) - len(rows)),
    }  # fmt: skip


def _rows(today: date, chosen: str, called: dict[str, str]) -> list[dict[str, Any]]:
    """The rows of one list, or of all that is late: the highest first, at most MOST."""
    if chosen == ladder(today).soon.whom:
        soon = nearly_due(today).select_related(*WITH_CASE)[:MOST]
        return [_row(row, today, called[chosen], told=_reached(row.case)) for row in soon]
    stood = [] if chosen == WAITING else standings(today, whom=chosen)
    told = _told(stood)
    rows = [
        _row(each.deadline, today, called[each.rung.whom], since=each.since,
             told=told[each.case.pk, each.rung.whom, each.since])
        for each in stood
    ]  # fmt: skip
    if chosen in ("", WAITING):
        fresh = placed(today).filter(place=BEFORE).select_related(*WITH_CASE)
        rows += [_row(row, today, called[WAITING]) for row in fresh[: MOST - len(rows)]]
    return rows


def _row(
    row: Deadline,
    today: date,
    rung: str,
    *,
    since: datetime | None = None,
    told: Sequence[str] = (),
) -> dict[str, Any]:
    calendar = current()
    return {
        "light": light_words(light(row.due, today, calendar)), "number": str(row.case),
        "url": reverse("case", args=[row.case_id]), "case": row.case_id, "district": row.case.district or "",
        "what": rule_name(row.rule, row.start), "due": row.due, "rung": rung, "since": since,
        "days": calendar.working_days_between(row.due, today) if row.due < today else 0,
        "told": "、".join(told),
    }  # fmt: skip


def _reached(case: Case) -> list[str]:
    """Who hears each day of a clock that is nearly due: its owner, if there is a way to reach them."""
    owner = case.mediator or case.manager
    if owner is None or not owner.is_active or not (owner.phone or owner.email):
        return []
    return [owner.display_name]


def _told(stood: Sequence[Standing]) -> Told:
    """Whom a message of the ladder went to, by case, rung and instant; in two questions.

    One message tells of all clocks of a case that reached a rung at once: their instant is the same.
    """
    cases = {each.case.pk for each in stood}
    sent = Message.objects.filter(case_id__in=cases, template="late").order_by("id")
    found: dict[tuple[int, str, datetime], list[int]] = defaultdict(list)
    for case_id, key, at in sent.values_list("case_id", "key", "made_at"):
        _late, _deadline, whom, user = key.split(":")
        found[case_id, whom, at].append(int(user))
    people = {number for each in found.values() for number in each}
    shown = dict(User.objects.filter(pk__in=people).values_list("pk", "display_name"))
    told: Told = defaultdict(list)
    for place, numbers in found.items():
        told[place] = [shown[number] for number in numbers if number in shown]
    return told
