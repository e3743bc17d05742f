"""Which pages there are: every role follows every link, and each kind of page is listed once."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client
from lxml import html

from casework.access.context import system
from casework.models import User

NO_PAGES = (".svg", ".ics", ".xlsx", ".xes", ".pdf")
HOST = "127.0.0.1"


def write_pages(roles, to):
    """Walk as each role; write {sessions: role -> cookie, pages: [role, path]} as JSON. Raises: AssertionError."""
    kinds, sessions = {}, {}
    for role in roles:
        walk = Walk(role, kinds)
        walk.go()
        sessions[role] = walk.client.cookies["sessionid"].value
    Path(to).write_text(json.dumps({"sessions": sessions, "pages": list(kinds.values())}))


class Walk:
    """One person's way through the house, without a browser; the new kinds of page go into `kinds`."""

    def __init__(self, role, kinds):
        self.role, self.kinds = role, kinds
        self.client = Client(SERVER_NAME=HOST, headers={"accept-language": "zh-CN"})
        with transaction.atomic(), system("test"):
            user = User.objects.get(username=role)
        self.client.force_login(user)
        self.waiting = [
            "/",
            *(["/search/?q=4321"] if user.has_perm("casework.view_case") else []),
        ]
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
            kind = (shape(path), heading(path, page))
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
