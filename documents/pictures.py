"""Pictures on papers, as vector: the QR code for verification and the organisation's seal."""

import math
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from io import BytesIO

import segno

SEAL_MM, CHART_MM, RED = 42, 170, "#d7000f"
ARC_DEGREES = 260.0


def qr(address: str) -> str:
    """An SVG of a QR code (error level M) with a quiet zone of two modules."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out,
        kind="svg",
        border=2,
        xmldecl=False,
        svgns=True,
        nl=False,
        omitsize=True,
        light="#fff",
    )
    return out.getvalue().decode()


def seal(name: str, words: str = "") -> str:
    """An SVG of a round seal, 42 mm across: a star, the name in an arc, words below the star."""
    step = min(ARC_DEGREES / max(len(name) - 1, 1), 26.0)
    size = min(5.6, 16.6 * math.radians(step) * 1.04)
    start = -step * (len(name) - 1) / 2
    letters = "".join(
        _letter(char, start + step * place, size) for place, char in enumerate(name)
    )
    below = _words(words) if words else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SEAL_MM} {SEAL_MM}">'
        f'<g opacity="0.86" fill="{RED}">'
        f'<circle cx="21" cy="21" r="20.2" fill="none" stroke="{RED}" stroke-width="1.1"/>'
        f'<polygon points="{_star(21, 21, 6.6)}"/>{letters}{below}</g></svg>'
    )


def _letter(char: str, degrees: float, size: float) -> str:
    turn = math.radians(degrees)
    radius = 18.6 - size * 0.88
    x, y = 21 + radius * math.sin(turn), 21 - radius * math.cos(turn)
    return (
        f'<text transform="translate({x:.3f} {y:.3f}) rotate({degrees:.2f})" text-anchor="middle" '
        f'font-family="WF Song" font-size="{size:.2f}" stroke="{RED}" stroke-width="0.12">'
        f"{escape(char)}</text>"
    )


def _words(words: str) -> str:
    size = min(3.6, 22 / len(words))
    return (
        f'<text x="21" y="34.4" text-anchor="middle" font-family="WF Song" '
        f'font-size="{size:.2f}" stroke="{RED}" stroke-width="0.08">{escape(words)}</text>'
    )


def _star(x: float, y: float, radius: float) -> str:
    points = []
    for corner in range(10):
        length = radius if corner % 2 == 0 else radius * 0.382
        turn = math.radians(36 * corner)
        points.append(f"{x + length * math.sin(turn):.3f},{y - length * math.cos(turn):.3f}")
    return " ".join(points)


def bars(rows: Sequence[tuple[str, Decimal]]) -> str:
    """An SVG of upright bars, 170 mm wide: value above, name below, a line to stand on."""
    most = max((value for _, value in rows), default=Decimal(0)) or Decimal(1)
    step = CHART_MM / max(len(rows), 1)
    drawn = "".join(_bar(row, place, step, most) for place, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {CHART_MM} 48">{drawn}'
        f'<line x1="0" y1="40" x2="{CHART_MM}" y2="40" stroke="#000" stroke-width="0.25"/></svg>'
    )


def _bar(row: tuple[str, Decimal], place: int, step: float, most: Decimal) -> str:
    label, value = row
    height = float(value / most) * 32
    middle, width = step * (place + 0.5), min(step * 0.56, 18)
    size = min(3.6, step / max(len(label), 1) * 0.94)
    return (
        f'<rect x="{middle - width / 2:.2f}" y="{40 - height:.2f}" width="{width:.2f}"'
        f' height="{height:.2f}" fill="#5b6b7b"/>'
        + _under(middle, 38.6 - height, 3.2, f"{value:,f}")
        + _under(middle, 45, size, label)
    )


def _under(x: float, y: float, size: float, words: str) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="middle" font-family="WF Latin, WF Song"'
        f' font-size="{size:.2f}">{escape(words)}</text>'
    )
