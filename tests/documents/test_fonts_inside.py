"""The fonts inside every paper: each code on a page has a glyph, as wide as the page says (PDF/A-3, 6.2.11)."""

import io

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from documents import samples

CODES = list(samples.FACTS)
BYTES = 2  # a code of Identity-H


def widths(font):
    """{code: width in thousandths} of the /W array of a CID font."""
    found, rest = {}, list(font.W)
    while rest:
        first, row = int(rest.pop(0)), rest.pop(0)
        found.update({first + at: float(each) for at, each in enumerate(row)})
    return found


def glyph_of(font, code):
    """The number of the glyph that a code draws."""
    table = font.CIDToGIDMap.read_bytes()
    return int.from_bytes(table[BYTES * code : BYTES * code + BYTES], "big")


def drawn(page):
    """{name of a font on the page: the codes drawn with it}."""
    found, name = {}, ""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            name = str(operands[0])
        elif str(operator) in {"Tj", "TJ"}:
            parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    found.setdefault(name, set()).update(
                        int.from_bytes(raw[at : at + BYTES], "big")
                        for at in range(0, len(raw), BYTES)
                    )
    return found


@pytest.mark.parametrize("code", CODES)
def test_every_code_drawn_has_a_glyph_as_wide_as_the_page_says(code, sheets):
    seen = 0
    with pikepdf.open(io.BytesIO(sheets[code].pdf)) as pdf:
        for page in pdf.pages:
            for name, codes in drawn(page).items():
                font = page.resources.Font[name].DescendantFonts[0]
                embedded = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
                said, each = widths(font), 1000 / embedded["head"].unitsPerEm
                order = embedded.getGlyphOrder()
                for number in codes:
                    glyph = glyph_of(font, number)
                    assert glyph > 0, (name, number)
                    width = embedded["hmtx"][order[glyph]][0] * each
                    assert said[number] == pytest.approx(width, abs=1), (name, number)
                    seen += 1
    assert seen > 50
