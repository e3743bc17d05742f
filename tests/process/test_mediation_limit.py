"""The limit of mediation: rings once, is extended by both, fifteen days open a right."""

from datetime import date

import pytest

from casework import clock
from casework.commands.base import CommandRefused
from casework.models import (
    Deadline,
    DeadlineState,
    Event,
    Timer,
    TimerState,
)
from documents.models import Paper
from mediation.models import Task
from tests.process.stage_c import held, one, to_session

pytestmark = pytest.mark.django_db


def test_the_limit_rings_once_and_asks_for_a_decision():
    story = to_session(one())
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("ANOTHER"))
    story.until("2026-03-30 23:59")
    assert story.names() == ["notify"]
    story.until("2026-03-31 00:00")
    story.until("2026-03-31 00:01")
    assert story.names() == ["limit_reached", "notify"]
    story.do("mediator", "limit_reached", "2026-03-31 09:00", decision="END", reason="期满未成")
    assert not {"notify", "limit_reached", "hold_session"} & set(story.names())
    with story.reading() as case:
        assert case.status == "MEDIATION_FAILED"


def test_an_extension_moves_the_limit_and_leaves_the_right():
    story = to_session(one())
    story.do(
        "mediator",
        "hold_session",
        "2026-03-18 11:00",
        **held(
            "EXTENDED",
            extend_days=30,
            worker_signed=True,
            employer_signed=True,
            reason="继续核账",
        ),
    )
    with story.reading() as case:
        old, new = Deadline.objects.filter(case=case, rule="M-04").order_by("id")
        assert (old.state, new.state) == (DeadlineState.SUPERSEDED, DeadlineState.OPEN)
        assert (new.raw, new.due) == (date(2026, 4, 12), date(2026, 4, 13))
        assert Deadline.objects.get(case=case, rule="M-03").state == DeadlineState.OPEN
        waiting = Task.objects.get(case=case, status="SCHEDULED")
        timer = Timer.objects.get(task_id=waiting.pk, state=TimerState.PENDING)
        assert waiting.scheduled == timer.due_at == clock.end_of(new.due)
        assert Paper.objects.filter(case=case, code="D15").exists()
    story.until("2026-03-31 00:00")
    assert story.names() == ["notify"]
    story.until("2026-04-14 00:00")
    assert story.names() == ["limit_reached", "notify"]


def test_an_extension_at_the_limit_sets_the_clock_again():
    story = to_session(one())
    story.until("2026-03-31 00:00")
    story.do(
        "mediator",
        "limit_reached",
        "2026-03-31 09:00",
        decision="EXTENDED",
        reason="再谈一次",
        extend_days=30,
        worker_signed=True,
        employer_signed=True,
    )
    assert story.names() == ["hold_session"]
    story.until("2026-04-14 00:00")
    assert story.names() == ["hold_session", "limit_reached"]


@pytest.mark.parametrize("signed", [{"worker_signed": True}, {"employer_signed": True}, {}])
def test_an_extension_needs_both_signatures(signed: dict[str, bool]):
    story = to_session(one())
    with pytest.raises(CommandRefused):
        story.start(
            "mediator",
            "hearing.extend",
            "2026-03-16 10:00",
            extend_days=30,
            reason="核账",
            **signed,
        )


def test_new_employment_forms_are_extended_once_to_thirty_days_at_most():
    story = to_session(one(limit="M-05"))
    both = {"worker_signed": True, "employer_signed": True, "reason": "核账"}
    with pytest.raises(CommandRefused):
        story.start("mediator", "hearing.extend", "2026-03-16 10:00", extend_days=31, **both)
    story.start("mediator", "hearing.extend", "2026-03-16 10:00", extend_days=30, **both)
    with story.reading() as case:
        assert Deadline.objects.get(case=case, rule="M-05", state="OPEN").length == 30


def test_fifteen_days_open_a_right_and_end_nothing():
    story = to_session(one())
    story.until("2026-03-28 00:00")
    assert story.names() == ["hold_session"]
    with story.reading() as case:
        assert Event.objects.filter(case=case, kind="right.opened").count() == 1
        assert Deadline.objects.get(case=case, rule="M-04").state == DeadlineState.OPEN
