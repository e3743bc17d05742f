"""Aftercare: asking every thirty days what became of a case elsewhere."""

from datetime import datetime
from typing import Any

from casework import clock
from casework.commands.deadlines import meet_rule, set_deadline
from casework.events import Kind, record
from casework.models import Case, User
from mediation.models import Process

ASK, ASK_DAYS = "GEN-CARE", 30  # a policy of the union, no law


def set_clock(activation: Any) -> None:
    """The next question comes in thirty days."""
    case, at = activation.process.case, clock.now()
    set_deadline(
        case, ASK, start=clock.day(at), start_event="aftercare", length=ASK_DAYS,
        unit="calendar_day", by=None, at=at,
    )  # fmt: skip


def begin(case: Case, *, by: User, at: datetime) -> None:
    """Start asking, unless somebody asks already."""
    from mediation.engine.registry import flow_named

    running = Process.objects.filter(case=case, finished__isnull=True)
    if any(row.flow_class.__name__ == "AftercareFlow" for row in running):
        return
    record(case, Kind.AFTERCARE_BEGUN, by=by, at=at)
    flow_named("aftercare").begin.run(case=case)


def asked(case: Case, *, words: str, by: User, at: datetime) -> None:
    """Somebody asked and was told."""
    meet_rule(case, ASK, by=by, at=at)
    record(case, Kind.REMINDER_SENT, by=by, at=at, about="aftercare", words=words)
