"""The union's instruments in figures, and what was added to letters and hardship."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from casework import clock
from casework.commands import letter as letters
from casework.models import Case, Event, Hardship
from mediation.desks.instruments import rate
from mediation.engine.errors import NotYours
from tests.process.stage_c import at
from tests.process.test_hardship import story as hardship_story  # noqa: F401
from tests.process.test_hardship import warned
from tests.process.test_supervision import PROPOSAL, REMINDER, sent, story  # noqa: F401

pytestmark = pytest.mark.django_db


def page(user, address):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    with clock.held_at(at("2026-03-20 09:00")):
        return client.get(address)


def test_figures_of_a_period_and_their_workbook(story):  # noqa: F811
    sent(story, "2026-03-16", **REMINDER)
    story.do("陆遥", "answer_reminder", "2026-03-18 10:00", result="CORRECTED", words="已补发")
    made = page(story.people["head"], "/instruments/")
    parts = {part["code"]: dict(part["rows"]) for part in made.context["parts"]}
    assert list(parts) == ["ST18", "ST19", "ST20", "ST21", "ST22", "ST23"]
    assert parts["ST19"] == {"发出": 1, "已答复": 1, "已纠正": 1, "受益职工": 1}
    before = page(story.people["head"], "/instruments/?first=2026-01-01&last=2026-03-15")
    assert dict(before.context["parts"][1]["rows"])["发出"] == 0
    assert page(story.people["head"], "/instruments/?first=nonsense").status_code == 200
    book = page(story.people["head"], "/instruments/figures.xlsx").content
    rows = list(load_workbook(io.BytesIO(book)).active.values)
    assert ("ST19", "一函两书", "发出", 1) in rows
    for who in ("stranger", "manager", "mediator", "陆遥"):
        assert page(story.people[who], "/instruments/").status_code == 404


def test_a_rate_of_few_shows_its_counts():
    assert (rate(3, 29), rate(15, 30)) == ("3 / 29", "50.0%")


def test_the_chain_stands_on_the_page_of_the_case(story):  # noqa: F811
    address = f"/cases/{story.case_id}/"
    assert 'id="chain"' not in page(story.people["manager"], address).content.decode()
    sent(story, "2026-03-16", **REMINDER)
    assert 'id="chain"' in page(story.people["manager"], address).content.decode()


def test_a_street_union_sends_no_proposal_to_an_authority(story):  # noqa: F811
    with story.reading():
        Case.objects.filter(pk=story.case_id).update(level="street")
    story.start(
        "陆遥", "supervision.write", "2026-03-20 09:00", **PROPOSAL, skipped_why="欠薪严重"
    )
    with pytest.raises(letters.LevelTooLow):
        story.do("head", "approve", "2026-03-20 10:00", decision="SEND")


def test_a_warning_taken_back_is_emptied_and_nobody_visits(hardship_story):  # noqa: F811
    story = hardship_story  # noqa: F811
    warned(story)
    assert "visit" in story.names()
    with pytest.raises(NotYours):
        story.start("stranger", "hardship.take_back", "2026-03-16 10:00", why="NOT_WANTED")
    story.start("manager", "hardship.take_back", "2026-03-16 10:00", why="NOT_WANTED")
    assert "visit" not in story.names()
    with story.reading() as case:
        row = Hardship.objects.get(case=case)
        kinds = Event.objects.filter(case=case, kind="hardship.taken_back")
        assert kinds.count() == 1
    assert (row.signs, row.words, row.relief_yuan) == ([], "", None)
    warned(story)  # a new need is a new warning
    assert "visit" in story.names()
