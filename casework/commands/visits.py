"""After the closing: the return visit by somebody else, and the archive."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework import clock
from casework.commands import hardship, keeping
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, User, Visit

TRIES = 3


class VisitedByTheHandler(CommandRefused):
    """The return visit is made by somebody other than the handler."""


class NotVisited(CommandRefused):
    """Archive after the return visit, or after three tries on three days."""


class NotClosed(CommandRefused):
    """Only a closed case is visited and archived."""


@transaction.atomic
def visit_case(
    case: Case, *, by: User, at: datetime, on: date, reached: bool, **answers: Any
) -> Visit:
    """The return visit, or a try at it. The worker's word decides whether it is solved.

    Raises: NotClosed, VisitedByTheHandler.
    """
    lock_case(case.pk)
    case.refresh_from_db()
    if case.closed_on is None:
        raise NotClosed
    if by.pk in (case.mediator_id, case.manager_id):
        raise VisitedByTheHandler
    made = Visit.objects.create(
        case=case, visitor=by, on=on, reached=reached, closing=case.reopen_count, **answers
    )
    record(case, Kind.CASE_VISITED, by=by, at=at, reached=reached, satisfied=made.satisfied)
    return made


def visits_of(case: Case) -> list[Visit]:
    """The visits and tries since the last closing: an earlier closing's do not stand for it."""
    return list(Visit.objects.filter(case=case, closing=case.reopen_count).order_by("on", "id"))


def visit_is_done(case: Case) -> bool:
    """Reached once since the last closing, or three tries on three days."""
    rows = visits_of(case)
    return any(row.reached for row in rows) or len({row.on for row in rows}) >= TRIES


@transaction.atomic
def archive_case(case: Case, *, by: User, at: datetime) -> None:
    """Put the file away. Raises: NotClosed, NotVisited."""
    lock_case(case.pk)
    case.refresh_from_db()
    if case.closed_on is None:
        raise NotClosed
    if not visit_is_done(case):
        raise NotVisited
    case.archived_on = clock.day(at)
    case.save(update_fields=["archived_on"])
    hardship.forget(case, at=at)
    kept = keeping.begin(case, outcome=case.outcome, on=case.archived_on)
    record(case, Kind.CASE_ARCHIVED, by=by, at=at, kept=kept.kind, until=kept.ends_on)
