"""Open work and sessions, as people ask for them."""

from datetime import timedelta

from django.db.models import F, Q, QuerySet

from casework import clock
from casework.access.roles import permissions_of
from casework.models import Case, Session, User
from casework.queries import page_memory
from mediation.models import Process, Task

MOST = 200
PAST_DAYS = 30


def work_of(user: User, *, limit: int = MOST) -> list[Task]:
    """A person's open tasks: their own, and those of their desk that nobody has; by deadline.

    Which rows exist for the person is the database's answer (row-level security).
    """
    desk = Q(owner__isnull=True, owner_permission__in=sorted(permissions_of(user.roles)))
    rows = Task.objects.filter(is_open=True, flow_task_type="HUMAN").filter(
        Q(owner=user) | desk
    )
    return list(
        rows.select_related("process").order_by(F("due_at").asc(nulls_last=True), "id")[:limit]
    )


def processes_of(case: Case) -> list[Process]:
    """The stages of a case, the first one first; a page that only shows asks once."""
    return page_memory.kept(f"processes:{case.pk}", lambda: list(all_processes(case)))


def all_processes(case: Case) -> QuerySet[Process]:
    """The same, not asked yet."""
    rows: QuerySet[Process] = Process.objects.filter(case=case).order_by("created")
    return rows


def sessions_of(person: User) -> list[Session]:
    """The sessions that a person mediates, helps with or records, of the last month and to come."""
    rows = Session.objects.filter(starts_at__gte=clock.now() - timedelta(days=PAST_DAYS))
    rows = rows.select_related("case", "room", "mediator", "recorder").order_by("starts_at")
    return [
        row
        for row in rows
        if person.pk in (row.mediator_id, row.recorder_id, *row.case.co_mediator_ids)
    ]
