"""Arbitration review: the window is used on the day of filing, the commission's days run once and end."""

import pytest

from casework.commands.letter import TOO_LOW, LevelTooLow
from casework.models import Deadline, LetterLevel
from mediation.commands import followup
from mediation.commands.joint_review import accepted as review_accepted
from tests.process.stage_c import accepted, at
from tests.process.test_supervision import OPINION, REMINDER, story

__all__ = ["story"]
pytestmark = pytest.mark.django_db
ENDS = ("ISSUED", "RESULT", "REFUSED", "WITHDRAWN")


def clocks(told) -> list[tuple[str, str, str, str]]:
    with told.reading() as case:
        rows = Deadline.objects.filter(case=case, rule__startswith="A-0").order_by("rule")
        return [(row.rule, str(row.start), str(row.due), row.state) for row in rows]


def follow(told, step: str, when: str) -> None:
    moment = at(when)
    with told.reading() as case:
        followup.follow(
            case, kind="REVIEW", step=step, on=moment.date(), by=told.people["manager"], at=moment
        )  # fmt: skip


@pytest.mark.parametrize("end", ENDS)
def test_what_we_write_down_starts_the_days_and_every_end_stops_them(end):
    told = accepted()
    follow(told, "FILED", "2026-03-20 09:00")
    assert clocks(told) == []
    follow(told, "ACCEPTED", "2026-03-20 10:00")
    assert clocks(told) == [
        ("A-05", "2026-03-20", "2026-03-27", "OPEN"),
        ("A-05x", "2026-03-20", "2026-04-03", "OPEN"),
    ]
    follow(told, end, "2026-03-26 10:00")
    assert {row[3] for row in clocks(told)} == {"MET"}


def test_two_who_write_down_the_same_acceptance_start_one_pair_of_clocks():
    told = accepted()
    follow(told, "ACCEPTED", "2026-03-20 10:00")
    moment = at("2026-03-20 11:00")
    with told.reading() as case:
        review_accepted(case, on=moment.date(), by=told.people["manager"], at=moment)
    assert len(clocks(told)) == 2


def test_a_review_beyond_its_days_is_late_and_within_the_extension_is_not():
    told = accepted()
    follow(told, "ACCEPTED", "2026-03-20 10:00")
    follow(told, "ISSUED", "2026-03-31 10:00")
    assert [row[3] for row in clocks(told)] == ["MISSED", "MET"]


@pytest.mark.parametrize(
    ("level", "words"),
    [("street", {**OPINION, "skipped_why": "已有人受伤"}), ("street", REMINDER)],
)
def test_a_street_union_issues_reminders_only(story, level, words):
    with story.reading() as case:
        case.level = level
        case.save()
    story.start("陆遥", "supervision.write", "2026-03-20 09:00", **words)
    if level in TOO_LOW.get(LetterLevel(words["level"]), ()):
        with pytest.raises(LevelTooLow):
            story.do("head", "approve", "2026-03-20 10:00", decision="SEND")
    else:
        story.do("head", "approve", "2026-03-20 10:00", decision="SEND")
