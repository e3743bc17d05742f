"""The browser's own style sheet without notes and list marks, for a page that has none.

WeasyPrint 70 works out the style of six invisible pieces for every element of a page (the calls and
marks of footnotes, the mark of a list's item): more styles than those of the page itself.
"""

import copy
import re
from functools import lru_cache
from typing import Any

NOTES = ("footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback")
UNUSED = {*NOTES, "marker"}
ASKED = re.compile(r"footnote|note\(|::note|::marker|list-item|<li\b|<summary\b", re.IGNORECASE)


def page(html: str, css: str, fetch: Any) -> Any:
    """A page for WeasyPrint, with the whole sheet where text or style ask for notes or lists."""
    from weasyprint import HTML

    class Page(HTML):  # type: ignore[misc]
        """Without forms (papers have none): see `Press.print`."""

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            whole: list[Any] = super()._ua_stylesheets(forms)
            return whole if ASKED.search(html) or ASKED.search(css) else [_lean(whole[0])]

    return Page(string=html, url_fetcher=fetch)


@lru_cache(maxsize=1)
def _lean(sheet: Any) -> Any:
    slim = copy.copy(sheet)
    slim.matcher = copy.copy(sheet.matcher)
    slim.matcher.other_selectors = [
        entry for entry in sheet.matcher.other_selectors if entry[3] not in UNUSED
    ]
    return slim
