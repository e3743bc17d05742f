"""A name drawn by hand goes along with the one-time code: kept as proof with its hash, never instead of the code."""

import base64
import hashlib
import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from casework import clock
from casework.models import Event, Signature
from documents import storage
from mediation.commands import drawing
from tests.process.agreements import ready_one
from tests.process.stage_c import Story, at
from tests.process.test_signing import (
    CODE,
    WHEN,
    employer,
    link,
    reachable,
    sign,
    signatures,
    worker,
)


@pytest.fixture
def story(db) -> Story:
    """One worker and one firm before a frozen text, both with a mobile number; the paper is printed."""
    return reachable(ready_one())


def drawn(kind: str = "PNG", side: tuple[int, int] = (640, 240)) -> str:
    """What the page sends: strokes on a white sheet."""
    sheet, made = Image.new("RGB", side, "white"), io.BytesIO()
    ImageDraw.Draw(sheet).line(
        [(40, 200), (200, 30), (330, 210), (600, 60)], fill="black", width=6
    )
    sheet.save(made, kind)
    return drawing.BEGINS + base64.b64encode(made.getvalue()).decode()


@pytest.mark.django_db
def test_the_hand_of_both_sides_is_kept_with_its_hash_and_shown_to_who_seals(story):
    sign(worker(story), story, "W01", reverse("track-sign"), drawn=drawn())
    sign(employer(story), story, "R1", link(story), "2026-03-25 09:30", drawn=drawn())
    assert signatures(story) == [("worker", "code"), ("employer", "code")]
    with story.reading() as case:
        rows = list(Signature.objects.filter(agreement__case=case).order_by("signed_at"))
        told = list(Event.objects.filter(case=case, kind="agreement.signed").order_by("seq"))
    for row, event in zip(rows, told, strict=True):
        kept = storage.read(row.proof_sha256)
        assert (
            hashlib.sha256(kept).hexdigest() == row.proof_sha256 == event.payload["file_sha256"]
        )
        with Image.open(io.BytesIO(kept)) as picture:
            assert (picture.size, picture.format) == ((640, 240), "JPEG")
            assert (
                picture.convert("L").getextrema()[0]
                < 60
                < picture.convert("L").getpixel((5, 5))
            )
    address = reverse("signature-proof", args=[story.case_id, rows[0].pk])
    head = Client()
    head.force_login(story.people["manager"])
    with clock.held_at(at(WHEN)):
        shown = head.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert shown.content == storage.read(rows[0].proof_sha256)


@pytest.mark.parametrize(
    "typed",
    [
        "data:text/html;base64,PHNjcmlwdD4=",
        drawing.BEGINS + "!!!!",
        drawing.BEGINS + base64.b64encode(b"<svg onload=alert(1)>").decode(),
        drawing.BEGINS + base64.b64encode(b"%PDF-1.7 no more").decode(),
        drawing.BEGINS + "A" * drawing.MOST_CHARACTERS,
        drawn(side=(60_000, 1_000)),
    ],
    ids=["page", "letters", "svg", "pdf", "long", "wide"],
)
def test_what_is_no_drawing_is_refused(typed):
    with pytest.raises(drawing.NotADrawing):
        drawing.picture_of(typed)


@pytest.mark.django_db
def test_what_cannot_be_read_leaves_the_code_good_and_a_wrong_code_loses_no_drawing(story):
    client, address, mine = worker(story), reverse("track-sign"), drawn()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = sign(client, story, "W01", address, otp="000000", drawn=mine)
    assert f'name="drawn" value="{mine}"' in page
    assert "could not be read" in sign(
        client, story, "W01", address, drawn=f"{drawing.BEGINS}!!"
    )
    assert signatures(story) == []
    with clock.held_at(at(WHEN)):
        client.post(address, {"read": "1", "otp": CODE})
    with story.reading() as case:
        row = Signature.objects.get(agreement__case=case)
    assert (row.way, row.proof_sha256, row.proof_name) == ("code", "", "")
