"""The bound file: whole, numbered, with bookmarks and originals; sealed apart; made by a job."""

import io
import os
import re
import resource
import time
from datetime import date
from decimal import Decimal

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from casework.commands import case as case_commands
from casework.commands.notes import write_note
from casework.commands.offers import put_offer
from casework.events import Kind
from casework.models import CallRecord, Event, Side, User
from documents import binding, dossier, issue, leaves, samples
from documents.gather import NotOfACase
from documents.models import Dossier, Paper, PaperState
from documents.rendering import nets

PAGES = int(os.environ.get("WUFANG_DOSSIER_PAGES", "200"))
MOST_CPU_SECONDS, MOST_MB = 3.0, 300


@pytest.fixture
def closed(case, files):
    """A closed case with four papers, one of which is for the sealed volume."""
    case.closed_on, case.outcome = date(2026, 5, 8), "AGREED_PERFORMED"
    case.save()
    for code in ("D01", "D02", "D31", "D36"):
        keys = {"facts": samples.FACTS[code]} if code in ("D31", "D36") else {}
        issue.content(issue.issue(code, case=case, by=case.chief, at=case.at, **keys))
    return case


def bound(case, kind="MAIN"):
    row = dossier.make(dossier.ask(case, kind, by=case.chief, at=case.at).pk)
    assert row.state == PaperState.READY, row.failure
    return row, pikepdf.open(io.BytesIO(dossier.kept(row)))


def test_the_main_volume_holds_all_but_what_is_sealed(closed):
    row, pdf = bound(closed)
    papers = [Paper.objects.get(case=closed, code=code) for code in ("D01", "D02", "D31")]
    assert [name[4:7] for name in sorted(pdf.attachments)] == ["D01", "D02", "D31"]
    assert row.pages == row.cover.pages + sum(paper.pages for paper in papers)
    with pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
    assert titles[0] == "封面与目录"
    assert titles[2] == f"2 受理通知书 {papers[1].number}"
    _, sealed = bound(closed, "SEALED")
    assert [name[4:7] for name in sealed.attachments] == ["D36"]


def test_the_sealed_volume_holds_talks_offers_and_the_hidden_caller(closed):
    """Reference order: session notes, offers, internal opinions, supervision; none of it outside."""
    put_offer(closed, side=Side.WORKER, yuan=Decimal("13579.24"), by=None, at=closed.at)
    write_note(closed, text="工人底线金丝雀", about="worker", by=closed.chief, at=closed.at)
    told = case_commands.sealed({"name": "金丝雀来电人", "phone": "13800001077"})
    CallRecord.objects.create(
        case=closed, started_at=closed.at, anonymous=True, sealed_caller=told
    )
    assert dossier.pieces_of(closed, "SEALED") == 2
    row, pdf = bound(closed, "SEALED")
    assert [name[4:7] for name in pdf.attachments] == ["D40", "D36"]
    text = nets.extracted(dossier.kept(row))
    for words in ("工人底线金丝雀", "13,579.24", "金丝雀来电人", "副卷材料汇录", "督办单"):
        assert words in text
    assert not Paper.objects.filter(code="D40").exists()
    opened = Event.objects.get(case=closed, kind=Kind.SEAL_OPENED)
    assert (opened.payload["reason"], opened.by_name) == (leaves.WHY, closed.chief.display_name)
    main, _ = bound(closed)
    assert "金丝雀" not in nets.extracted(dossier.kept(main))
    with pytest.raises(NotOfACase):
        issue.issue("D40", case=closed, by=closed.chief, at=closed.at)


