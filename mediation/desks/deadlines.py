"""The deadlines page of a case: clocks with their history, requests for a later day, whose days were spent."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.commands.extensions import may_run_longer
from casework.models import (
    Agency,
    Case,
    DeadlineState,
    Extension,
    ExtensionState,
    User,
)
from casework.queries import at_once, page_memory
from casework.queries.calendar import current
from casework.queries.spent import days_of
from casework.rules.catalogue import Rule
from casework.rules.spent import Spent, Stretch, working_days_of
from mediation.desks.clock_rows import chinese, clocks_of
from mediation.desks.words import unit_words
from mediation.engine.clocks import rule_name

LIGHTS = {"ASKED": "soon", "GRANTED": "done", "REFUSED": "not-begun", "WITHDRAWN": "not-begun"}
FORWARD = (DeadlineState.OPEN,)


def page_of(case: Case, user: User, today: date) -> dict[str, Any]:
    """Everything that case/deadlines.html prints."""
    at_once.load(case)
    rows = Extension.objects.filter(case=case).select_related(
        "deadline", "asked_by", "decided_by"
    )
    requests = [request_row(row, user) for row in rows]
    return {
        "today": today,
        "clocks": clocks_of(case, today),
        "longer": _may_be_longer(case, user),
        "waiting": [row for row in requests if row["open"]],
        "decided": [row for row in requests if not row["open"]],
        "spent": [_spent_row(each) for each in days_of(case, today)],
    }


def waiting_of(case: Case) -> int:
    """How many requests of a case wait for a second person."""
    rows = at_once.rows(case, "extensions", "deadline")
    return sum(
        row.state == ExtensionState.ASKED and row.deadline.state in FORWARD for row in rows
    )


def request_row(row: Extension, user: User) -> dict[str, Any]:
    """One request: from which day to which, why, by whom, and what this person can do."""
    asked = row.state == ExtensionState.ASKED
    alive = row.deadline.state in FORWARD
    words = row.get_state_display() if alive or not asked else _("no longer needed")
    mine = row.asked_by_id == user.pk
    return {
        "row": row,
        "open": asked and alive,
        "what": rule_name(row.deadline.rule, row.deadline.start),
        "light": {"state": LIGHTS[row.state] if alive or not asked else "not-begun", "words": words},
        "from_length": unit_words(row.deadline.unit, row.deadline.length),
        "to_length": unit_words(row.deadline.unit, row.length),
        "mine": mine,
        "may_decide": asked and alive and not mine and user.has_perm("casework.extend_deadline"),
        "may_take_back": asked and mine,
    }  # fmt: skip


def _may_be_longer(case: Case, user: User) -> list[dict[str, Any]]:
    """The open deadlines for which this person can ask for a later day."""
    if not user.has_perm("casework.ask_extension") or case.archived_on is not None:
        return []
    asked = {
        row.deadline_id for row in case.extensions.all() if row.state == ExtensionState.ASKED
    }
    rows = [row for row in case.deadlines.all() if row.state in FORWARD and row.pk not in asked]
    return [
        {"words": rule_name(row.rule, row.start), "due": row.due,
         "url": reverse("deadline-longer", args=[case.pk, row.pk])}
        for row in rows if may_run_longer(row)
    ]  # fmt: skip


def allowed_by(rule: Rule) -> dict[str, str]:
    """Who may approve a longer limit and with what paper, as the rule says; empty if it does not."""
    if rule.extension is None:
        return {}
    language = "zh" if chinese() else "en"
    return {"who": rule.extension.by[language], "what": rule.extension.evidence[language]}


def _spent_row(found: Spent) -> dict[str, Any]:
    calendar = current()
    return {
        "who": _holder(found.who),
        "working": found.working_days,
        "days": found.calendar_days,
        "late": found.late_working_days,
        "stretches": [
            {"what": _what(each), "since": each.since, "until": each.until, "due": each.due,
             "working": working_days_of(each, calendar)}
            for each in found.stretches
        ],
    }  # fmt: skip


def _what(each: Stretch) -> str:
    return rule_name(each.what, each.since) if each.what else _("from sending to its end")


def _holder(code: str) -> str:
    if code == "EMPLOYER":
        return _("Employer")
    names = page_memory.kept(
        "agencies", lambda: dict(Agency.objects.values_list("code", "short"))
    )
    return names.get(code, code)
