"""Hazards: two inspectors, a day, a second look, the authority; the one who reported stays unknown."""

from datetime import date

import pytest
from django.test import Client

from casework import clock
from casework.commands import hazard as file
from casework.models import CallRecord, Deadline, Event, Inspection, User
from documents import issue
from documents.models import Paper
from mediation.engine.errors import Invalid, NotYours
from tests.process.stage_c import Story, accepted, at

pytestmark = pytest.mark.django_db
FOUND = {
    "grade": "SERIOUS", "place": "反应釜检修平台", "found_on": "2026-07-20", "people": "23",
    "withdrawn": True, "fix_by": "2026-07-27", "inspectors": ["严舟", "穆杉"],
    "measures": "补办作业票；\n配备气体检测仪；\n落实防暑降温措施。",
    "hazards": [
        {"what": "无作业票", "rule": "《安全生产法》第四十三条"},
        {"what": "无气体检测", "rule": "《安全生产法》第四十三条"},
        {"what": "无防暑降温措施", "rule": "《防暑降温措施管理办法》第八条"},
    ],
}  # fmt: skip
AUTHORITY = {
    "level": "PROPOSAL", "subject": "有限空间作业隐患", "found": "复查时三项隐患中仍有一项没有整改。",
    "breach": "没有落实防暑降温措施。", "rules": "《防暑降温措施管理办法》第八条",
    "lines": "依法督促整改。", "addressee": "重庆市试验区应急管理局",
    "skipped_why": "险情未消除",
}  # fmt: skip


@pytest.fixture
def story() -> Story:
    told = accepted(received=date(2026, 7, 17), on=date(2026, 7, 17))
    where = told.people["manager"].district
    for name, role in (
        ("严舟", "labour_protection_inspector"), ("穆杉", "labour_protection_inspector"),
        ("陆遥", "labour_law_supervisor"),
    ):  # fmt: skip
        told.people[name] = User.objects.create(
            username=name, display_name=name, roles=[role], district=where
        )
    return told


def inspected(story: Story, **more: object) -> None:
    story.start("严舟", "hazard.inspect", "2026-07-20 16:30", **{**FOUND, **more})


def due(story: Story, state: str) -> list[str]:
    with story.reading() as case:
        rows = Deadline.objects.filter(case=case, rule="F-01", state=state)
        return [str(row.due) for row in rows]


def test_three_hazards_two_mended_the_third_goes_to_the_authority(story):
    inspected(story)
    assert due(story, "OPEN") == ["2026-07-27"]
    with story.reading() as case:
        facts = issue.facts_of(Paper.objects.get(case=case, code="D37"))
    assert (facts.fix_by, facts.people) == (date(2026, 7, 27), 23)
    assert "无气体检测" in facts.hazard
    story.do("穆杉", "recheck", "2026-07-27 10:00", mended=["1", "2"], then="AUTHORITY")
    with story.reading() as case:
        row = Inspection.objects.get(case=case)
        assert row.state == "TO_AUTHORITY"
        assert row.hazards.filter(mended_on=date(2026, 7, 27)).count() == 2
    story.do("陆遥", "write_again", "2026-07-28 09:00", **AUTHORITY)
    story.do("head", "approve", "2026-07-28 10:00", decision="SEND")
    with story.reading() as case:
        assert str(Deadline.objects.get(case=case, rule="U-03").due) == "2026-08-04"
        assert Paper.objects.filter(case=case, code="D24").exists()


def test_all_mended_is_the_end_of_it(story):
    inspected(story)
    story.do("穆杉", "recheck", "2026-07-24 10:00", mended=["1", "2", "3"])
    assert due(story, "MET") == ["2026-07-27"]
    assert "recheck" not in story.names()


def test_who_has_not_mended_it_twice_gets_no_third_day(story):
    inspected(story)
    again = {"then": "AGAIN", "fix_by": "2026-07-30"}
    with pytest.raises(Invalid):
        story.do("穆杉", "recheck", "2026-07-27 10:00", mended=["1"], then="AGAIN")
    story.do("穆杉", "recheck", "2026-07-27 10:00", mended=["1"], **again)
    assert due(story, "OPEN") == ["2026-07-30"]
    with pytest.raises(file.RecheckedTwice):
        story.do(
            "穆杉", "recheck", "2026-07-30 10:00", mended=[], then="AGAIN", fix_by="2026-08-03"
        )
    story.do("穆杉", "recheck", "2026-07-30 11:00", mended=["2"], then="AUTHORITY")
    assert "write_again" in story.names()


def test_nobody_came_again_is_written_down_and_stays_somebodys_task(story):
    inspected(story)
    story.until("2026-07-28 09:00")
    with story.reading() as case:
        assert Inspection.objects.get(case=case).state == "LATE"
        assert Event.objects.filter(case=case, kind="hazard.late").count() == 1
    assert story.task("recheck")


def test_one_inspector_is_not_enough_and_a_day_lies_ahead(story):
    with pytest.raises(file.TwoInspectors):
        inspected(story, inspectors=["严舟"])
    with pytest.raises(file.DayBeforeInspection):
        inspected(story, fix_by="2026-07-19")
    with pytest.raises(file.DayBeforeInspection):  # no period has no day
        inspected(story, fix_by="2026-07-20")
    with pytest.raises(Invalid) as error:
        inspected(story, hazards=[], found_on="2026-07-21")
    assert {"hazards", "found_on"} <= set(error.value.form.errors)
    inspected(story)
    with pytest.raises(file.InspectionOpen):
        inspected(story)


def test_others_inspect_nothing(story):
    for who in ("stranger", "mediator", "陆遥"):
        with pytest.raises(NotYours):
            story.start(who, "hazard.inspect", "2026-07-20 16:30", **FOUND)


def page(story: Story, who: str, address: str = "/hazards/"):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(story.people[who])
    with clock.held_at(at("2026-07-29 09:00")):
        return client.get(address)


def test_the_board_shows_what_is_still_there(story):
    assert "还没有发现隐患" in page(story, "严舟").content.decode()
    inspected(story)
    shown = page(story, "head").content.decode()
    assert "反应釜检修平台" in shown
    assert "还没有发现隐患" in page(story, "head", "/hazards/?state=MENDED").content.decode()
    assert page(story, "mediator").status_code == 404


def test_who_reported_it_stands_in_no_paper_page_or_event(story):
    """What an anonymous caller said for the union only is on no page, in no paper and in no event."""
    with story.reading() as case:
        CallRecord.objects.create(
            case=case, operator=story.people["operator"], started_at=at("2026-07-20 14:05"),
            anonymous=True, facts="有人头晕。", confidential="我是夜班的金丝雀",
        )  # fmt: skip
    inspected(story)
    with story.reading() as case:
        told = str([event.payload for event in Event.objects.filter(case=case)])
        paper = Paper.objects.get(case=case, code="D37")
        facts = str(issue.facts_of(paper))
    pages = page(story, "严舟").content.decode()
    assert "金丝雀" not in told + facts + pages
