"""The union's own instruments on a telephone and without a mouse: every page, and a form sent by keys alone."""

from datetime import timedelta

import pytest
from django.utils.datastructures import MultiValueDict

from casework import clock
from casework.commands import hazard as file
from casework.commands import team
from mediation.engine import run
from tests.browser.conftest import PASSWORD, Desk
from tests.browser.looks import sideways
from tests.browser.test_liaison_clicks import in_house
from tests.process.journey import DISPUTE, TRIAGE
from tests.process.test_hazard import FOUND
from tests.process.test_hazard_photos import photo
from tests.process.test_teams import SEEN

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
PAGES = (
    "/letters/", "/hazards/", "/duty/", "/partners/", "/partners/new/", "/partners/pairs/new/",
    "/responsibilities/", "/instruments/", "/subsidies/", "/bargaining/", "/teams/", "/lawyers/", "/lawyers/new/",
)  # fmt: skip
STARTS = (
    "supervision.write",
    "hardship.warn",
    "neighbour.write",
    "newform.sort_out",
)
MANAGERS = (
    "/notices/",
    "/notices/new/",
    "/bargaining/new/",
    "/platforms/",
    "/linkage/meetings/",
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


def furnished(people):
    """A case in hand, a hazard with a photograph, a call under seal, a duty day, a lawyer, a member with a clue."""
    done = run.start(
        node="intake.record_call", by=people["qinxiaoyue"], data=DISPUTE, at=clock.now()
    )
    (task,) = [each for each in done.open_tasks if each.flow_task.name == "triage"]
    case = run.complete(
        task_id=task.pk, by=people["dengchuan"], data=TRIAGE, at=clock.now()
    ).case
    day = str(clock.today())
    found = {**FOUND, "found_on": day, "fix_by": str(clock.today() + timedelta(days=7))}
    run.start(
        node="hazard.inspect", by=people["yanzhou"], data=found, at=clock.now(), case_id=case.pk,
        files=MultiValueDict({"photos": [photo("olive")]}),
    )  # fmt: skip
    hidden = {**DISPUTE, "name": "金丝雀丁", "phone": "13800007742", "anonymous": True}
    sealed = run.start(
        node="intake.record_call", by=people["qinxiaoyue"], data=hidden, at=clock.now()
    ).case
    in_house(lambda: roster(people))
    member = in_house(lambda: Member(people).user)
    run.start(node="clue.pass_on", by=member, data=SEEN, at=clock.now())
    inspection = in_house(lambda: case.inspections.get().pk)
    return case, sealed, inspection


def roster(people):
    """Who is on duty today."""
    file.set_duty(
        people["weijia"].district, on=clock.today(), first=people["yanzhou"],
        second=people["mushan"], today=clock.today(),
    )  # fmt: skip


class Member:
    """An information officer of one firm, with a password of the tests."""

    def __init__(self, people):
        row, _password = team.join(
            username="xinxi1", name="覃朗", team="INFORMATION",
            district=people["yanzhou"].district, firms=["岚桥机电（虚构）"], phone="",
            on=clock.today(), by=people["weijia"], at=clock.now(),
        )  # fmt: skip
        self.user = row.user
        self.user.must_change_password = False
        self.user.set_password(PASSWORD)
        self.user.save()


def wrong_of(desk, paths):
    """What keeps a page from a telephone or from the keys."""
    found = []
    for path in paths:
        status = desk.open(path)
        if status != 200:
            found.append((path, status))
        elif sideways(desk.page) > 0:
            found.append((path, "too wide", sideways(desk.page)))
        elif not keyed(desk.page):
            found.append((path, "no key reaches it"))
    return found


def test_every_instrument_fits_a_telephone_and_is_reached_by_keys(house, new_context):
    from casework.models import User

    people = {user.username: user for user in in_house(lambda: list(User.objects.all()))}
    case, sealed, inspection = furnished(people)
    desk = Desk(new_context, house, width=390)
    desk.log_in("weijia")
    steps = (f"/cases/{case.pk}/do/{node}/" for node in STARTS)
    own = (f"/hazards/{inspection}/", f"/cases/{sealed.pk}/seal/")
    assert wrong_of(desk, [*PAGES, *own, *steps]) == []
    desk.open("/partners/new/")
    for name, words in (("name", "贵阳市总工会"), ("province", "贵州省")):
        desk.page.focus(f"[name={name}]")
        desk.page.keyboard.insert_text(words)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/partners/")
    assert "贵阳市总工会" in desk.page.inner_text("main")
    assert desk.errors == []
    manager = Desk(new_context, house, width=390)
    manager.log_in("dengchuan")
    assert wrong_of(manager, [*MANAGERS, f"/cases/{case.pk}/do/subsidy.grant/"]) == []
    assert manager.errors == []
    member = Desk(new_context, house, width=390)
    member.log_in("xinxi1")
    assert wrong_of(member, ["/clues/", "/clues/new/"]) == []
    assert member.errors == []
