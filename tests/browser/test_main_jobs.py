"""The main jobs of those who come seldom, with what a hand does counted: worker, employer, supervisor, administrator."""

import re

import pytest
from django.core.management import call_command

from casework.models import User
from tests.browser import behind, town
from tests.browser.conftest import Desk
from tests.browser.test_every_page import full_house, town_house  # noqa: F401
from tests.process.journey import DISPUTE, start

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
FEW = 2


class Hand:
    """Counts pages opened, clicks and keys that are no text."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, what):
        self.count += 1
        self.page.click(what)


def test_a_worker_and_a_firm_need_one_press(town_house, new_context):  # noqa: F811
    house, _found = town_house
    worker(house, new_context)
    employer(house, new_context)


def test_a_number_opens_its_list_and_an_account_is_made_in_two_clicks(house, new_context):
    people = behind.inside(lambda: {user.username: user for user in User.objects.all()})
    for number in (1, 2):
        call = {**DISPUTE, "phone": f"1380000561{number}", "name": f"邹世{number}"}
        start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:00", **call)
    call_command("statistics", "--rebuild", verbosity=0)
    supervisor(house, new_context)
    administrator(house, new_context)


def worker(house, new_context):
    """Two steps: both numbers on one page, one press; then who has it, since when, what next, by when."""
    code, tail = behind.code_of(town.PAID)
    desk = Desk(new_context, house, width=390)
    desk.open("/track/")
    hand = Hand(desk.page)
    desk.page.fill("#id_code", code)
    desk.page.fill("#id_tail", tail)
    hand.click("button.wbutton--main")
    assert hand.count < FEW
    words = desk.page.inner_text("main")
    assert re.search(
        r"案卷在.+总工会", words
    )  # this one is closed; where one runs: "现在由…在办"
    assert re.search(r"从\d+月\d+日起", words)
    assert desk.page.locator(".wsteps li").count() >= 4
    assert desk.errors == []


def employer(house, new_context):
    """Behind the door: what was served stands first; an answer is words and one press."""
    desk = Desk(new_context, house, width=390)
    desk.sit_down(behind.employer(town.ANSWERS).cookies["sessionid"].value)
    desk.open("/door/inside/")
    assert "送达给您的文书" in desk.page.inner_text("h1, h2")
    hand = Hand(desk.page)
    box = desk.page.locator("textarea").first
    box.fill("十二人的考勤在项目部，三日内交来。")
    form = "form:has(textarea)"
    hand.click(f"{form} button[type=submit]")
    assert hand.count < FEW
    assert "十二人的考勤在项目部" in desk.page.inner_text("main")
    assert "错误" not in desk.page.title()
    assert desk.errors == []


def supervisor(house, new_context):
    """A number opens its list with as many rows, a row its case: two clicks."""
    desk = Desk(new_context, house).sit_down(behind.cookie_of("yuanjing"))
    desk.open("/")
    hand = Hand(desk.page)
    tile = desk.page.locator(".tiles a[href*='/overdue/']")
    number = int(re.search(r"\d+", tile.locator("b").inner_text())[0])
    assert number > 0
    hand.click(".tiles a[href*='/overdue/']")
    assert desk.page.locator("tbody tr").count() == number
    hand.click("tbody tr a >> nth=0")
    assert hand.count <= FEW
    assert "/cases/" in desk.page.url
    assert desk.errors == []


def administrator(house, new_context):
    """A new person: one click to the form, one to make the account; the password is shown once."""
    desk = Desk(new_context, house).sit_down(behind.cookie_of("admin"))
    desk.open("/house/")
    hand = Hand(desk.page)
    hand.click("a[href='/house/people/new/']")
    desk.page.fill("[name=username]", "xinlai")
    desk.page.fill("[name=display_name]", "辛来")
    desk.page.check("[name=roles][value=supervisor]")
    hand.click("button.button--main")
    words = desk.page.inner_text("main")
    assert "辛来" in words
    assert hand.count <= FEW
    made = behind.inside(lambda: User.objects.get(username="xinlai"))
    assert made.roles == ["supervisor"]
    assert desk.page.locator(".once").count() == 1
    assert desk.errors == []
