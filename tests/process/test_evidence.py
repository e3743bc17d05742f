"""Evidence is taken in with its pages and hash, shown once to a side, and every look leaves a trace."""

import hashlib
import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.commands.evidence import ShownAlready
from casework.events import verify
from casework.models import Event, Evidence
from documents.uploads import NotAPictureOrPdf
from mediation.engine.errors import NotFound, NotYours
from tests.process.groups import group
from tests.process.stage_c import to_session

pytestmark = pytest.mark.django_db
WHEN = "2026-03-16 09:00"


def pdf(pages):
    made = io.BytesIO()
    with pikepdf.new() as fresh:
        for _page in range(pages):
            fresh.add_blank_page()
        fresh.save(made)
    return made.getvalue()


def take_in(story, data, who="mediator", when=WHEN, party="R1"):
    files = {"file": SimpleUploadedFile("考勤表.pdf", data)}
    return story.start(who, "evidence.take_in", when, files=files, party=party, title="考勤表",
                       source="单位人事", is_original=True)  # fmt: skip


def item(story):
    with story.reading() as case:
        return Evidence.objects.select_related("party").get(case=case)


def test_pages_are_counted_and_the_hash_is_kept_as_it_came_and_as_it_is_stored(client: Client):
    story, data = to_session(group(2)), pdf(3)
    take_in(story, data)
    take_in(story, data, when="2026-03-16 09:10")
    row = item(story)
    assert (row.pages, row.party.ref, row.received_sha256) == (
        3,
        "R1",
        hashlib.sha256(data).hexdigest(),
    )
    story.start(
        "mediator", "evidence.show", "2026-03-18 10:00", item=str(row.pk), side="WORKER"
    )
    with pytest.raises(ShownAlready):
        story.start(
            "mediator", "evidence.show", "2026-03-18 10:05", item=str(row.pk), side="WORKER"
        )
    client.force_login(story.people["manager"])
    file = client.get(reverse("case-file", args=[story.case_id, row.pk]))
    assert hashlib.sha256(file.content).hexdigest() == row.sha256
    page = client.get(reverse("case-evidence", args=[story.case_id]))
    (shown,) = page.context["rows"]
    assert (shown["pages"], shown["looked"], len(shown["shown"])) == (3, 1, 1)
    assert row.sha256[:16] in page.content.decode()
    with story.reading() as case:
        kinds = list(
            Event.objects.filter(case=case, kind__startswith="evidence").values_list(
                "kind", flat=True
            )
        )
        assert sorted(kinds) == ["evidence.received", "evidence.shown", "evidence.viewed"]
        assert verify(case.pk) == []


def test_what_is_no_picture_and_no_pdf_is_refused_and_strangers_see_no_list(client: Client):
    story = to_session(group(2))
    with pytest.raises(NotAPictureOrPdf):
        take_in(story, b"MZ not a paper")
    with pytest.raises((NotFound, NotYours)):
        take_in(story, pdf(1), who="stranger")
    for who in ("stranger", "operator"):
        client.force_login(story.people[who])
        assert client.get(reverse("case-evidence", args=[story.case_id])).status_code == 404
