"""Every page that a role can reach, in every state of the journey: whole, quiet, accessible, both languages."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from mediation.rehearsal import cast
from tests.browser import town
from tests.browser.conftest import Desk

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
ROLES = (
    "qinxiaoyue", "dengchuan", "heminzhi", "weijia", "luoqiming", "songyu", "yuanjing", "gongwen",
    "admin", "jiangheng",
)  # fmt: skip
WIDTHS = (1280, 390, 320)  # 320 px is a window of 1280 px at 400 %
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.href)"
WIDE = "document.documentElement.scrollWidth - window.innerWidth"
SEEN = "document.body.innerText"
# What is Latin on a Chinese page by right: keys, units, codes of the law and of papers, user names.
LATIN = re.compile(
    r"English|Alt|Ctrl|Enter|Esc|PDF|SHA-?256|SM3|yyyy-mm-dd|https?://\S+|[a-z]+@[a-z.]+|"
    r"manage\.py doctor|[A-Z2-7]{4}(?: [A-Z2-7]{4})+|"
    r"\b[A-Z]{1,3}-?\d{2}[a-z]?\b|\b[WR]\d{1,2}\b|\b12351\b|\b[0-9A-F]{8,}\b"
)
WORD = re.compile(r"[A-Za-z]{3,}")
HAN = re.compile(r"[\u4e00-\u9fff]+")


class Walk:
    """What one person's walk through the house found wrong."""

    def __init__(self, desk, house, kinds):
        self.desk, self.house, self.wrong, self.kinds = desk, house, [], kinds
        self.waiting, self.known = ["/"], {"/"}

    def go(self):
        """Open each kind of page once: pages differ by address without numbers, and by heading."""
        while self.waiting:
            path = self.waiting.pop(0)
            status = self.desk.open(path)
            if status != 200:
                self.wrong.append((path, f"answers {status}"))
                continue
            for link in self.desk.page.evaluate(LINKS):
                self.note(link)
            kind = (re.sub(r"\d+", "N", path), self.heading())
            if kind in self.kinds:
                continue
            self.kinds[kind] = path
            self.look(path)
        return self

    def heading(self):
        """What kind of page it is: for a case, its stage."""
        page = self.desk.page
        stage = page.locator(".case-head .tag, .case-head .status").all_inner_texts()
        return page.inner_text("h1")[:8] if "/cases/" not in page.url else tuple(stage[:1])

    def note(self, link):
        """A link to a page of this house that was not opened yet; three pages of a kind at most."""
        parts = urlsplit(link)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        shape = re.sub(r"\d+", "N", path)
        if (
            not link.startswith(self.house)
            or path in self.known
            or "/papers/" in path
            or "/files/" in path
        ):
            return
        if path.endswith((".svg", ".ics", ".xlsx", ".xes")) or "/i18n/" in path:
            return
        most = 6 if "/task/" in path else 4 if shape == "/cases/N/" else 1
        if sum(re.sub(r"\d+", "N", each) == shape for each in self.known) < most:
            self.known.add(path)
            self.waiting.append(path)

    def look(self, path):
        """Is it accessible, quiet, narrow enough and wholly Chinese?"""
        for width in WIDTHS:
            self.desk.page.set_viewport_size({"width": width, "height": 900})
            if (wide := self.desk.page.evaluate(WIDE)) > 0:
                self.wrong.append((path, f"{width} px: {wide} px too wide"))
            if width != 320:
                self.wrong += [
                    (path, f"{width} px", each) for each in violations(self.desk.page)
                ]
        self.wrong += [(path, words) for words in self.desk.errors]
        self.desk.errors.clear()
        if words := set(WORD.findall(LATIN.sub(" ", self.desk.page.evaluate(SEEN)))) - NAMES:
            self.wrong.append((path, "not Chinese", sorted(words)))


NAMES = {"admin", *cast.names()}


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:160]) for each in found]


@pytest.fixture
def full_house(house):
    """Cases at every stage; built before Playwright's loop runs in this thread."""
    town.build()
    return house


def test_every_page_of_every_role(full_house, chromium):
    house = full_house
    wrong, kinds = [], {}
    for role in ROLES:
        walk = Walk(Desk(chromium, house).log_in(role), house, kinds).go()
        wrong += [(role, *each) for each in walk.wrong]
    assert not wrong, "\n".join(str(each) for each in wrong)
    assert len(kinds) > 40, kinds
