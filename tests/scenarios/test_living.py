"""The open cases of the demo house: every desk has work on whatever day the house is started."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import transaction

from casework import clock
from casework.access.context import system
from casework.access.roles import roles_with
from casework.models import Case
from mediation.models import Played, Task
from mediation.rehearsal import living
from mediation.rehearsal.player import Player

MORNING = clock.instant(date(2026, 11, 23), 10, 30)


class Killed(BaseException):
    """The process ended here."""


def counted():
    with transaction.atomic(), system("test"):
        return Case.objects.count(), dict(Played.objects.values_list("story", "acts"))


def test_every_desk_has_an_open_case_and_a_killed_play_goes_on_where_it_stopped(
    own_database, monkeypatch
):
    performed, perform = [], Player._perform

    def dies_at_the_ninth(self, number, act):
        perform(self, number, act)
        performed.append(number)
        if len(performed) == 9:
            raise Killed

    with clock.held_at(MORNING):
        monkeypatch.setattr(Player, "_perform", dies_at_the_ninth)
        with pytest.raises(Killed):
            living.play()
    with transaction.atomic(), system("test"):
        begun = Played.objects.get(finished_at=None)
    case = next(each for each in living.listed() if each.name == begun.story)
    with clock.held_at(MORNING + timedelta(days=30)):
        later = living._weeks(case, begun.case_id)
    with clock.held_at(MORNING + timedelta(hours=2)):
        assert later == living._weeks(case, begun.case_id) == living._weeks(case, None)
        living.play()
        whole = counted()
        living.play()
        assert counted() == whole
    cases = living.listed()
    assert whole == (len(cases), {case.name: case.acts for case in cases})
    with transaction.atomic(), system("test"):
        assert not Case.objects.filter(opened_at__gt=MORNING + timedelta(hours=2)).exists()
        waiting = Task.objects.filter(is_open=True, flow_task_type="HUMAN")
        desks = {role for task in waiting for role in roles_with(task.owner_permission)}
        offices = set(waiting.values_list("office__agency_id", flat=True))
    assert {
        "case_manager",
        "hardship_officer",
        "labour_law_supervisor",
        "labour_protection_inspector",
        "mediation_head",
        "mediator",
    } <= desks
    assert {"HRSS", "JUSTICE"} <= offices


@pytest.mark.parametrize("on", [date(2026, 2, 20), date(2026, 10, 4), date(2027, 1, 1)])
def test_a_moved_story_keeps_its_days_of_the_week_and_ends_when_it_should(on):
    with clock.held_at(clock.instant(on, 23)):
        for case in living.listed():
            by = living._weeks(case, None)
            written = living.stage.load(living._path(case))
            story = living.moved(case, by)
            assert len(story.acts) == case.acts
            assert by % timedelta(weeks=1) == timedelta()
            assert on - clock.day(story.acts[-1].at) >= timedelta(days=case.ago)
            assert on - clock.day(story.acts[-1].at) < timedelta(days=case.ago + 7)
            assert [act.at - by for act in story.acts] == [
                act.at for act in written.acts[: case.acts]
            ]


def test_days_in_words_move_with_the_days_of_the_acts():
    edit = living._edit(timedelta(weeks=36), {"张工": "李工"})
    assert edit("张工2026年3月2日起，2025年12月至2026年2月，2026-03-02") == (
        "李工2026年11月9日起，2026年8月至2026年10月，2026-11-09"
    )


def test_the_stories_that_stand_open_are_there():
    folder = settings.WUFANG_DEMO_STORY.parent
    assert all((folder / f"{case.story}.yaml").exists() for case in living.listed())
