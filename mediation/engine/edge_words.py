"""Where the words of an edge stand: beside their line, on no shape, on no other words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

HAN = 0x2E80  # wide characters from here on
LINE = 16  # px, the height of one line of words
NEAR = 5  # px between a line and its words
ROOM = 16  # px of plain line beside the words of a straight edge
MOST_ROOM = 120
BEFORE = 12  # px before a column where the points of its arrows end
FAR = 5  # lines of words above or below a flat edge, for edges that lie on each other


@dataclass(frozen=True, slots=True)
class Rect:
    """A piece of the picture, in px."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: "Rect") -> float:
        """How much of another piece this one covers, in square px."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one edge: left end of the baseline (px), text, the piece they cover."""

    x: float
    y: float
    text: str
    covers: Rect


def width(text: str) -> float:
    """How wide a label is, in px: 13 a Chinese character, 7 another."""
    return sum(13 if ord(character) >= HAN else 7 for character in text)


def widen(grid: Any) -> None:
    """Move columns apart until the words of a straight edge fit between its two shapes."""
    starts: dict[int, float] = {}
    for cell in grid.cells:
        starts[cell.col] = min(starts.get(cell.col, cell.shape.x), cell.shape.x)
    extra = dict.fromkeys(starts, 0)
    for edge in grid.edges:
        here, there = grid[edge.src], grid[edge.dst]
        if edge.label and _flat(*edge.segments) and there.col > here.col:
            free = there.shape.x - here.shape.x - here.shape.width
            lacks = round(min(width(str(edge.label)) + ROOM - free, MOST_ROOM))
            extra[there.col] = max(extra[there.col], lacks)

    def moved(x: float) -> float:
        return x + sum(extra[col] for col, start in starts.items() if start - BEFORE <= x)

    for edge in grid.edges:
        edge.segments = [(moved(x), y) for x, y in edge.segments]
    for cell in grid.cells:
        cell.shape.x = moved(cell.shape.x)
    grid.width += sum(extra.values())


def _flat(*points: Sequence[float]) -> bool:
    """Whether a line runs level; the middle of a shape is rounded to a pixel."""
    heights = [y for _x, y in points]
    return max(heights) - min(heights) <= 2  # noqa: PLR2004 (px)


def place(edges: Sequence[Any], taken: Sequence[Rect]) -> list[Words]:
    """The words of all edges. `taken`: the shapes and their titles; each place found is taken too."""
    placed: list[Words] = []
    lines = [line for edge in edges for line in _lines(edge)]
    for edge in edges:
        if edge.label and len(edge.segments) > 1:
            used = [*taken, *(each.covers for each in placed)]
            free = list(_places(edge))
            placed.append(min(free, key=lambda each: _cost(each, used, lines)))
    return placed


def _cost(words: Words, used: Sequence[Rect], lines: Sequence[Rect]) -> float:
    """What is covered weighs much, a crossed line a little; of equal places the first is taken."""
    return 10 * sum(words.covers.shared(each) for each in used) + sum(
        words.covers.shared(each) for each in lines
    )


def _lines(edge: Any) -> Iterator[Rect]:
    for (x1, y1), (x2, y2) in zip(edge.segments, edge.segments[1:], strict=False):
        yield Rect(min(x1, x2) - 1, min(y1, y2) - 1, max(x1, x2) + 1, max(y1, y2) + 1)


def _places(edge: Any) -> Iterator[Words]:
    """From the beginning of the edge on: above and below its flat parts, right and left of the others."""
    text = str(edge.label)
    wide = width(text)
    for (x1, y1), (x2, y2) in zip(edge.segments, edge.segments[1:], strict=False):
        if _flat((x1, y1), (x2, y2)):
            for far in range(FAR):
                for left in (min(x1, x2) + 4, (x1 + x2 - wide) / 2, max(x1, x2) - wide - 10):
                    for base in (y1 - NEAR - far * LINE, y1 + LINE + far * LINE):
                        yield _words(left, base, text, wide)
        else:
            step = LINE if y2 > y1 else -LINE
            for number in range(1, max(2, int(abs(y2 - y1) // LINE))):
                for left in (x1 + NEAR, x1 - NEAR - wide):
                    yield _words(left, y1 + number * step + NEAR, text, wide)


def _words(left: float, base: float, text: str, wide: float) -> Words:
    return Words(left, base, text, Rect(left, base - LINE + 4, left + wide, base + 3))
