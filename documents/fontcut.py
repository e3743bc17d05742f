"""One family of ours cut out of a packaged font: fewer characters, TrueType outlines, our metrics.

Every family gets the same height, so that 22 lines fit a page whatever a line is set in.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents import fonts

ASCENT, DESCENT = 0.88, 0.12
ASCII = frozenset(range(0x20, 0x7F))
PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))
DROPPED = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "DSIG",
    "vhea",
    "vmtx",
    "VORG",
    "kern",
    "hdmx",
    "LTSH",
)


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One family of ours: which file it comes from and which characters it keeps."""

    family: str
    source: Path
    face: int = 0
    keep: frozenset[int] | None = None  # None: everything the source has


def make(cut: Cut, into: Path) -> tuple[str, int, set[int]]:
    """Make one family; its name, its size in bytes, and the code points it draws."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    face = hb.Face(hb.Blob.from_file_path(str(cut.source)), cut.face)
    wish = hb.SubsetInput()
    points = set(face.unicodes) & ((cut.keep or frozenset(range(0x110000))) | {0x20})
    points -= {n for block in PRIVATE for n in block}
    if cut.family != fonts.LATIN:
        points -= ASCII - {0x20}
    wish.sets(hb.SubsetInputSets.UNICODE).update(points)
    tags = wish.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    tags.update(int.from_bytes(tag.encode(), "big") for tag in DROPPED)
    flags = hb.SubsetFlags
    wish.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.NO_LAYOUT_CLOSURE
    font = TTFont(
        io.BytesIO(hb.subset(face, wish).blob.data), recalcBBoxes=False, recalcTimestamp=False
    )
    if "CFF " in font:
        _to_glyf(font)
    _name(font, cut.family)
    _metrics(font)
    path = into / f"{cut.family.replace(' ', '')}.ttf"
    font.save(path)
    return cut.family, path.stat().st_size, points


def _to_glyf(font: Any) -> None:
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(
            Cu2QuPen(pen, 1.0 * font["head"].unitsPerEm / 1000, reverse_direction=True)
        )
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphs, font["glyf"].glyphOrder = glyphs, order
    for name in order:
        glyphs[name].recalcBounds(font["glyf"])
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(glyphs[name], "xMin", 0))
    del font["CFF "]
    font.sfntVersion = "\x00\x01\x00\x00"
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    for field in (
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
        "maxPoints",
        "maxContours",
        "maxCompositePoints",
        "maxCompositeContours",
        "maxComponentDepth",
    ):
        setattr(profile, field, 1 if field == "maxZones" else 0)
    profile.recalc(font)


def _name(font: Any, family: str) -> None:
    table = font["name"]
    table.names = []
    plain = family.replace(" ", "")
    for number, text in ((1, family), (2, "Regular"), (3, plain), (4, family), (6, plain)):
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass, font["OS/2"].usWidthClass = 400, 5
    font["OS/2"].fsSelection, font["head"].macStyle = 0x40, 0


def _metrics(font: Any) -> None:
    unit = font["head"].unitsPerEm
    up, down = round(ASCENT * unit), round(DESCENT * unit)
    head, os2 = font["hhea"], font["OS/2"]
    head.ascent, head.descent, head.lineGap = up, -down, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = up, -down, 0
    os2.usWinAscent, os2.usWinDescent = up, down
