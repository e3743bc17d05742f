"""Every paper of the gallery before other people's eyes: PDF/UA-1 rules, qpdf, two renderers."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from documents import samples
from documents.compose import compose
from documents.facts.base import canonical
from documents.gallery import sample_imprint
from documents.rendering import Pool

DPI, MOST_DIFFERENT = 60, 0.03
# A form has a label before each value, so it is nearly half headers; outloud takes that for a mistake.
BY_DESIGN = {("D01", "TBL-010")}
CODES = list(samples.FACTS)


@pytest.fixture(scope="module")
def findings(sheets, tmp_path_factory):
    """What outloud (PDF/UA-1 and semantic rules) says against each paper."""
    folder = tmp_path_factory.mktemp("papers")
    for code, sheet in sheets.items():
        (folder / f"{code}.pdf").write_bytes(sheet.pdf)
    papers = sorted(map(str, folder.glob("*.pdf")))
    program = str(Path(sys.executable).with_name("outloud"))
    outloud = [program, *papers, "--json", str(folder / "said.json")]
    subprocess.run(outloud, check=False, capture_output=True)
    said = json.loads((folder / "said.json").read_text("utf-8"))
    return {row["path"].rsplit("/", 1)[-1][:3]: row for row in said["results"]}


@pytest.mark.parametrize("code", CODES)
def test_no_rule_of_pdf_ua_is_broken(code, findings):
    row = findings[code]
    wrong = [
        (each["rule"], each["message"])
        for each in row["findings"]
        if each["severity"] == "error" and (code, each["rule"]) not in BY_DESIGN
    ]
    assert row["error"] is None
    assert not wrong


@pytest.mark.parametrize("code", CODES)
def test_qpdf_finds_nothing_and_the_file_says_what_it_is(code, sheets):
    with pikepdf.open(io.BytesIO(sheets[code].pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert re.search(r"pdfaid:part\W+3", xmp)
        assert re.search(r"pdfaid:conformance\W+A", xmp)
        assert re.search(r"pdfuaid:part\W+1", xmp)
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "zh-CN"
        assert len(str(pdf.docinfo["/Title"])) >= 4
        assert pdf.Root.Outlines.Count != 0
        assert len(pdf.Root.AF) >= 1
        assert all("/JS" not in each for each in pdf.objects if hasattr(each, "keys"))


@pytest.mark.parametrize("code", CODES)
def test_the_facts_inside_are_the_facts(code, sheets):
    job = compose(samples.FACTS[code], sample_imprint(code))
    with pikepdf.open(io.BytesIO(sheets[code].pdf)) as pdf:
        inside = pdf.attachments["facts.json"].get_file().read_bytes().decode()
    assert inside == job.facts
    assert canonical(json.loads(inside)) == inside


def pictures(pdf: bytes) -> tuple[Image.Image, Image.Image]:
    """Page 1 by PDFium and by MuPDF, in grey."""
    import pymupdf

    one = pypdfium2.PdfDocument(pdf)[0].render(scale=DPI / 72, grayscale=True).to_pil()
    page = pymupdf.open(stream=pdf)[0].get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
    other = Image.frombytes("L", (page.width, page.height), page.samples)
    size = (min(one.width, other.width), min(one.height, other.height))
    box = (0, 0, *size)
    blur = ImageFilter.GaussianBlur(1.2)
    return one.convert("L").crop(box).filter(blur), other.crop(box).filter(blur)


def apart(one: Image.Image, other: Image.Image) -> float:
    """How much of the ink two pictures disagree about."""
    different = sum(ImageChops.difference(one, other).histogram()[80:])
    return different / max(sum(ImageChops.darker(one, other).histogram()[:176]), 1)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("code", CODES)
def test_two_renderers_draw_the_same_first_page(code, sheets):
    one, other = pictures(sheets[code].pdf)
    assert apart(one, other) < MOST_DIFFERENT
    assert apart(other, Image.new("L", other.size, 255)) > 0.5  # and it is not blank


def test_the_renderers_test_would_notice_a_missing_line(sheets):
    one, _ = pictures(sheets["D02"].pdf)
    torn = one.copy()
    torn.paste(255, (0, 290, one.width, 340))
    assert apart(one, torn) > MOST_DIFFERENT


def test_the_same_facts_give_the_same_bytes_whatever_the_process(sheets):
    pool = Pool(1, PYTHONHASHSEED="7")
    differing = [
        code
        for code, facts in samples.FACTS.items()
        if pool.print(compose(facts, sample_imprint(code))).pdf != sheets[code].pdf
    ]
    pool.close()
    assert not differing
