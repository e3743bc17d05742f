"""The pictures of docs/roles and the README, taken in a house with open cases: `make pictures`.

Not collected by a plain run. WUFANG_PICTURES names the folder they go to (docs/pictures by default).
"""

import io
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from lxml import html
from PIL import Image

from casework.statistics import feed
from config.server import scratch
from documents import issue
from documents.models import Paper, PaperState
from mediation.models import Task
from mediation.rehearsal import living
from tests.browser import behind, houses
from tests.browser.conftest import Desk, serving
from tests.browser.shots import COLOURS, DESK, PHONE, SHOTS

pytestmark = pytest.mark.filterwarnings("ignore")
FOLDER = Path(os.environ.get("WUFANG_PICTURES", settings.ROOT / "docs" / "pictures"))


@pytest.fixture
def open_house(played, django_db_blocker):
    """The address of a house whose people have work on their desks."""
    with django_db_blocker.unblock(), scratch.scratch(houses.own("own"), source=played):
        behind.away(living.play)
        waits = behind.inside(lambda: list(Paper.objects.filter(state=PaperState.PENDING)))
        for paper in waits:
            issue.render_pending(paper.pk)
        feed.take_all()
        with serving() as address:
            yield address


def address(where):
    """A number that a shot names: {task:NODE} or {case:NAME}."""
    kind, _colon, name = where.strip("{}").partition(":")
    if kind == "case":
        return str(behind.case_of(name).pk)
    rows = behind.inside(lambda: list(Task.objects.filter(is_open=True).order_by("-id")))
    return str(next(row.pk for row in rows if row.flow_task and row.flow_task.name == name))


def path_of(shot, client):
    """Where a shot is taken; {next} is the first step on the person's own desk."""
    if shot.path == "{next}":
        return html.fromstring(client.get("/").content).xpath("//td[@class='next']//a/@href")[0]
    return re.sub(r"{[^}]+}", lambda found: address(found[0]), shot.path)


def client_of(shot):
    """Whose browser a shot is taken in; nobody's for the two doors."""
    who, _colon, name = shot.who.partition(":")
    if not who:
        return None
    doors = {"worker": behind.worker, "employer": behind.employer}
    return doors[who](name) if who in doors else behind.logged_in(who)


def keep(shot, picture):
    """Few colours and no more of the page than is needed: small files."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    few = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, 1, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{shot.name}.png", optimize=True)


def test_take_all_pictures(open_house, new_context):
    FOLDER.mkdir(exist_ok=True, parents=True)
    wanted = re.compile(os.environ.get("WUFANG_SHOTS", "."))
    for shot in (each for each in SHOTS if wanted.search(each.name)):
        client = client_of(shot)
        desk = Desk(new_context, open_house, width=PHONE[0] if shot.phone else DESK[0])
        if client:
            desk.sit_down(client.cookies["sessionid"].value)
        assert desk.open(path_of(shot, client)) == 200, shot
        for box, words in shot.typed:
            choose = desk.page.locator(f"[name={box}]")
            if choose.evaluate("box => box.tagName") == "SELECT":
                choose.select_option(words)
            else:
                choose.fill(words)
        if shot.typed:
            desk.page.wait_for_timeout(1500)  # the right column follows the talk
        high = min(shot.high, desk.page.evaluate("document.documentElement.scrollHeight"))
        desk.page.set_viewport_size({"width": desk.page.viewport_size["width"], "height": high})
        keep(shot, desk.page.screenshot())
        assert desk.errors == [], shot
        desk.page.context.close()
