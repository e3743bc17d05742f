"""The organisation's seal: drawn once in a paper, shown at its place and, in slices, across the pages.

The slices (骑缝章) of all pages laid side by side give the whole seal; a page taken out or put in shows.
"""

import re
from functools import lru_cache
from typing import Any

from documents.rendering.writing import operators

MM = 72 / 25.4
SEAL_MM, TOP_PT, MOST_PAGES = 42, 118 * MM, 12
SEAL_PT = SEAL_MM * MM
MARK, NAME = "seal", "WufangSeal"  # id of the path in our SVG; name of the drawing in the PDF
COLOUR = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")


def install() -> None:
    """Teach WeasyPrint's SVG that a seal is a drawing of its own (once per process)."""
    from weasyprint import svg

    plain = svg.TAGS["path"]

    def path(picture: Any, node: Any, font_size: float) -> None:
        if node.get("id") != MARK:
            plain(picture, node, font_size)
            return
        drawing = _drawing(node.get("d"), node.get("fill"), node.get("fill-opacity"))
        picture.stream._resources["XObject"][NAME] = drawing
        picture.stream.draw_x_object(NAME)
        picture.stream.move_to(0, 0)  # a path that paints nothing, for the fill that follows

    svg.TAGS["path"] = path


def groups(pages: int) -> list[int]:
    """How many slices each seal has: one seal for up to a dozen pages, evenly shared beyond that."""
    count = -(-pages // MOST_PAGES)
    return [pages // count + (at < pages % count) for at in range(count)]


def lay_across(pdf: Any) -> None:
    """Lay the seal of a paper that is about to be written across its pages, if it has several."""
    references = pdf.page_references
    if len(references) < 2:
        return
    slices = [(at, size) for size in groups(len(references)) for at in range(size)]
    for reference, (at, size) in zip(references, slices, strict=True):
        page = _object(pdf, reference)
        content = _object(pdf, page["Contents"]).stream
        content.insert(0, b"q")
        content.append(_slice([float(side) for side in page["MediaBox"]], at, size))


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _slice(box: list[float], at: int, size: int) -> bytes:
    right, top = box[2], box[3]
    width = SEAL_PT / size
    left, low = right - width, top - TOP_PT - SEAL_PT
    clip = f"{left:.3f} {low:.3f} {width:.3f} {SEAL_PT:.3f} re W n"
    place = f"{MM:.6f} 0 0 {-MM:.6f} {left - at * width:.3f} {low + SEAL_PT:.3f} cm"
    return f"Q /Artifact BMC q {clip} {place} /{NAME} Do Q EMC".encode()


def _drawing(path: str, fill: str, cover: str) -> Any:
    """The seal as a drawing in millimetres, `y` downwards: its bytes are made once per process."""
    import pydyf

    class Drawing(pydyf.Stream):  # type: ignore[misc]
        """Bytes that need not be packed again for each paper."""

        data = property(lambda self: _packed(path, fill, cover))

    return Drawing()


@lru_cache(maxsize=16)
def _packed(path: str, fill: str, cover: str) -> bytes:
    import pydyf

    colour = COLOUR.fullmatch(fill)
    if colour is None:
        raise ValueError("the colour of a seal is told as #rrggbb")
    ink = " ".join(f"{int(part, 16) / 255:.4f}" for part in colour.groups())
    states = pydyf.Dictionary({"Cover": pydyf.Dictionary({"ca": float(cover)})})
    extra = pydyf.Dictionary(
        {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array([0, 0, SEAL_MM, SEAL_MM]),
            "Resources": pydyf.Dictionary({"ExtGState": states}),
        }
    )
    words = [f"/Cover gs {ink} rg".encode(), operators(path), b"f"]
    return bytes(pydyf.Stream(words, extra, compress=True).data)
