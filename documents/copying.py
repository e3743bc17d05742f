"""A copy of an issued paper: its own pages, each marked 副本. Nothing is printed anew."""

import io
from functools import cache

import pikepdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from documents import fonts

WORD, RED = "副本", "0.843 0 0.059"
SIZE, PAD, FROM_RIGHT, FROM_TOP = 15.0, 4.0, 62.0, 30.0  # pt


class _Path(BasePen):  # type: ignore[misc]
    """Outlines as PDF path operators."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.words: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.words.append(f"{pt[0]:g} {pt[1]:g} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.words.append(f"{pt[0]:g} {pt[1]:g} l")

    def _curveToOne(self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802  # fmt: skip
        points = " ".join(f"{x:g} {y:g}" for x, y in (one, two, end))
        self.words.append(f"{points} c")

    def _closePath(self) -> None:  # noqa: N802
        self.words.append("h")


@cache
def _drawn() -> tuple[str, float]:
    """The word as filled outlines of our own black type, and how many units an em has."""
    with TTFont(fonts.folder() / "faces" / "WFHei.ttf") as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        made, across = [], 0
        for char in WORD:
            pen = _Path(glyphs)
            glyphs[names[ord(char)]].draw(pen)
            made.append(f"q 1 0 0 1 {across} 0 cm {' '.join(pen.words)} f Q")
            across += glyphs[names[ord(char)]].width
        return " ".join(made), float(font["head"].unitsPerEm)


def marked(pdf: bytes) -> bytes:
    """The same pages with 副本 in a red frame at the upper right; the same bytes each time."""
    word, em = _drawn()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            box = page.mediabox
            x, y = float(box[2]) - FROM_RIGHT, float(box[3]) - FROM_TOP - SIZE
            frame = f"{x - PAD:g} {y - PAD:g} {2 * SIZE + 2 * PAD:g} {SIZE + 2 * PAD:g}"
            scale = SIZE / em
            page.contents_add(b"q", prepend=True)  # what the page does to its axes ends with it
            page.contents_add(
                (
                    f"Q /Artifact BMC q {RED} rg {RED} RG 1.4 w {frame} re S "
                    f"{scale:g} 0 0 {scale:g} {x:g} {y + 0.12 * SIZE:g} cm {word} Q EMC"
                ).encode()
            )
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()
