"""Characters as outlines of our own fonts: for seals and marks, which are pictures and not text."""

from collections.abc import Callable
from functools import cache
from math import cos, radians, sin
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from documents import fonts

Point = tuple[float, float]
BOLD, BLACK = "WFBiaosong", "WFHei"
FALLBACKS = ("WFSong", "WFHanA", "WFHanB")


def number(value: float) -> str:
    """A coordinate as SVG and PDF both write it: three places, no idle zeros."""
    words = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if words == "-0" else words


class Pen(BasePen):  # type: ignore[misc]
    """Draws into an SVG path of absolute M, L, C and Z, every point sent through `place`."""

    def __init__(self, glyphs: Any, place: Callable[[Point], Point]) -> None:
        super().__init__(glyphs)
        self.place = place
        self.words: list[str] = []

    def say(self, letter: str, *points: Point) -> None:
        """One operation."""
        pairs = (self.place(point) for point in points)
        self.words.append(letter + " ".join(f"{number(x)} {number(y)}" for x, y in pairs))

    def _moveTo(self, pt: Point) -> None:  # noqa: N802
        self.say("M", pt)

    def _lineTo(self, pt: Point) -> None:  # noqa: N802
        self.say("L", pt)

    def _curveToOne(self, one: Point, two: Point, end: Point) -> None:  # noqa: N802
        self.say("C", one, two, end)

    def _closePath(self) -> None:  # noqa: N802
        self.words.append("Z")


@cache
def _face(name: str) -> tuple[Any, dict[int, str], float]:
    font = TTFont(fonts.folder() / "faces" / f"{name}.ttf", lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), float(font["head"].unitsPerEm)


def letter(char: str, *, face: str, size: float, at: Point, degrees: float = 0.0) -> str:
    """A character as an SVG path: the middle of its baseline at a point, turned, `y` downwards.

    Raises: KeyError when none of our fonts draws it.
    """
    for name in (face, *FALLBACKS):
        glyphs, names, em = _face(name)
        if ord(char) in names:
            break
    glyph, scale, turn = glyphs[names[ord(char)]], size / em, radians(degrees)

    def place(point: Point) -> Point:
        right, down = (point[0] - glyph.width / 2) * scale, -point[1] * scale
        return (
            at[0] + right * cos(turn) - down * sin(turn),
            at[1] + right * sin(turn) + down * cos(turn),
        )

    pen = Pen(glyphs, place)
    glyph.draw(pen)
    return "".join(pen.words)
