"""Where the shapes of a diagram stand, as plain values for the SVG template."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from viewflow.workflow import chart, nodes

from mediation.engine import edge_words
from mediation.engine.edge_words import Rect

INK, GREY, RED = "#1c1e21", "#868c94", "#9b1c21"
MARGIN = 32
TEXT_WIDTH = 132
BESIDE_WIDTH = 92  # under a gate, a start or an end: as wide as the room between two tasks
LINE = 20
LOOKS = {
    "done": ("#eef0f2", INK, INK, 1.5),
    "live": ("#fbf0f0", RED, RED, 3),
    "ahead": ("#ffffff", GREY, "#45494f", 1.5),
    "stopped": ("#f5f6f7", GREY, "#5f646b", 1.5),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text inside or below a shape, in the shape's own coordinates (px)."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """One shape: place (px), kind, colours by state, text."""

    x: float
    y: float
    kind: str
    state: str
    title: str
    words: str
    lines: tuple[Line, ...]
    radius: float
    height: float

    @property
    def pieces(self) -> list[Rect]:
        """What the shape and its title cover; the corners beside a diamond are free."""
        corner = self.radius / 2 if self.kind == "gate" else 0.0
        right, bottom = self.x + 2 * self.radius, self.y + self.height
        shape = Rect(self.x + corner, self.y + corner, right - corner, bottom - corner)
        return [shape, *(self._piece(line) for line in self.lines)]

    def _piece(self, line: Line) -> Rect:
        half = length(line.text) / 2
        x, y = self.x + line.x, self.y + line.y
        return Rect(x - half, y - 12, x + half, y + 4)

    @property
    def look(self) -> tuple[str, str, str, float]:
        """Fill, border, ink and weight by state."""
        return LOOKS[self.state]

    @property
    def fill(self) -> str:
        """Ground of the shape."""
        return self.look[0]

    @property
    def line(self) -> str:
        """Its border."""
        return self.look[1]

    @property
    def ink(self) -> str:
        """Its text."""
        return self.look[2]

    @property
    def weight(self) -> float:
        """Width of its border, in px."""
        return self.look[3]

    @property
    def tick(self) -> float:
        """Top of a clock's hand."""
        return self.radius * 0.4

    @property
    def hand(self) -> float:
        """Tip of a clock's other hand."""
        return self.radius * 1.45


def draw(flow_class: Any, states: dict[str, str], words: dict[str, str]) -> dict[str, Any]:
    """The template's context: boxes, edges and the size of the whole picture (px)."""
    grid = chart.calc_layout_data(flow_class)
    edge_words.widen(grid)
    boxes = [_box(cell, states.get(cell.node.name, "ahead"), words) for cell in grid.cells]
    pieces = [piece for box in boxes for piece in box.pieces]
    said = edge_words.place(grid.edges, pieces)
    lowest = max([grid.height + 2 * LINE, *(each.covers.bottom for each in said)])
    return {
        "title": str(flow_class.process_title),
        "boxes": boxes,
        "edges": grid.edges,
        "words": said,
        "width": grid.width + MARGIN,
        "height": lowest + MARGIN,
    }


def _box(cell: Any, state: str, words: dict[str, str]) -> Box:
    kind = _kind(cell.node)
    title = str(cell.node.task_title)
    wide: float = TEXT_WIDTH if kind == "task" else BESIDE_WIDTH
    if kind != "task" and title:  # lines of about the same length: no character stands alone
        wide = length(title) / ceil(length(title) / wide) + 7
    rows = fold(title, wide)
    if kind == "task":
        top = cell.shape.height / 2 - (len(rows) - 1) * LINE / 2 + 5
        lines = tuple(
            Line(cell.shape.width / 2, top + number * LINE, row)
            for number, row in enumerate(rows)
        )
    elif kind == "clock" and cell.shape.width < 50:
        lines = ()
    else:
        below = cell.shape.height + 16
        lines = tuple(
            Line(cell.shape.width / 2, below + number * 16, row)
            for number, row in enumerate(rows)
        )
    return Box(
        x=cell.shape.x, y=cell.shape.y, kind=kind, state=state, title=title,
        words=words.get(state, state), lines=lines, radius=cell.shape.width / 2, height=cell.shape.height,
    )  # fmt: skip


def _kind(node: Any) -> str:
    if isinstance(node, nodes.End):
        return "end"
    if isinstance(node, nodes.Timer):
        return "clock"
    if isinstance(node, (nodes.Start, nodes.StartHandle)):
        return "start"
    if isinstance(node, (nodes.Switch, nodes.If, nodes.Split, nodes.Join)):
        return "gate"
    return "task"


def fold(text: str, width: float) -> list[str]:
    """Break a title into lines of at most `width` px: 14 px a Chinese character, 7.5 another."""
    rows, row, used = [], "", 0.0
    for word in _pieces(text):
        size = length(word)
        if row and used + size > width:
            rows.append(row.strip())
            row, used = "", 0.0
        row, used = row + word, used + size
    return [*rows, row.strip()]


def length(text: str) -> float:
    """How wide a title is, in px: 14 a Chinese character, 7.5 another."""
    return sum(14 if ord(character) > 0x2E7F else 7.5 for character in text)


def _pieces(text: str) -> list[str]:
    """Words of Latin text, single characters of Chinese."""
    pieces: list[str] = []
    for character in text:
        if (
            pieces
            and ord(character) < 0x2E80
            and ord(pieces[-1][-1]) < 0x2E80
            and pieces[-1][-1] != " "
        ):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
