"""Pictures on papers, as vector: the QR code for verification and the organisation's seal."""

import math
from html import escape
from io import BytesIO

import segno

SEAL_MM, RED = 42, "#d7000f"
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
