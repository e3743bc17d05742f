"""The third glyph net: what a reader extracts from the PDF must be what the page said.

It catches glyphs drawn from the wrong font file, which look like another legal text and warn nobody.
"""

import re
from collections import Counter
from html.parser import HTMLParser

from documents.rendering.job import RenderFailed

SILENT = {"style", "script", "title", "head"}
# PDFium tells a hyphen at a line end by a mark of its own, so hyphens are left out on both sides.
IGNORED = re.compile("[\\s\u00a0\u200b\u00ad\ufffe\ufeff\u0002\u2010\u2011-]+")


class _Words(HTMLParser):
    """Collects the visible text of a page, node by node."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Count the way into what is not shown."""
        self.silent += tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        """Count the way out."""
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        """Keep shown text."""
        if not self.silent and (text := bare(data)):
            self.nodes.append(text)


def bare(text: str) -> str:
    """Text without what a line break may add or take."""
    return IGNORED.sub("", text)


def shown(html: str) -> list[str]:
    """The visible text of a page, node by node, without blanks."""
    words = _Words()
    words.feed(html)
    return words.nodes


def extracted(pdf: bytes) -> str:
    """The text of a PDF as PDFium reads it, without blanks."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return bare("".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def round_trip(html: str, pdf: bytes) -> None:
    """Raises: RenderFailed when the PDF does not say what the page said."""
    nodes, text = shown(html), extracted(pdf)
    lost = Counter("".join(nodes)) - Counter(text)
    if lost:
        raise RenderFailed("the printed text lost: " + "".join(sorted(lost))[:40])
    for node in nodes:
        if node not in text and not _over_pages(node, text):
            raise RenderFailed("the printed text differs at: " + node[:40])


def _over_pages(node: str, text: str) -> bool:
    """A node that a page break cut in two or three: its pieces must stand there in order."""
    at, cuts = 0, 0
    while node:
        size = _longest(node, text, at)
        if size == 0 or cuts > 40:
            return False
        at = text.index(node[:size], at) + size
        node, cuts = node[size:], cuts + 1
    return True


def _longest(node: str, text: str, at: int) -> int:
    low, high = 0, len(node)
    while low < high:
        middle = (low + high + 1) // 2
        if text.find(node[:middle], at) >= 0:
            low = middle
        else:
            high = middle - 1
    return low
