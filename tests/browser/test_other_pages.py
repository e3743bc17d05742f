"""What the walk through the town does not meet: errors, links that are over, a house without a case, paper."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from config.server import scratch
from tests.browser import behind, houses, looks
from tests.browser.conftest import Desk, people_with_passwords, serving
from tests.browser.test_every_page import ROLES

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
A4_MM = (210, 297)
MARGINS_MM = (24, 28)  # left and right, top and bottom (_print.scss)
PX_PER_MM = 96 / 25.4
WITHOUT_TOKEN = """() => { const form = document.createElement('form'); form.method = 'post';
  form.action = '/login/'; document.body.append(form); form.submit(); }"""


def told(desk, path, status):
    """The page stands, with its status, and nothing is wrong with it; the browser itself notes the status."""
    assert desk.open(path) == status, path
    desk.errors.clear()
    assert looks.faults(desk, path) == []


def test_errors_are_plain_pages(house, new_context):
    desk = Desk(new_context, house)
    for path, status in (
        ("/nothing/", 404),
        ("/r/no-such-link/", 404),
        ("/u/no-such-link/", 410),
    ):
        told(desk, path, status)
    desk.open("/login/")
    with desk.page.expect_navigation() as found:
        desk.page.evaluate(WITHOUT_TOKEN)
    assert found.value.status == 403
    desk.errors.clear()
    assert looks.faults(desk, "403") == []
    # What breaks by itself cannot be asked for: its page is served under an address of its own.
    for status in (400, 409, 500):
        desk.page.route(f"**/oops/{status}/", served(status))
        told(desk, f"/oops/{status}/", status)
        assert desk.page.locator("h1").count() == 1
        assert "12351" in desk.page.inner_text("main")


def served(status):
    """An answer with the house's own page for this status."""
    with override("zh-hans"):
        page = render_to_string(f"{status}.html", {"words": "这一步别人已经办完。"})

    def answer(route):
        route.fulfill(status=status, content_type="text/html; charset=utf-8", body=page)

    return answer


@pytest.fixture
def empty_house(django_db_setup, django_db_blocker):
    """The address of a house with all its people and not one case."""
    with django_db_blocker.unblock(), scratch.scratch(houses.own("own")):
        people_with_passwords()
        with serving() as address:
            yield address


def test_a_house_without_a_case_says_so(empty_house, new_context):
    """Every word of every menu, once: each page stands, and each list says that it is empty."""
    seen, said, wrong = set(), set(), []
    for role in ROLES:
        desk = Desk(new_context, empty_house)
        looks.with_axe(desk.page)
        desk.sit_down(behind.cookie_of(role))
        waiting = ["/"]
        while waiting:
            path = waiting.pop(0)
            if path in seen and path != "/":
                continue
            seen.add(path)
            if (status := desk.open(path)) != 200:
                wrong.append((role, path, status))
            if desk.page.locator(".empty").count():  # the others are as they are in the town
                said.add(path)
                wrong += [(role, *each) for each in looks.faults(desk, path)]
            if path == "/":
                links = desk.page.locator(".menu a")
                waiting += links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
        desk.page.context.close()
    assert len(seen) > 25
    assert len(said) > 10
    assert wrong == []


def test_a_case_is_printed_on_one_sheet_and_a_list_without_its_buttons(house, new_context):
    desk = Desk(new_context, house).sit_down(behind.cookie_of("yuanjing"))
    desk.open("/cases/")
    desk.page.click("td a >> nth=0")
    case = desk.page.url.removeprefix(house)
    desk.page.emulate_media(media="print")
    wide, high = ((A4_MM[n] - MARGINS_MM[n]) * PX_PER_MM for n in (0, 1))
    desk.page.set_viewport_size({"width": int(wide), "height": int(high)})
    for path in (case, "/cases/", "/work/"):
        desk.open(path)
        shown = desk.page.locator(".bar, .buttons, .actions, .skip, .filters form")
        assert [each for each in shown.all() if each.is_visible()] == [], path
        assert looks.sideways(desk.page) <= 0, path
    desk.open(case)
    assert pages_of(desk.page) == 1


def pages_of(page):
    """How many sheets of A4 the browser itself would print."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ") or pdf.count(b"/Type/Page")


def test_shapes_and_words_stay_where_colours_are_forced_and_nothing_moves(house, new_context):
    desk = Desk(new_context, house).sit_down(behind.cookie_of("yuanjing"))
    desk.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    desk.open("/cases/")
    desk.page.click("td a >> nth=0")
    light = desk.page.locator(".light").first
    assert light.inner_text().strip()
    assert light.locator("svg").is_visible()
    moving = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) || getComputedStyle(e).animationName !== 'none').length"
    assert desk.page.evaluate(moving) == 0
    # What a key does stands on its button.
    seat = Desk(new_context, house).sit_down(behind.cookie_of("qinxiaoyue"))
    seat.open("/call/")
    keys = seat.page.locator("a[data-key], button[data-key]").all()
    assert len(keys) >= 3
    for key in keys:
        assert key.locator("kbd").count() == 1, key.evaluate("each => each.outerHTML")