def test_originals_lie_inside_byte_for_byte_and_pages_are_numbered(closed):
    row, pdf = bound(closed)
    (name,) = [name for name in pdf.attachments if "D02" in name]
    inside = pdf.attachments[name].get_file().read_bytes()
    assert inside == issue.content(Paper.objects.get(case=closed, code="D02"))
    assert len(pdf.Root.AF) == 3
    text = pypdfium2.PdfDocument(dossier.kept(row))
    last = text[len(text) - 1]
    width, height = last.get_size()
    corner = last.get_textpage().get_text_bounded(0, height - 45, width, height)
    assert re.sub(r"\D", "", corner) == str(row.pages - row.cover.pages)
    assert pdf.check_pdf_syntax() == []
    xmp = pdf.Root.Metadata.read_bytes().decode()
    assert "pdfaid" in xmp
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_asking_twice_binds_once_and_the_same_papers_give_the_same_bytes(closed):
    one = dossier.ask(closed, "MAIN", by=closed.chief, at=closed.at)
    assert dossier.ask(closed, "MAIN", by=closed.chief, at=closed.at).pk == one.pk
    first = dossier.make(one.pk)
    assert (first.done, first.total) == (3, 3)
    again, _ = bound(closed)
    assert again.pk != one.pk
    assert again.sha256 == first.sha256
    assert Paper.objects.filter(case=closed, code="D32").count() == 1


def test_a_new_paper_gives_the_file_a_new_catalogue(closed):
    first, _ = bound(closed)
    issue.content(
        issue.issue(
            "D35", case=closed, by=closed.chief, at=closed.at, facts=samples.FACTS["D35"]
        )
    )
    _, pdf = bound(closed)
    first.cover.refresh_from_db()
    assert first.cover.life == "SUPERSEDED"
    assert len(pdf.attachments) == 4


def test_an_open_case_says_what_is_missing(case, files):
    issue.content(issue.issue("D01", case=case, by=case.chief, at=case.at))
    row = dossier.make(dossier.ask(case, "MAIN", by=case.chief, at=case.at).pk)
    assert row.state == PaperState.FAILED
    assert "结案日期" in row.failure


def test_the_page_asks_shows_progress_and_hides_the_sealed_volume(closed, client):
    archivist = User.objects.create(username="gong", display_name="龚文", roles=["archivist"])
    manager = User.objects.create(
        username="wang", display_name="王一", roles=["supervisor", "case_manager"]
    )
    page = reverse("case-dossier", args=[closed.pk])
    client.force_login(archivist)
    assert client.get(page).status_code == 200
    assert client.post(page, {"volume": "SEALED"}).status_code == 302
    waiting = Dossier.objects.get(case=closed)
    assert "hx-trigger" in client.get(page).content.decode()
    row = dossier.make(waiting.pk)
    assert row.state == PaperState.READY, row.failure
    volume = reverse("case-dossier-volume", args=[closed.pk, row.pk])
    assert client.get(volume).content.startswith(b"%PDF")
    client.force_login(manager)
    assert client.get(volume).status_code == 404
    assert client.post(page, {"volume": "SEALED"}).status_code == 404
    assert "SEALED" not in client.get(page).content.decode()


@pytest.mark.slow
def test_two_hundred_pages_are_bound_within_three_seconds(sheets, case):
    chosen, pages = [], 0
    one_page = next(sheet for sheet in sheets.values() if sheet.pages == 1)
    for each in [*sheets.values()] * 5:
        sheet = each if pages + each.pages <= PAGES else one_page
        if pages < PAGES:
            chosen.append(sheet)
            pages += sheet.pages
    pieces = [
        binding.Piece(words=str(at), name=f"{at:03d}.pdf", pdf=sheet.pdf)
        for at, sheet in enumerate(chosen)
    ]
    keys = {"title": "卷宗", "cover": sheets["D32"].pdf, "at": case.at}
    binding.bind(**keys, pieces=pieces[:1], expected=[chosen[0].pages])
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    volume = binding.bind(**keys, pieces=pieces, expected=[sheet.pages for sheet in chosen])
    spent = time.process_time() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert volume.pages == PAGES + sheets["D32"].pages
    assert spent < MOST_CPU_SECONDS
    assert grown < MOST_MB
