"""Pictures on papers, as vector: the QR code for verification and the organisation's seal."""

import math
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape

import segno

from documents import outlines

SEAL_MM, CHART_MM, RED = 42, 170, "#d7000f"
ARC_DEGREES = 260.0
QUIET, COVER = 2, 0.86  # modules around a QR code; how much of the text a seal covers


def qr(address: str) -> str:
    """An SVG of a QR code (error level M) with a quiet zone of two modules."""
    rows = [*segno.make(address, error="m", micro=False).matrix_iter(border=QUIET)]
    side = len(rows)
    dark = "".join(_dark([*row], place + 0.5) for place, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0L{side} 0L{side} {side}L0 {side}Z"/>'
        f'<path fill="none" stroke="#000" d="{dark}"/></svg>'
    )


def _dark(row: Sequence[int], y: float) -> str:
    """The dark runs of one row as lines one module thick."""
    edges = [place for place in range(1, len(row)) if bool(row[place]) != bool(row[place - 1])]
    pairs = zip(edges[::2], edges[1::2], strict=True)  # a quiet zone is light at both ends
    return "".join(f"M{begin} {y}L{end} {y}" for begin, end in pairs)


@lru_cache(maxsize=64)
def seal(name: str) -> str:
    """An SVG of a round seal, 42 mm across: a star in the middle, the name in an arc.

    All of it is one path of outlines: no text that a reader would take for words of the paper.
    """
    step = min(ARC_DEGREES / max(len(name) - 1, 1), 26.0)
    size = min(5.6, 16.6 * math.radians(step) * 1.04)
    start = -step * (len(name) - 1) / 2
    letters = "".join(
        _letter(char, start + step * place, size) for place, char in enumerate(name)
    )
    drawn = _ring(20.75, 1) + _ring(19.65, -1) + _star(21, 21, 6.6) + letters
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SEAL_MM} {SEAL_MM}">'
        f'<path id="seal" fill="{RED}" fill-opacity="{COVER}" d="{drawn}"/></svg>'
    )


def _letter(char: str, degrees: float, size: float) -> str:
    turn, radius = math.radians(degrees), 18.6 - size * 0.88
    at = (21 + radius * math.sin(turn), 21 - radius * math.cos(turn))
    return outlines.letter(char, face=outlines.BOLD, size=size, at=at, degrees=degrees)


def _ring(radius: float, way: int) -> str:
    """A circle in four arcs, one way round or the other (the inner edge of a ring)."""
    bow, words = radius * 4 / 3 * math.tan(math.pi / 8), f"M{_place(radius, 0)}"
    for quarter in range(4):
        begin, end = (way * math.pi / 2 * step for step in (quarter, quarter + 1))
        (ax, ay), (bx, by) = ((math.cos(turn), math.sin(turn)) for turn in (begin, end))
        points = (
            (ax * radius - way * ay * bow, ay * radius + way * ax * bow),
            (bx * radius + way * by * bow, by * radius - way * bx * bow),
            (bx * radius, by * radius),
        )
        words += "C" + " ".join(_place(x, y) for x, y in points)
    return words + "Z"


def _place(x: float, y: float) -> str:
    return f"{outlines.number(21 + x)} {outlines.number(21 + y)}"


def _star(x: float, y: float, radius: float) -> str:
    points = []
    for corner in range(10):
        length = radius if corner % 2 == 0 else radius * 0.382
        turn = math.radians(36 * corner)
        at = (x + length * math.sin(turn), y - length * math.cos(turn))
        points.append(" ".join(map(outlines.number, at)))
    return "M" + "L".join(points) + "Z"


def bars(rows: Sequence[tuple[str, Decimal, str]]) -> str:
    """An SVG of upright bars, 170 mm wide: value above, name below, a line to stand on."""
    most = max((value for _, value, _ in rows), default=Decimal(0)) or Decimal(1)
    step = CHART_MM / max(len(rows), 1)
    drawn = "".join(_bar(row, place, step, most) for place, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {CHART_MM} 48">{drawn}'
        f'<line x1="0" y1="40" x2="{CHART_MM}" y2="40" stroke="#000" stroke-width="0.25"/></svg>'
    )


def _bar(row: tuple[str, Decimal, str], place: int, step: float, most: Decimal) -> str:
    label, value, shown = row
    height = float(value / most) * 32
    middle, width = step * (place + 0.5), min(step * 0.56, 18)
    size = min(3.6, step / max(len(label), 1) * 0.94)
    return (
        f'<rect x="{middle - width / 2:.2f}" y="{40 - height:.2f}" width="{width:.2f}"'
        f' height="{height:.2f}" fill="#5b6b7b"/>'
        + _under(middle, 38.6 - height, 3.2, shown)
        + _under(middle, 45, size, label)
    )


def _under(x: float, y: float, size: float, words: str) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="middle" font-family="WF Latin, WF Song"'
        f' font-size="{size:.2f}">{escape(words)}</text>'
    )
