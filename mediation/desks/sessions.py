"""Today's sessions, before everything else on a mediator's list."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.models import Session, SessionState, User
from casework.rules.taxonomy import cause_name
from mediation.desks.words import names_of
from mediation.models import Task
from mediation.queries import sessions_of

STATES = {SessionState.HELD: "held", SessionState.CANCELLED: "cancelled"}


def today_of(user: User, tasks: list[Task]) -> list[dict[str, Any]]:
    """The sessions of today of a person who mediates or records; the next one is marked."""
    if not user.has_perm("mediation.keep_record"):
        return []
    rows = [row for row in sessions_of(user) if clock.day(row.starts_at) == clock.today()]
    shown = [_session(row, tasks) for row in rows]
    if coming := next((row for row in shown if not row["state"]), None):
        coming["next"] = True
    return shown


def _session(row: Session, tasks: list[Task]) -> dict[str, Any]:
    state = STATES.get(SessionState(row.state), "")
    task = next((each for each in tasks if each.case_id == row.case_id), None)
    about = cause_name(row.case.main_cause) if row.case.main_cause else ""
    return {
        "at": f"{row.starts_at.astimezone(clock.SHANGHAI):%H:%M}", "names": names_of(row.case), "about": about,
        "number": str(row.case), "place": row.place, "confirmed": None, "next": False, "state": state,
        "url": reverse("task", args=[task.pk]) if task and not state else reverse("case", args=[row.case_id]),
        "words": str(task.flow_task.task_title) if task and not state else _("Open the case"),
    }  # fmt: skip
