"""The record of a session is read back and every page is signed; a corrected record is signed anew."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.commands.base import CommandRefused
from casework.commands.hearing_signed import PagesDiffer, SideDidNotSign
from casework.models import Event, Evidence, Session
from documents import issue
from documents.models import Paper
from mediation.engine.errors import NotFound, NotOffered, NotYours
from mediation.forms.agreement_shown import before_signing
from mediation.views.agenda import words_of
from tests.process.stage_c import held, one, to_session
from tests.process.test_evidence import pdf, take_in

pytestmark = pytest.mark.django_db
SIGN = "hearing.sign_record"


def recorded():
    """A session was held, one item of evidence was shown in it; its record has two pages."""
    story = to_session(one())
    take_in(story, pdf(3))
    with story.reading() as case:
        item = Evidence.objects.get(case=case)
    story.start(
        "mediator", "evidence.show", "2026-03-18 10:30", item=str(item.pk), side="WORKER"
    )
    done = story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    assert done.say_once  # what comes next is said at once
    with story.reading() as case:
        Paper.objects.filter(case=case, code="D12").update(pages=2)
    return story


def sign(story, when="2026-03-18 11:30", files=None, who="mediator", **more):
    with story.reading() as case:
        session = Session.objects.get(case=case)
    data = {
        "session": str(session.pk), "read_back": "ALOUD", "signed_by": ["W01", "R1", "mediator"], "pages": 2,
    }  # fmt: skip
    return story.start(who, SIGN, when, files=files, **{**data, **more})


def session_of(story):
    with story.reading() as case:
        return Session.objects.select_related("case").get(case=case)


def test_each_page_is_signed_by_each_side_after_the_record_was_read_back(client: Client):
    story = recorded()
    with pytest.raises(PagesDiffer):
        sign(story, pages=1)
    with pytest.raises(SideDidNotSign):
        sign(story, signed_by=["W01", "mediator"])
    with pytest.raises((NotYours, NotFound, CommandRefused)):
        sign(story, who="stranger")
    assert session_of(story).signed_on is None
    sign(story, files={"file": SimpleUploadedFile("笔录.pdf", pdf(2))})
    row = session_of(story)
    assert (row.read_back, row.signed_pages, row.signed_by) == (
        "ALOUD", 2, ["W01", "R1", "mediator"],
    )  # fmt: skip
    with story.reading() as case:
        event = Event.objects.get(case=case, kind="session.signed")
        assert (event.payload["pages"], event.payload["number"]) == (2, 1)
        (check,) = [
            each for each in before_signing(case, [], on=row.signed_on) if "1" in each["words"]
        ]
        assert check["state"] == "passed"
    with pytest.raises(NotOffered):
        sign(story)
    scan = reverse("session-scan", args=[story.case_id, row.pk])
    page = reverse("case", args=[story.case_id]) + "?papers=all"
    client.force_login(story.people["mediator"])
    assert f'href="{scan}"' in client.get(page).content.decode()  # beside D12
    assert client.get(scan)["Content-Type"] == "application/pdf"
    client.force_login(story.people["stranger"])
    assert client.get(scan).status_code == 404


def test_a_side_that_does_not_sign_is_written_down_with_its_reason():
    story = recorded()
    sign(story, signed_by=["W01", "mediator"], why="单位代理人中途离场，未签名")
    row = session_of(story)
    assert (row.signed_by, row.not_signed_why) == (
        ["W01", "mediator"],
        "单位代理人中途离场，未签名",
    )


def test_a_corrected_record_waits_for_its_signatures_again():
    story = recorded()
    assert words_of(session_of(story))["state"] == "soon"
    sign(story)
    assert words_of(session_of(story))["state"] == "normal"
    rows = [
        {"ref": "W01", "name": "工人1", "present": True},
        {"ref": "R1", "name": "砺锋机械", "authority": "特别授权", "present": True},
    ]
    story.start(
        "mediator", "hearing.correct_attendance", "2026-03-18 15:00", number=1, attendance=rows,
        reason="漏记授权",
    )  # fmt: skip
    assert words_of(session_of(story))["state"] == "soon"


def test_the_record_names_the_evidence_that_the_other_side_was_shown():
    story = recorded()
    with story.reading() as case:
        facts = issue.facts_of(Paper.objects.get(case=case, code="D12"))
    assert facts.evidence == ("考勤表（砺锋机械（虚构）提交，3页，已核对原件，向职工方出示）",)
