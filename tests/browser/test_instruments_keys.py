"""The union's own instruments on a telephone and without a mouse: every page, and a form sent by keys alone."""

import pytest

from casework import clock
from mediation.engine import run
from tests.browser.conftest import Desk
from tests.browser.looks import sideways
from tests.browser.test_liaison_clicks import in_house
from tests.process.journey import DISPUTE, TRIAGE

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
PAGES = (
    "/letters/", "/hazards/", "/duty/", "/partners/", "/partners/new/", "/partners/pairs/new/",
    "/responsibilities/", "/instruments/", "/subsidies/", "/bargaining/", "/teams/",
)  # fmt: skip
STARTS = (
    "supervision.write",
    "hardship.warn",
    "neighbour.write",
    "newform.sort_out",
)
MOST_KEYS = 80
WHERE = (
    "(() => { const e = document.activeElement; const m = document.querySelector('main');"
    " return m && m.contains(e) ? (e.tagName + ' ' + (e.name || e.type || '')) : ''; })()"
)


def keyed(page):
    """What the Tab key reaches inside the page's own part, in order, until it leaves it again."""
    seen = []
    for _key in range(MOST_KEYS):
        page.keyboard.press("Tab")
        where = page.evaluate(WHERE)
        if not where and seen:
            break
        if where:
            seen.append(where)
    return seen


def test_every_instrument_fits_a_telephone_and_is_reached_by_keys(house, chromium):
    from casework.models import User

    people = {user.username: user for user in in_house(lambda: list(User.objects.all()))}
    done = run.start(
        node="intake.record_call", by=people["qinxiaoyue"], data=DISPUTE, at=clock.now()
    )
    (task,) = [each for each in done.open_tasks if each.flow_task.name == "triage"]
    case = run.complete(
        task_id=task.pk, by=people["dengchuan"], data=TRIAGE, at=clock.now()
    ).case
    desk = Desk(chromium, house, width=390)
    desk.log_in("weijia")
    wrong = []
    for path in [*PAGES, *(f"/cases/{case.pk}/do/{node}/" for node in STARTS)]:
        status = desk.open(path)
        if status != 200:
            wrong.append((path, status))
        if status == 200 and sideways(desk.page) > 0:
            wrong.append((path, "too wide", sideways(desk.page)))
        if status == 200 and not keyed(desk.page):
            wrong.append((path, "no key reaches it"))
    assert wrong == []
    desk.open("/partners/new/")
    for name, words in (("name", "贵阳市总工会"), ("province", "贵州省")):
        desk.page.focus(f"[name={name}]")
        desk.page.keyboard.insert_text(words)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/partners/")
    assert "贵阳市总工会" in desk.page.inner_text("main")
    assert desk.errors == []
