"""What is asked of every page: quiet, accessible, narrow enough, wholly in one language."""

import re
from functools import cache

from axe_playwright_python.sync_playwright import Axe

from mediation.rehearsal import cast

WIDTHS = (1280, 390, 320)  # 320 px is a window of 1280 px at 400 %
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
RUN = """async tags => (await axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
  elementRef: false})).violations.map(v => [v.id, v.nodes[0].html.slice(0, 160)])"""
WIDE = "document.documentElement.scrollWidth - window.innerWidth"
SEEN = "document.body.innerText"
# What is Latin on a Chinese page by right: keys, kinds of files, codes of the law and of papers, user names.
LATIN = re.compile(
    r"English|Alt|Ctrl|Enter|Esc|PDF|(?i:csv|xlsx|json|jpeg|png)|UTF-8|GB ?18030|SHA-?256|SM3|yyyy-mm-dd|https?://\S+|[a-z]+@[a-z.]+|"
    r"manage\.py doctor|[A-Z2-7]{4}(?: [A-Z2-7]{4})+|"
    r"\b[A-Z]{1,3}-?\d{2}[a-z]?\b|\b[WR]\d{1,2}\b|\b12351\b|\b[0-9A-Fa-f]{8,}\b"
)
WORD = re.compile(r"[A-Za-z]{3,}")


@cache
def axe_script():
    """The text of axe-core; read once."""
    return Axe().axe_script


def with_axe(page):
    """A page that brings axe-core along wherever it goes: compiled once, not sent anew to each address."""
    page.add_init_script(axe_script())


def violations(page):
    """What axe finds against WCAG 2.0 to 2.2, A and AA: rule and first element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script())
    return page.evaluate(RUN, TAGS)


def sideways(page):
    """Pixels by which the page is wider than its window."""
    return page.evaluate(WIDE)


def foreign_words(page):
    """Latin words that a Chinese page shows without right."""
    words = WORD.findall(LATIN.sub(" ", page.evaluate(SEEN)))
    return sorted(set(words) - {"admin", *cast.names()})


def faults(desk, path):
    """All that is wrong with the page that is open: at a desk, on a phone and at 400 %."""
    wrong = []
    for width in WIDTHS:
        desk.page.set_viewport_size({"width": width, "height": 900})
        if (wide := sideways(desk.page)) > 0:
            wrong.append((path, f"{width} px: {wide} px too wide"))
        if width != 320:
            wrong += [(path, f"{width} px", *each) for each in violations(desk.page)]
    wrong += [(path, words) for words in desk.errors]
    desk.errors.clear()
    if words := foreign_words(desk.page):
        wrong.append((path, "not Chinese", words))
    return wrong
