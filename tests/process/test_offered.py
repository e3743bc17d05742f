"""An act stands among the others only when there is something to do it to."""

import pytest

from casework.commands.hearing import NotPlanned
from mediation.engine.errors import NotOffered
from mediation.engine.registry import path_of, starts_for
from tests.process.groups import group
from tests.process.stage_c import GROUP, accepted, held, to_session
from tests.process.test_evidence import pdf, take_in

pytestmark = pytest.mark.django_db


def offered(story):
    """The acts beside the steps that the mediator is offered now."""
    with story.reading() as case:
        return {path_of(node) for node in starts_for(story.people["mediator"], case)}


def test_evidence_is_shown_only_once_some_was_handed_in():
    story = to_session(group(2))
    with pytest.raises(NotOffered):
        story.start("mediator", "evidence.show", "2026-03-16 09:00", item="1", side="WORKER")
    assert "evidence.show" not in offered(story)
    take_in(story, pdf(1))
    assert "evidence.show" in offered(story)


def test_a_session_is_moved_while_planned_and_put_right_once_held():
    story = to_session(accepted(group=GROUP[:2], firms=["砺锋机械"]))
    assert "hearing.move_session" in offered(story)
    assert "hearing.correct_attendance" not in offered(story)
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("ANOTHER"))
    assert "hearing.correct_attendance" in offered(story)
    assert "hearing.move_session" not in offered(story)
    with pytest.raises(NotPlanned):
        story.start("mediator", "hearing.move_session", "2026-03-18 12:00", on_day="2026-03-25",
                    reason="会场冲突")  # fmt: skip
