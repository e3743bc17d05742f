"""How narrow a table's column of Chinese may become, asked of Pango once instead of once a character.

A line may break after almost every Chinese character, and WeasyPrint 70 measures each such piece with
a text of its own: the rest of the cell, shaped again from there. One text, as narrow as it gets, has
all pieces as its lines.
"""

import re
from collections.abc import Iterator
from typing import Any

PLAIN = {"white_space": "normal", "overflow_wrap": "normal", "word_break": "normal"}
# Blanks may be stripped, rare names change the font of what stands beside them: measured as before.
SIMPLE = re.compile(r"[一-鿿0-9A-Za-z，。、；：？！（）《》〔〕.,/%:-]+")

Piece = tuple[int | None, float]  # bytes to the next piece (None: the last), width in px


def install() -> None:
    """Put the remedy in place (once per process)."""
    from weasyprint.layout import preferred

    preferred.split_first_line = _Pieces(preferred.split_first_line)


class _Pieces:
    """Answers as `split_first_line` does; of a chain of pieces only the first is measured there."""

    def __init__(self, plain: Any) -> None:
        self.plain = plain
        self.rest, self.style = "", None
        self.left: Iterator[Piece] = iter(())

    def __call__(
        self,
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        **how: Any,
    ) -> tuple[Any, ...]:
        """Only where to go on, and the width: nobody asks `preferred` for more."""
        if max_width != 0 or not _is_simple(text, style):
            return tuple(
                self.plain(text, style, context, max_width, justification_spacing, **how)
            )
        if style is not self.style or text != self.rest:
            self.left = _pieces(text, style, context)
        skip, width = next(self.left)
        if skip is None:
            self.rest, self.style, self.left = "", None, iter(())
        else:
            self.rest, self.style = text.encode()[skip:].decode(), style
        return None, None, skip, width, None, None


def _is_simple(text: str, style: Any) -> bool:
    """Whether nothing but the breaks between characters decides where a piece ends."""
    return (
        SIMPLE.fullmatch(text) is not None
        and style["hyphens"] != "auto"
        and all(style[key] == value for key, value in PLAIN.items())
    )


def _pieces(text: str, style: Any, context: Any) -> Iterator[Piece]:
    """The lines of a text that has no room at all."""
    from weasyprint.text.ffi import ffi, pango
    from weasyprint.text.line_break import create_layout, line_size

    layout = create_layout(text, style, context, 0, 0)
    number, line = 0, pango.pango_layout_get_line_readonly(layout.layout, 0)
    while line != ffi.NULL:
        number += 1
        after = pango.pango_layout_get_line_readonly(layout.layout, number)
        skip = None if after == ffi.NULL else after.start_index - line.start_index
        yield skip, line_size(line, style)[0]
        line = after
