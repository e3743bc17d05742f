"""Deadlines as a page shows them: light, explanation, day cells."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework import clock
from casework.models import Case, Deadline, DeadlineState
from casework.queries.calendar import current
from casework.queries.deadlines import Shown, shown
from casework.rules.catalogue import seed
from casework.rules.errors import RuleError
from casework.rules.rule_read import RELEASE
from mediation.desks.words import light_words, mark_words, nature_words, unit_words
from mediation.engine.clocks import rule_name

RIGHT = "M-03"  # when it is over nobody is late: a way is open
MOST_CELLS = 31
MOST_NAMED = 12  # days off named one by one; above it they stand in the list below


def chinese() -> bool:
    """Whether the page is in Chinese."""
    return (get_language() or "").startswith("zh")


def clocks_of(case: Case, as_of: date) -> list[dict[str, Any]]:
    """The deadline rows of a case page."""
    return [_row(each) for each in shown(case, as_of)]


def _row(each: Shown) -> dict[str, Any]:
    row = each.deadline
    old = row.state == DeadlineState.SUPERSEDED
    light = light_words(each.light, row.closed_on)
    if old:
        light = {"state": "not-begun", "words": _("superseded")}
    elif row.state == DeadlineState.MISSED and row.rule == RIGHT:
        words = _("open since %(on)s") % {"on": f"{row.due + timedelta(days=1):%m-%d}"}
        light = {"state": "done", "words": words}
    elif row.state == DeadlineState.LAPSED:
        light = {"state": "not-begun", "words": str(DeadlineState.LAPSED.label)}
    return {
        "light": light,
        "due": row.due,
        "what": rule_name(row.rule, row.start),
        "nature": nature_words(row.nature),
        "from_words": f"{row.start:%m-%d} {start_words(row)}",
        "old": old,
        "provisional": row.provisional,
        "why": why(row),
    }


def start_words(row: Deadline) -> str:
    """The event that a clock starts from, in the page's language."""
    try:
        rule, _by_code = seed().rule(row.rule, row.start)
    except RuleError:
        return row.start_event
    return str(rule.start["zh" if chinese() else "en"])


def version_words(version: str) -> str:
    """The version of a rule: its first day, or that it came with the release."""
    rule, at, day = version.rpartition("@")
    return f"{rule}{at}{_('as released') if day == RELEASE else day}"


def why(row: Deadline) -> dict[str, Any]:
    """The explanation of a due date, as components/explanation.html prints it."""
    told = row.explanation
    steps = told.get("steps" if chinese() else "steps_en", [])
    skipped = [
        f"{item['on'][5:]} {item['name' if chinese() else 'name_en']}"
        for item in told.get("skipped", [])
    ]
    return {
        "due": row.due,
        "rule": row.rule,
        "version": version_words(row.rule_version),
        "basis": row.article or _("agreed between the five parties, not law"),
        "start": f"{row.start:%Y-%m-%d} {start_words(row)}",
        "length": unit_words(row.unit, row.length),
        "raw": row.raw,
        "skipped": _(", ").join(skipped)
        if len(skipped) <= MOST_NAMED
        else _("%(n)s days, listed below") % {"n": len(skipped)},
        "due_note": "",
        "cells": _cells(row) if (row.due - row.start).days <= MOST_CELLS else [],
        "ranges": skipped,
        "steps": steps,
        "mark": mark_words(mark) if (mark := told.get("mark", "")) else "",
        "history": _history(row),
    }


def _history(row: Deadline) -> list[dict[str, Any]]:
    """The rows that this one replaced, newest first: until which day, and why it moved."""
    found, fresh = [], row
    while fresh.supersedes is not None:
        found.append({"was": fresh.supersedes.due, "now": fresh.due, "ground": fresh.ground})
        fresh = fresh.supersedes
    return found


def _cells(row: Deadline) -> list[dict[str, Any]]:
    calendar = current()
    cells = []
    for number in range((row.due - row.start).days + 1):
        on = row.start + timedelta(days=number)
        kind, words = "" if calendar.is_working(on) else "rest", str(number)
        if number == 0:
            kind, words = "start", _("from")
        elif on == row.due:
            kind, words = "due", _("due")
        elif on == row.raw:
            kind = "raw"
        elif on > row.raw:
            kind, words = "skipped", _("moved")
        cells.append({"on": on, "kind": kind, "words": words})
    return cells


def next_clocks(case: Case) -> list[dict[str, Any]]:
    """The open clocks for a case's head: one a nature, the nearest."""
    nearest: dict[str, Shown] = {}
    for each in shown(case, clock.today()):
        if each.deadline.state == DeadlineState.OPEN:
            nearest.setdefault(each.deadline.nature, each)
    return [
        {"nature": nature_words(nature), "light": light_words(each.light), "due": each.deadline.due,
         "what": rule_name(each.deadline.rule, each.deadline.start)}
        for nature, each in nearest.items()
    ]  # fmt: skip
