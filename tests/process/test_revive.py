"""A cancelled task that is revived is what it was: nobody else's, with its clock, once."""

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import acting
from casework.models import Timer
from mediation.engine import run
from mediation.models import Task
from tests.process.conftest import instant
from tests.process.journey import do, only, received

pytestmark = pytest.mark.django_db


def test_a_revived_task_keeps_its_permission_and_its_clock(people):
    done = received(people)
    before = only(done, "decide_acceptance")
    at = clock.held_at(instant("2026-03-04 09:00"))
    with at, transaction.atomic(), acting(done.case.pk, people["dengchuan"]):
        task = Task.objects.get(pk=before.pk)
        clocks = list(
            Timer.objects.filter(case=done.case, state="PENDING").values_list("kind", "due_at")
        )
        task.flow_task.activation_class(task).cancel()
        assert run.open_tasks(done.case.pk) == ()
        again = task.flow_task.activation_class(Task.objects.get(pk=before.pk)).revive()
        fresh = Task.objects.get(pk=again.pk)
        assert (fresh.owner_permission, fresh.role) == (
            before.owner_permission,
            before.role,
        )
        assert fresh.due_at == before.due_at
        left = Timer.objects.filter(case=done.case, state="PENDING").values_list(
            "kind", "due_at"
        )
        assert sorted(left) == sorted(clocks)
        assert [each.pk for each in run.open_tasks(done.case.pk)] == [fresh.pk]
    do(people["dengchuan"], fresh, "2026-03-04 10:00", decision="ACCEPT")
