"""What came back from the table with signatures is bound into the file behind its paper."""

import io
from datetime import date

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from casework.models import Session, SessionState
from documents import dossier, issue, letting_go, samples, scans, storage, uploads
from documents.gather import archive
from documents.models import Paper, PaperState


def sheets(pages, size=(595, 842)):
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=size)
        out = io.BytesIO()
        made.save(out)
    return uploads.cleaned(out.getvalue()).data


def photograph(size=(1200, 900)):
    out = io.BytesIO()
    Image.new("RGB", size, "gray").save(out, "PNG")
    return uploads.cleaned(out.getvalue()).data


def signed(case, data, number=1, *, paper=True):
    row = Session.objects.create(
        case=case, number=number, starts_at=case.at, place="一号调解室", mediator=case.chief,
        state=SessionState.HELD, signed_on=date(2026, 3, 18), signed_pages=2,
        proof_sha256=storage.keep(data), proof_name="笔录.pdf",
    )  # fmt: skip
    facts = {"facts": samples.FACTS["D12"], "subject_id": row.pk}
    if paper:
        issue.issue("D12", case=case, by=case.chief, at=case.at, **facts)
    return row


def bound(case):
    row = dossier.make(dossier.ask(case, "MAIN", by=case.chief, at=case.at).pk)
    assert row.state == PaperState.READY, row.failure
    return row, pikepdf.open(io.BytesIO(dossier.kept(row)))


@pytest.fixture
def closed(case, files):
    case.closed_on, case.outcome = date(2026, 5, 8), "AGREED_PERFORMED"
    case.save()
    issue.issue("D02", case=case, by=case.chief, at=case.at)
    return case


def test_signed_records_lie_behind_their_papers_and_in_the_catalogue(closed):
    kept, photo = sheets(2), photograph()
    signed(closed, kept)
    second = signed(closed, photo, number=2, paper=False)
    row, pdf = bound(closed)
    assert (row.total, row.done) == (4, 4)
    assert [name[:7] for name in sorted(pdf.attachments)] == [
        "001-D02", "002-D12", "003-D12", "004-D12",
    ]  # fmt: skip
    scan = "003-D12-调解笔录（第1次，逐页签名扫描件）.pdf"
    assert pdf.attachments[scan].get_file().read_bytes() == kept
    file = pdf.attachments["004-D12-调解笔录（第2次，逐页签名扫描件）.jpg"].get_file()
    assert (file.read_bytes(), file.mime_type) == (photo, "image/jpeg")
    lines = issue.facts_of(row.cover).pieces
    assert lines[2].title == "调解笔录（第1次，逐页签名扫描件）"
    assert lines[2].last - lines[2].first + 1 == 2
    assert (
        lines[3].first == lines[3].last
    )  # a photograph is one page, whatever was written down
    assert row.pages == row.cover.pages + lines[-1].last
    page = pypdfium2.PdfDocument(dossier.kept(row))[row.cover.pages + lines[3].first - 1]
    assert sorted(page.get_size()) == pytest.approx([595, 794], abs=1)  # lying, as wide as A4
    storage.remove(second.proof_sha256)
    lost = dossier.make(dossier.ask(closed, "MAIN", by=closed.chief, at=closed.at).pk)
    assert (lost.state, lost.sha256) == (PaperState.FAILED, "")


def test_a_scan_without_its_paper_lies_in_front_and_a_corrected_record_has_none(closed):
    row = signed(closed, photograph())
    assert (archive.counts(closed)[False], dossier.pieces_of(closed, "SEALED")) == (3, 0)
    Paper.objects.filter(case=closed, code="D12").update(life="WITHDRAWN")
    assert [each.code for each in archive.laid(closed)] == ["D12", "D02"]
    assert row.proof_sha256 in letting_go.of_case(closed)  # it goes when the file goes
    Session.objects.filter(pk=row.pk).update(signed_on=None)  # corrected: to be signed anew
    assert [each.code for each in archive.laid(closed)] == ["D02"]


def test_pages_are_drawn_no_larger_than_a_camera_photograph():
    pdf, pages = scans.drawn(sheets(3, (3000, 4000)))
    assert pages == 3
    with pikepdf.open(io.BytesIO(pdf)) as made:
        (image,) = made.pages[0].get_images().values()
        assert max(int(image.Width), int(image.Height)) <= uploads.LONGEST_SIDE
        assert image.ColorSpace == "/DeviceRGB"
