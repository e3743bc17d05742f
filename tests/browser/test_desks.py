"""A stranger, a call without script, what was typed, a wrong code."""

import pytest

from tests.browser.conftest import Desk

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def test_a_stranger_is_asked_to_log_in_and_an_unknown_page_is_told_plainly(house, new_context):
    desk = Desk(new_context, house)
    assert desk.open("/cases/") == 200
    assert "/login/" in desk.page.url
    assert desk.open("/nothing/") == 404
    assert "Traceback" not in desk.page.content()


def test_a_call_is_registered_and_triaged_without_script(house, new_context):
    seat = Desk(new_context, house, script=False).log_in("qinxiaoyue")
    seat.open("/call/")
    page = seat.page
    page.fill("[name=phone]", "13800004455")
    page.fill("[name=name]", "柯明月")
    page.fill("[name=facts]", "孕期被降薪。")
    page.select_option("[name=cause]", "C01.01")
    page.check("[name=classes][value=DISPUTE]")
    page.fill("[name=employers-0-name]", "织光服饰")
    page.fill("[name=district]", "两江新区")
    page.click("button.button--main")
    assert "/cases/" in page.url, page.inner_text("main")[:400]
    assert "柯明月" in page.inner_text("body")
    assert "织光服饰" in page.inner_text("body")
    manager = Desk(new_context, house).log_in("dengchuan")
    manager.open("/")
    manager.page.click("td.next a")
    assert "分流" in manager.page.title()
    manager.page.click("button.button--main")
    assert "分流" not in manager.page.inner_text("h1") or manager.page.url.endswith("/")


def test_what_was_typed_stays_when_something_is_missing(house, new_context):
    seat = Desk(new_context, house, script=False).log_in("qinxiaoyue")
    seat.open("/call/")
    seat.page.fill("[name=facts]", "三个月没发工资")
    seat.page.click("button.button--main")
    assert seat.page.input_value("[name=facts]") == "三个月没发工资"
    assert seat.page.title().startswith("错误")


def test_wrong_code_and_wrong_digits_look_the_same(house, new_context):
    pages = []
    for code, tail in (("1234567890123456", "0000"), ("9999888877776666", "1234")):
        worker = Desk(new_context, house, width=390, script=False)
        worker.open("/track/")
        worker.page.fill("#id_code", code)
        worker.page.fill("#id_tail", tail)
        worker.page.click("button.wbutton--main")
        pages.append(worker.page.inner_text("section.wrong"))
    assert pages[0] == pages[1]
