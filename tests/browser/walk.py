"""Which pages there are: every role follows every link, and each kind of page is listed once."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from tests.browser import behind

NO_PAGES = (".svg", ".ics", ".xlsx", ".xes", ".pdf")


# Behind a code: every page of it, since a walk does not follow links to files and papers.
WORKER = tuple(
    f"/track/{page}/"
    for page in ("status", "plan", "steps", "offices", "papers", "files", "say", "rate", "looks", "data", "slip", "confirm")
)  # fmt: skip
EMPLOYER = ("/door/inside/",)
NOBODY = ("/track/", "/door/", "/login/", "/calculators/", "/calculators/overtime/")
DOORS = {"worker": WORKER, "employer": EMPLOYER, "nobody": NOBODY}


def write_pages(roles, to, doors=None):
    """Walk as each role and behind each door; write {sessions: role -> cookie, pages: [role, path]} as JSON.

    Raises: AssertionError.
    """
    kinds, sessions = {}, {}
    people = {role: behind.logged_in(role) for role in roles} | (doors or {})
    for role, client in people.items():
        Walk(role, kinds, client).go()
        cookie = client.cookies.get("sessionid")
        sessions[role] = cookie.value if cookie else ""
    Path(to).write_text(json.dumps({"sessions": sessions, "pages": list(kinds.values())}))


class Walk:
    """One person's way through the house, without a browser; the new kinds of page go into `kinds`."""

    def __init__(self, role, kinds, client):
        self.role, self.kinds, self.client = role, kinds, client
        self.waiting = list(DOORS.get(role, ("/",)))
        if role not in DOORS and self.client.get("/search/?q=4321").status_code != 404:
            self.waiting.append("/search/?q=4321")
        self.known = set(self.waiting)

    def go(self):
        """Open each link; pages differ by address without numbers, and by heading."""
        while self.waiting:
            path = self.waiting.pop(0)
            answer = self.client.get(path, follow=True)
            assert answer.status_code == 200, (self.role, path, answer.status_code)
            if not answer["Content-Type"].startswith("text/html"):
                continue  # a file to keep
            page = html.fromstring(answer.content)
            for link in page.xpath("//a/@href"):
                self.note(path, link)
            kind = (self.role in DOORS, shape(path), heading(path, page))
            self.kinds.setdefault(kind, (self.role, path))

    def note(self, here, link):
        """A link to a page of this house that was not opened yet; some pages of a kind only."""
        parts = urlsplit(link)
        path = (parts.path or urlsplit(here).path) + (f"?{parts.query}" if parts.query else "")
        if parts.scheme or not path.startswith("/") or path in self.known:
            return
        if "/papers/" in path or "/paper/" in path or "/files/" in path or "/i18n/" in path:
            return
        if parts.path.endswith(NO_PAGES):
            return
        if self.role in DOORS and path.startswith("/calculators/"):
            return  # one stands for all: they were walked at a desk
        most = 6 if "/task/" in path else 4 if shape(path) == "/cases/N/" else 1
        if sum(shape(each) == shape(path) for each in self.known) < most:
            self.known.add(path)
            self.waiting.append(path)


def shape(path):
    """An address without its numbers."""
    return re.sub(r"\d+", "N", path)


def heading(path, page):
    """What kind of page it is: for a case, its stage."""
    if "/cases/" not in path:
        return page.xpath("string(//h1)").strip()[:8]
    where = "//*[contains(@class,'case-head')]//*[contains(concat(' ',@class,' '),' tag ') or contains(concat(' ',@class,' '),' status ')]"
    return "".join(page.xpath(where)[0].text_content().split()) if page.xpath(where) else ""
