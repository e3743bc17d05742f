"""Joint consultation as a process: one sealed step an office, ended together when the meeting closes it."""

from datetime import datetime
from typing import Any

from casework.commands import consultation as file
from casework.models import Case, Consultation, Opinion, User
from mediation.commands.liaison_post import tell_consulted
from mediation.models import Process


def open_with_offices(case: Case, *, by: User, at: datetime, **data: Any) -> Consultation:
    """Open it, and ask each office in a process of its own: none waits for another."""
    from mediation.engine.registry import flow_named

    made = file.open_consultation(case, by=by, at=at, **data)
    for row in made.opinions.all():
        flow_named("opinion").begin.run(case=case, answer=str(row.pk))
    tell_consulted(made, at=at)
    return made


def close(row: Consultation, *, by: User, at: datetime, **data: Any) -> None:
    """Close it; offices that did not answer are no longer asked."""
    from mediation.engine.registry import flow_named
    from mediation.engine.run import cancel_process

    file.close_consultation(row, by=by, at=at, **data)
    waiting = [
        str(pk) for pk in row.opinions.filter(given_at=None).values_list("pk", flat=True)
    ]
    for process in Process.objects.filter(
        case=row.case, flow_class=flow_named("opinion"), answer__in=waiting, finished=None
    ):
        cancel_process(process)


def opinion_of(process: Process) -> Opinion:
    """The opinion that a process asks for: its begin keeps the id in the answer."""
    return Opinion.objects.select_related("consultation", "office").get(pk=int(process.answer))


def office_of(process: Process) -> int | None:
    """The office that is asked."""
    return opinion_of(process).office_id if process.answer.isdigit() else None
