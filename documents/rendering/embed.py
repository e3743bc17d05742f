"""Fonts inside a paper: only the glyphs that it shows, numbered afresh, nothing else.

WeasyPrint keeps the numbers of the whole font, so each paper carried tables of thirty thousand mostly
empty places, five times over: a third of its time. Here the few glyphs are copied out of the font file,
and a map (CIDToGIDMap) leads from the old numbers, which the text uses, to the new ones.
"""

import struct
import sys
from array import array
from typing import Any

KEPT = ("head", "hhea", "maxp")
ARGS_ARE_WORDS, HAS_SCALE, MORE, TWO_SCALES, MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80


class NotOurs(Exception):
    """The font has no TrueType outlines: it is left to HarfBuzz."""


def install() -> None:
    """Put the remedy in place (once per process)."""
    from weasyprint.pdf.fonts import Font

    plain = Font.clean

    def clean(self: Any, to_unicode: dict[int, str], hinting: bool) -> None:
        try:
            if not to_unicode or self.missing:
                raise NotOurs
            self.file_content, self.map = cut(_tables(self.hb_face), sorted(to_unicode))
        except NotOurs:
            plain(self, to_unicode, hinting)

    Font.clean = clean


def map_glyphs(document: Any, pdf: Any) -> None:
    """Tell each font of a paper where the glyphs stand that its text names."""
    import pydyf

    maps = {font.name: font.map for font in document.fonts.values() if hasattr(font, "map")}
    streams = {}
    for thing in list(pdf.objects):
        name = getattr(thing, "get", lambda key: None)("BaseFont")
        if name in maps and "CIDToGIDMap" in thing:
            if name not in streams:
                streams[name] = pydyf.Stream([maps[name]], compress=True)
                pdf.add_object(streams[name])
            thing["CIDToGIDMap"] = streams[name].reference


def _tables(face: Any) -> dict[str, memoryview]:
    """The tables of a font as HarfBuzz holds them: looked at, not copied. Raises: NotOurs."""
    from weasyprint.text.ffi import ffi, harfbuzz

    found, size = {}, ffi.new("unsigned int *")
    for name in (*KEPT, "hmtx", "loca", "glyf"):
        tag = harfbuzz.hb_tag_from_string(name.encode(), -1)
        blob = ffi.gc(harfbuzz.hb_face_reference_table(face, tag), harfbuzz.hb_blob_destroy)
        start = harfbuzz.hb_blob_get_data(blob, size)
        if start == ffi.NULL or not size[0]:
            raise NotOurs
        found[name] = memoryview(ffi.buffer(start, size[0]))
        found[f"{name} blob"] = blob  # kept as long as its data are
    return found


def cut(tables: dict[str, memoryview], used: list[int]) -> tuple[bytes, bytes]:
    """A small font of the glyphs used (and .notdef), and the map from old to new numbers."""
    places = _places(tables)
    kept = _with_parts(tables["glyf"], places, [0, *(gid for gid in used if gid)])
    place_of = {gid: place for place, gid in enumerate(kept)}
    glyphs, starts = bytearray(), array("I", [0])
    for gid in kept:
        drawn = tables["glyf"][places(gid) : places(gid + 1)] if gid else b""
        glyphs += _renumbered(drawn, place_of)
        glyphs += b"\0" * (-len(glyphs) % 4)
        starts.append(len(glyphs))
    head, hhea, maxp = (bytearray(tables[name]) for name in KEPT)
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)  # places in `loca` are long
    struct.pack_into(">H", hhea, 34, len(kept))
    struct.pack_into(">H", maxp, 4, len(kept))
    made = {
        "glyf": bytes(glyphs),
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": _widths(tables, kept),
        "loca": _big(starts),
        "maxp": bytes(maxp),
    }
    numbers = array("H", bytes(2 * (used[-1] + 1)))
    for gid in used:
        numbers[gid] = place_of[gid]
    return _file(made), _big(numbers)


def _places(tables: dict[str, memoryview]) -> Any:
    """Where a glyph begins in `glyf`."""
    loca = tables["loca"]
    if struct.unpack_from(">h", tables["head"], 50)[0]:
        return lambda gid: struct.unpack_from(">I", loca, 4 * gid)[0]
    return lambda gid: 2 * struct.unpack_from(">H", loca, 2 * gid)[0]


def _with_parts(glyf: memoryview, places: Any, wanted: list[int]) -> list[int]:
    """The glyphs wanted, and those that they are put together of."""
    kept = dict.fromkeys(wanted)
    for gid in wanted:
        for _, part in _parts(glyf[places(gid) : places(gid + 1)]):
            if part not in kept:
                kept[part] = None
                wanted.append(part)
    return list(kept)


def _parts(glyph: memoryview | bytes) -> list[tuple[int, int]]:
    """The parts of a composite glyph: where each is named, and its number."""
    if not glyph or struct.unpack_from(">h", glyph)[0] >= 0:
        return []
    found, at, flags = [], 10, MORE
    while flags & MORE:
        flags, part = struct.unpack_from(">HH", glyph, at)
        found.append((at + 2, part))
        at += 8 if flags & ARGS_ARE_WORDS else 6
        at += (
            2 if flags & HAS_SCALE else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0
        )
    return found


def _renumbered(glyph: memoryview | bytes, place_of: dict[int, int]) -> bytes:
    if not (parts := _parts(glyph)):
        return bytes(glyph)
    made = bytearray(glyph)
    for at, part in parts:
        struct.pack_into(">H", made, at, place_of[part])
    return bytes(made)


def _widths(tables: dict[str, memoryview], kept: list[int]) -> bytes:
    hmtx, made = tables["hmtx"], bytearray()
    (count,) = struct.unpack_from(">H", tables["hhea"], 34)
    for gid in kept:
        if gid < count:
            made += hmtx[4 * gid : 4 * gid + 4]
        else:
            last = 4 * (count - 1)
            bearing = 4 * count + 2 * (gid - count)
            made += bytes(hmtx[last : last + 2]) + bytes(hmtx[bearing : bearing + 2])
    return bytes(made)


def _big(numbers: "array[int]") -> bytes:
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()


def _sum(data: bytes) -> int:
    """The checksum of a table: its words added up."""
    words = array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _file(tables: dict[str, bytes]) -> bytes:
    """A TrueType file of these tables, with its directory and checksums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    search = (power * 16, power.bit_length() - 1, (count - power) * 16)
    directory, body = struct.pack(">IHHHH", 0x10000, count, *search), bytearray()
    total, start, adjust = 0, 12 + 16 * count, 0
    for name, data in tables.items():
        padded = data + b"\0" * (-len(data) % 4)
        check, place = _sum(padded), start + len(body)
        directory += struct.pack(">4sIII", name.encode(), check, place, len(data))
        body += padded
        total += check
        if name == "head":
            adjust = place + 8
    file = bytearray(directory) + body
    rest = 0xB1B0AFBA - total - _sum(directory)
    struct.pack_into(">I", file, adjust, rest & 0xFFFFFFFF)
    return bytes(file)
