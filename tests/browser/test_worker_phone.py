"""A worker's telephone: what is read aloud, and photographs that go on after the page was closed on the way."""

import re

import pytest

from tests.browser import behind, town
from tests.browser.conftest import Desk
from tests.browser.test_every_page import full_house, town_house  # noqa: F401
from tests.desks.test_worker import MOST_HAN, photograph

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
# What the browser is really given to say is written down on its way there; nothing is put in its place.
LISTEN = """window.said = []; const speak = speechSynthesis.speak.bind(speechSynthesis);
speechSynthesis.speak = (words) => { window.said.push([words.text, words.lang]); speak(words); };"""


def test_sentences_are_read_and_a_telephone_without_a_voice_says_so(town_house, new_context):  # noqa: F811
    house, _found = town_house
    desk = Desk(new_context, house, width=360)
    desk.page.add_init_script(LISTEN)
    desk.sit_down(behind.worker(town.PAID).cookies["sessionid"].value)
    desk.open("/track/status/")
    assert (
        desk.page.locator(".wbar").bounding_box()["height"] < 64
    )  # its words stand on one line
    desk.page.click("[data-read]")
    if not desk.page.evaluate("speechSynthesis.getVoices().length"):
        desk.page.wait_for_selector("[data-mute]:visible")
        assert "没有朗读的声音" in desk.page.inner_text("[data-mute]")
        assert desk.page.get_attribute("[data-read]", "aria-pressed") == "false"
    said = desk.page.evaluate("window.said")
    words = [each for each, _tongue in said]
    assert desk.page.inner_text("h1").rstrip("。") in words
    assert {tongue for _each, tongue in said} == {"zh-CN"}
    assert max(len(re.findall(r"[\u4e00-\u9fff]", each)) for each in words) <= MOST_HAN
    assert "English" not in words  # only what the page says, not its tools
    assert desk.errors == []
    photographs(desk)


def photographs(desk):
    """Two of three arrive, then the tab is closed; all three chosen again are three, not five."""
    files = [
        {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": photograph(colour).read()}
        for colour in ("red", "green", "blue")
    ]
    desk.open("/track/files/")
    sent = []

    def pass_on(route):
        sent.append(route)
        # aborted, not held: what is held goes on when the tab is closed at the wrong instant
        if route.request.method != "POST" or len(sent) < len(files):
            route.continue_()
        else:
            route.abort()

    desk.page.route("**/track/files/", pass_on)
    desk.page.set_input_files("#id_files", files)
    with desk.page.expect_request(lambda asked: asked.method == "POST" and len(sent) == 2):
        desk.page.click("form[data-upload] button[type=submit]")
    desk.page.wait_for_timeout(500)
    again = desk.page.context.new_page()
    desk.page.close()
    again.goto(f"{desk.house}/track/files/")
    assert again.locator(".wlines > li").count() == len(files) - 1
    again.set_input_files("#id_files", files)
    again.click("form[data-upload] button[type=submit]")
    again.wait_for_selector(".wlines > li:nth-child(3)")
    assert again.locator(".wlines > li").count() == len(files)
