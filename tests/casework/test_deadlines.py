"""A deadline is set by a rule, and moves only forward, with a ground and a second person."""

from datetime import date

import pytest

from casework import clock, events
from casework.access.context import acting
from casework.commands import deadline_moves, deadline_rows, deadlines
from casework.models import DeadlineState, Timer, TimerState
from tests.casework.test_ledger import a_case

pytestmark = pytest.mark.django_db
START = date(2025, 3, 3)


@pytest.fixture
def running():
    with clock.held_at(clock.instant(START, 9)):
        case = a_case()
        with acting(case.pk, None):
            made = deadlines.set_deadline(
                case, "M-03", start=START, start_event="application.received",
                by=None, at=clock.now(), ring="test",
            )  # fmt: skip
            yield made


def test_fifteen_days_from_receipt_with_one_clock(running):
    assert running.due == date(2025, 3, 18)
    timer = Timer.objects.get(deadline=running)
    assert timer.due_at == clock.end_of(running.due)
    assert events.verify(running.case_id) == []


def test_it_is_not_missed_before_it_is_over(running):
    with pytest.raises(deadline_rows.NotYetOver):
        deadlines.miss_deadline(running, by=None, at=clock.now())


def test_meeting_it_voids_its_clock_and_happens_once(running):
    deadlines.meet_deadline(running, by=None, at=clock.now())
    assert Timer.objects.get(deadline=running).state == TimerState.VOID
    with pytest.raises(deadline_rows.NotRunning):
        deadlines.meet_deadline(running, by=None, at=clock.now())


def test_moving_it_needs_a_second_person_and_never_goes_backward(running):
    said = {"by": "甲", "at": clock.now(), "ground": "双方书面同意"}
    with pytest.raises(deadline_rows.NeedsSecondPerson):
        deadline_moves.supersede_deadline(running, extended=True, second_person="甲", **said)
    with pytest.raises(deadline_rows.MovesBackward):
        deadline_moves.supersede_deadline(
            running, start=date(2025, 2, 3), second_person="乙", **said
        )


def test_a_pause_moves_due_date_and_clock_by_its_days(running):
    deadline_moves.pause_deadline(
        running, ground="补正材料", second_person="乙", by="甲", at=clock.now()
    )
    assert Timer.objects.get(deadline=running).state == TimerState.VOID
    later = clock.instant(date(2025, 3, 6), 9)
    with clock.held_at(later):
        fresh = deadline_moves.resume_deadline(running, by="甲", at=later)
    running.refresh_from_db()
    assert running.state == DeadlineState.SUPERSEDED
    assert fresh.raw == date(2025, 3, 20)
    assert Timer.objects.get(deadline=fresh).due_at == clock.end_of(fresh.due)
