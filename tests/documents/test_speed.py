"""The remedies for speed change nothing on the page, and a printing process stays small."""

import io
import os
import struct
from dataclasses import replace
from pathlib import Path

import pikepdf
import psutil
import pypdfium2
import pytest
import uharfbuzz as hb
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from documents import fonts, samples
from documents.compose import compose
from documents.gallery import sample_imprint
from documents.rendering import Pool, embed, nets

PAPERS = int(os.environ.get("WUFANG_PAPERS", "24"))
TABLES = ("head", "hhea", "maxp", "hmtx", "loca", "glyf")
MOST_MB, MOST_GROWTH_MB = 130, 12


def plain_worker(tmp_path: Path) -> dict[str, str]:
    """An environment whose printing process leaves WeasyPrint as it came."""
    (tmp_path / "sitecustomize.py").write_text(
        "from documents.rendering import embed, lean, narrow, speed\n"
        "lean._lean = lambda sheet: sheet\n"
        "narrow.install = speed.install = embed.install = lambda: None\n"
    )
    return {"PYTHONPATH": f"{tmp_path}:{Path(__file__).resolve().parents[2]}"}


def opened(pdf: bytes) -> list[bytes]:
    """The decoded streams of a PDF, in order, but for its fonts and its tables of objects."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        things = list(document.objects)
        fonts = {
            each[key].objgen
            for each in things
            if isinstance(each, pikepdf.Dictionary)
            for key in ("/FontFile2", "/CIDToGIDMap")
            if isinstance(each.get(key), pikepdf.Stream)
        }
        streams = [each for each in things if isinstance(each, pikepdf.Stream)]
        return [
            each.read_bytes()
            for each in streams
            if each.get("/Type") not in ("/XRef", "/ObjStm") and each.objgen not in fonts
        ]


def pictures(pdf: bytes) -> list[bytes]:
    """Every page as PDFium draws it, point by point."""
    document = pypdfium2.PdfDocument(pdf)
    made = [bytes(page.render(scale=1.5, grayscale=True).buffer) for page in document]
    document.close()
    return made


@pytest.mark.parametrize("code", ["D02", "D14", "D38"])
def test_with_and_without_the_remedies_the_same_page_comes_out(code, tmp_path):
    job = compose(samples.FACTS[code], sample_imprint(code))
    ours, theirs = Pool(1), Pool(1, **plain_worker(tmp_path))
    quick, plain = ours.print(job), theirs.print(job)
    ours.close()
    theirs.close()
    assert opened(quick.pdf) == opened(plain.pdf)
    assert pictures(quick.pdf) == pictures(plain.pdf)
    assert quick.pdf != plain.pdf  # the zlib level tells that they were printed differently


def test_marks_of_lists_and_notes_are_drawn_where_a_page_has_them():
    """The lean style sheet knows neither; a page that has one gets the whole sheet."""
    job = compose(samples.FACTS["D26"], sample_imprint("D26"))
    items = '<ol><li>工资表</li><li>考勤表</li></ol><p>正文<span class="n">见附件</span></p>'
    html = job.html.replace("</body>", items + "</body>")
    pool = Pool(1)
    sheet = pool.print(replace(job, html=html, css=job.css + ".n { float: footnote }"))
    pool.close()
    text = nets.extracted(sheet.pdf)
    assert "正文1" in text  # the call of the note
    assert "1.2.1.见附件" in text  # the marks of the items are drawn last, then the note


def outline(font: hb.Font, glyph: int) -> tuple[object, int]:
    """How a font draws a glyph, and how wide it is."""
    pen = RecordingPen()
    font.draw_glyph_with_pen(glyph, pen)
    return pen.value, font.get_glyph_h_advance(glyph)


@pytest.mark.parametrize("name", ["WFKai", "WFHei", "WFLatin"])
def test_a_cut_font_draws_its_glyphs_as_the_whole_font_does(name):
    """Glyphs made of parts (13 and 25 of the 楷体) bring their parts with them."""
    face = hb.Face(hb.Blob.from_file_path(str(fonts.folder() / "faces" / f"{name}.ttf")))
    wanted = sorted({13, 25, 40, 77, face.glyph_count - 1})
    tables = {tag: memoryview(face.reference_table(tag).data) for tag in TABLES}
    file, numbers = embed.cut(tables, list(wanted))
    places = struct.unpack(f">{len(numbers) // 2}H", numbers)
    small, whole = hb.Font(hb.Face(file)), hb.Font(face)
    for glyph in wanted:
        assert outline(small, places[glyph]) == outline(whole, glyph)
    assert any(outline(small, places[glyph])[0] for glyph in wanted)
    assert len(file) < 8000
    with TTFont(io.BytesIO(file), checkChecksums=2) as font:
        assert font["maxp"].numGlyphs >= len(wanted) + 1


def resident_mb(pool: Pool) -> float:
    worker = pool.free.get()
    size = psutil.Process(worker.process.pid).memory_info().rss / 2**20
    pool.free.put(worker)
    return float(size)


@pytest.mark.slow
def test_a_printing_process_stays_small():
    """WUFANG_PAPERS=500 is the full proof (`make nightly`)."""
    pool = Pool(1)
    jobs = [compose(samples.FACTS[code], sample_imprint(code)) for code in ("D02", "D25")]
    for number in range(PAPERS):
        pool.print(jobs[number % 2])
        if number == 9:
            early = resident_mb(pool)
    late = resident_mb(pool)
    pool.close()
    assert late < MOST_MB
    assert late - early < MOST_GROWTH_MB
