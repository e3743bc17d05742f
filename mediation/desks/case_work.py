"""What can be done in a case: open tasks, acts that fit, running stages, evidence to look at."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.access.redaction import may_read
from casework.models import Case, User
from casework.queries import at_once
from casework.queries.calendar import current
from casework.rules.lights import light
from mediation.desks.words import light_words
from mediation.engine import run
from mediation.engine.registry import path_of, starts_for
from mediation.queries import processes_of


def task_rows(case: Case, user: User) -> list[dict[str, Any]]:
    """The open tasks; those that this person may do have an address."""
    calendar, found = current(), []
    for task in run.open_tasks(case.pk):
        mine = run.may_do(task, user)
        due = clock.last_day(task.due_at) if task.due_at else None
        found.append({
            "light": light_words(light(due, clock.today(), calendar)) if due else None,
            "words": str(task.flow_task.task_title),
            "who": task.owner.display_name if task.owner else _(task.role.replace("_", " ")),
            "url": reverse("task", args=[task.pk]) if mine else "",
        })  # fmt: skip
    return found


def acts_of(case: Case, user: User) -> list[dict[str, str]]:
    """The acts that this person may begin and that make sense now."""
    return [
        {"words": str(node.task_title), "url": reverse("start", args=[case.pk, path_of(node)])}
        for node in starts_for(user, case)
    ]


def stages_of(case: Case) -> list[dict[str, Any]]:
    """The stages that ran or run, with the address of each diagram."""
    return [
        {"title": each.flow_class.process_title, "url": reverse("process", args=[each.pk])}
        for each in processes_of(case)
        if each.flow_class
    ]


def evidence_rows(case: Case, user: User) -> list[dict[str, Any]]:
    """What the workers handed in, for those who may read it."""
    if not may_read(user.roles, "evidence"):
        return []
    rows = at_once.rows(case, "evidence", "party__person")
    return [
        {
            "words": row.title or row.name or row.sha256[:8], "who": row.party.name, "at": row.made_at,
            "url": reverse("case-file", args=[case.pk, row.pk]), "kb": max(1, row.size // 1024),
        }
        for row in rows if row.taken_back_at is None
    ]  # fmt: skip
