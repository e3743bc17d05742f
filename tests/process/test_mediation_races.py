"""Two acts of mediation at one instant: real threads on the test's own database, as the app role."""

from functools import partial

import pytest

from casework.models import Timer
from mediation.engine.registry import all_flows
from mediation.models import Process
from tests.process.agreements import race
from tests.process.stage_c import held, one, to_session

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_a_step_races_with_a_withdrawal():
    story = to_session(one())
    came = race(
        partial(story.do, "mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED")),
        partial(story.start, "manager", "hearing.withdraw", "2026-03-18 11:00", reason="撤回"),
    )
    assert came[1] == "done"
    with story.reading() as case:
        assert case.status == "WITHDRAWN"
        assert not Process.objects.filter(
            case=case, finished__isnull=True,
            flow_class__in=[all_flows()["mediation"], all_flows()["agreement"]],
        ).exists()  # fmt: skip
        assert not Timer.objects.filter(
            case=case, state__in=["PENDING", "CLAIMED"], task_id__isnull=False
        ).exists()


@pytest.mark.django_db(transaction=True)
def test_a_step_races_with_itself_and_is_done_once():
    story = to_session(one())
    task = story.task("hold_session")
    step = partial(story.send, task, "mediator", "2026-03-18 11:00", **held("SETTLED"))
    assert sorted(race(step, step)) == ["AlreadyDone", "done"]
    assert story.names() == ["draft"]


@pytest.mark.django_db(transaction=True)
def test_the_limit_races_with_the_last_session():
    story = to_session(one(), day="2026-03-31")
    came = race(
        partial(story.until, "2026-03-31 09:40"),
        partial(story.do, "mediator", "hold_session", "2026-03-31 09:40", **held("SETTLED")),
    )
    assert came == ["done", "done"]
    assert story.names() == ["draft"], "the decision at the limit goes with the process"
    with story.reading() as case:
        assert not Timer.objects.filter(
            case=case, task_id__isnull=False, state="PENDING"
        ).exists()
