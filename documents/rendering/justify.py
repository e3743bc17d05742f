"""Flush Chinese lines: WeasyPrint 70 stretches spaces only, and Chinese has none.

Replaces two private functions of WeasyPrint; the version is pinned and a position test holds it.
"""

import unicodedata
from typing import Any

MOST = 0.25  # of the type size: a line that would need more is left ragged


def install() -> None:
    """Put our justification in place (once per process)."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    if getattr(inline, "_wufang", False):
        return
    inline._wufang = True
    plain = inline.justify_line
    inline.justify_line = lambda context, line, extra: _line(plain, context, line, extra)
    _teach_layout(line_break)


def is_wide(char: str) -> bool:
    """Whether a character sits on the Chinese grid."""
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’—…·"


def _texts(box: Any) -> list[Any]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        return [box]
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return [text for child in box.children for text in _texts(child)]
    return []


def _gaps(texts: list[Any]) -> dict[int, list[int]]:
    found = {
        number: [at for at, char in enumerate(box.text) if is_wide(char)]
        for number, box in enumerate(texts)
    }
    last = len(texts) - 1
    if last >= 0 and found[last] and found[last][-1] == len(texts[last].text) - 1:
        found[last].pop()
    return {number: places for number, places in found.items() if places}


def _line(plain: Any, context: Any, line: Any, extra: float) -> None:
    texts = _texts(line)
    gaps = _gaps(texts)
    count = sum(map(len, gaps.values()))
    if not count:
        plain(context, line, extra)
        return
    per = extra / count
    if per > MOST * line.style["font_size"]:
        return
    wider = {id(texts[number]): (per, places) for number, places in gaps.items()}
    _widen(context, line, wider, 0.0)


def _widen(context: Any, box: Any, wider: dict[int, Any], shift: float) -> float:
    """Widen the marked text boxes, push what follows; the shift after this box."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.line_break import Layout

    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        if id(box) not in wider:
            return shift
        per, places = wider[id(box)]
        layout = Layout.__new__(
            Layout
        )  # as if made and put aside: Pango is asked when it is drawn
        layout.text, layout.justification_spacing, layout.max_width = box.text, 0, None
        layout.wide = (per, _byte_ranges(box.text, places))
        box.pango_layout = layout
        box.width += per * len(places)
        return float(shift + per * len(places))
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += shift
        before = shift
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _widen(context, child, wider, shift)
        box.width += shift - before
        return shift
    box.translate(shift, 0)
    return shift


def _byte_ranges(text: str, places: list[int]) -> list[tuple[int, int]]:
    sizes = [len(char.encode()) for char in text]
    starts = [0]
    for size in sizes:
        starts.append(starts[-1] + size)
    ranges: list[tuple[int, int]] = []
    for at in places:
        low, high = starts[at], starts[at + 1]
        if ranges and ranges[-1][1] == low:
            low = ranges.pop()[0]
        ranges.append((low, high))
    return ranges


def _teach_layout(line_break: Any) -> None:
    plain_set_text = line_break.Layout.set_text

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        plain_set_text(self, text, justify)
        if justify and (wide := getattr(self, "wide", None)):
            _space(line_break, self, *wide)

    line_break.Layout.set_text = set_text


def _space(line_break: Any, layout: Any, per: float, ranges: list[tuple[int, int]]) -> None:
    pango, ffi = line_break.pango, line_break.ffi
    spacing = layout.style["letter_spacing"]
    whole = int(((0 if spacing == "normal" else spacing) + per) * line_break.TO_UNITS)
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for start, end in ranges:
        attribute = pango.pango_attr_letter_spacing_new(whole)
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)
