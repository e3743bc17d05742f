"""Withdrawn, moved, put right: what happens beside the sessions."""

from datetime import date

import pytest

from casework.commands.base import CommandRefused
from casework.models import (
    Event,
    Service,
    Session,
    SessionState,
    Timer,
)
from mediation.forms.hearing import AttendanceForm
from mediation.models import Task
from tests.process.stage_c import at, held, one, to_session

pytestmark = pytest.mark.django_db


def test_a_withdrawal_stops_the_flow_its_clocks_and_its_session():
    story = to_session(one())
    story.start("manager", "hearing.withdraw", "2026-03-16 10:00", reason="双方已自行和解")
    with story.reading() as case:
        assert (case.withdrawn_on, case.status) == (date(2026, 3, 16), "WITHDRAWN")
        assert Session.objects.get(case=case).state == SessionState.CANCELLED
        assert not Task.objects.filter(
            case=case,
            status="SCHEDULED",
            flow_task_type="TIMER",
            flow_task__contains="MediationFlow",
        ).exists()
        late = Timer.objects.filter(
            case=case, state__in=["PENDING", "CLAIMED"], task_id__isnull=False
        )
        assert not late.exists()
    assert "hold_session" not in story.names()
    with pytest.raises(CommandRefused):
        story.start("manager", "hearing.withdraw", "2026-03-16 10:01", reason="再撤一次")


def test_a_session_is_moved_and_the_reason_stays():
    story = to_session(one())
    story.start(
        "mediator",
        "hearing.move_session",
        "2026-03-16 10:00",
        on_day="2026-03-20",
        at_time="14:00",
        reason="会场冲突",
    )
    with story.reading() as case:
        assert Session.objects.get(case=case).starts_at == at("2026-03-20 14:00")
        assert (
            Event.objects.get(case=case, kind="session.corrected").payload["reason"]
            == "会场冲突"
        )


def test_attendance_is_corrected_by_an_act():
    story = to_session(one())
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("ANOTHER"))
    rows = [
        {"ref": "W01", "name": "工人1", "present": True},
        {"ref": "R1", "name": "砺锋机械", "authority": "特别授权", "present": True},
    ]
    story.start(
        "mediator",
        "hearing.correct_attendance",
        "2026-03-18 15:00",
        number=1,
        attendance=rows,
        reason="漏记授权",
    )
    with story.reading() as case:
        assert Session.objects.get(case=case).attendance[1]["authority"] == "特别授权"
        kept = AttendanceForm(by=story.people["mediator"], at=at("2026-03-18 16:00"), case=case)
        shown = [(row["name"], row["authority"]) for row in kept["attendance"].value()]
        assert (kept["number"].value(), shown[1]) == (
            1,
            ("砺锋机械", "特别授权"),
        )  # nothing is typed again


def test_a_voided_notice_no_longer_counts():
    story = to_session(one())
    with story.reading() as case:
        wrong = Service.objects.get(case=case, document="D09", party__ref="R1")
    story.start(
        "mediator",
        "hearing.void_service",
        "2026-03-16 10:00",
        service=str(wrong.pk),
        reason="送错地址",
    )
    with pytest.raises(CommandRefused):
        story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
