"""Open work, as people ask for it."""

from django.db.models import F, Q

from casework.access.roles import permissions_of
from casework.models import User
from mediation.models import Task

MOST = 200


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
