"""Typed text outlives a killed tab, an ended session and a second log-in; several calls at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection, transaction

from casework.access.context import as_person, system
from casework.models import Draft, User
from casework.queries.drafts import fields_of
from tests.browser.conftest import PASSWORD, Desk

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
STORY = "木工班组十二人，去年十一月到今年二月在两江新区做工，没有签合同，一直没拿到钱。" * 2
PER_SECOND = 20


def kept(name="qinxiaoyue"):
    """What the server keeps for a person, newest first; asked from a thread without Playwright's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_kept, name).result()


def _kept(name):
    with closing(connection):
        return _fields_of(name)


def _fields_of(name):
    with transaction.atomic(), system("test"):
        user = User.objects.get(username=name)
    with transaction.atomic(), as_person(user):
        return [fields_of(row) for row in Draft.objects.filter(ended_at=None).order_by("-id")]


def test_a_killed_tab_loses_two_seconds_at_most(house, new_context):
    seat = Desk(new_context, house).log_in("qinxiaoyue")
    seat.open("/call/")
    seat.page.fill("[name=phone]", "13800004455")
    seat.page.check("[name=classes][value=DISPUTE]")
    seat.page.locator("[name=facts]").press_sequentially(STORY, delay=1000 / PER_SECOND)
    assert seat.errors == []  # what is cut off below, the page may complain of
    seat.page.evaluate("window.location.href = 'about:blank#killed'; window.stop()")
    session = seat.page.context.new_cdp_session(seat.page)
    typed = len(seat.page.input_value("[name=facts]"))
    other, thrown = seat.page.context.new_page(), []
    other.on("pageerror", lambda error: thrown.append(str(error)))
    session.send("Page.close")  # no goodbye: neither unload nor beacon
    saved = kept()[0]
    assert len(saved["facts"][0]) >= typed - 2 * PER_SECOND
    assert saved["phone"] == ["13800004455"]

    # A second call begins while the first waits; both are in the list.
    other.goto(f"{house}/call/")
    other.fill("[name=name]", "邹世海")
    other.wait_for_selector("[data-mark]:has-text('已保存')")
    assert "draft=" in other.url
    other.click("a[data-key='alt+d']")
    assert other.locator("ul.rows > li").count() == 2
    other.click("ul.rows a >> nth=1")
    assert other.input_value("[name=facts]").startswith("木工班组")
    assert other.is_checked("[name=classes][value=DISPUTE]")
    assert "恢复" in other.inner_text("[data-mark]")
    assert other.locator(".wrong").count() == 0

    # Discarded, put back; Enter in a field sends the form and never discards.
    other.click("[form=drop-draft]")
    assert other.locator("section:has(#dropped) li").count() == 1
    other.click("section:has(#dropped) button")
    other.press("[name=name]", "Enter")
    assert other.title().startswith("错误")
    assert other.input_value("[name=facts]").startswith("木工班组")
    assert thrown == []


def test_an_ended_session_keeps_the_text_and_a_sent_form_leaves_no_draft(house, new_context):
    seat = Desk(new_context, house).log_in("qinxiaoyue")
    page = seat.page
    seat.open("/call/")
    page.context.clear_cookies(name="sessionid")
    page.fill("[name=phone]", "13800004456")
    page.fill("[name=facts]", "孕期被降薪。")
    page.wait_for_selector("[data-mark].mark-saved--lost")
    page.select_option("[name=cause]", "C01.01")
    page.check("[name=classes][value=DISPUTE]")
    page.fill("[name=district]", "两江新区")
    page.fill("[name=employers-0-name]", "织光服饰")
    page.click("button.button--main")
    assert "您的登录已过期" in page.inner_text("main")
    page.fill("#id_username", "qinxiaoyue")
    page.fill("#id_password", PASSWORD)
    page.click("button.button--main")
    assert page.input_value("[name=facts]") == "孕期被降薪。"
    assert page.input_value("[name=employers-0-name]") == "织光服饰"

    # A log-in in another tab makes this page's token stale: it is renewed without a word.
    there = page.context.new_page()
    there.goto(f"{house}/")
    there.click("details.person summary")
    there.click("details.person button:has-text('退出')")
    there.fill("#id_username", "qinxiaoyue")
    there.fill("#id_password", PASSWORD)
    there.click("button.button--main")
    page.fill("[name=name]", "柯明月")
    page.wait_for_selector("[data-mark]:has-text('已保存')")
    page.click("button.button--main")
    assert "/cases/" in page.url, page.inner_text("main")[:300]
    assert kept() == []

    # Somebody else sits down after the session ended: the text is not theirs. Without script, too.
    seat = Desk(new_context, house, script=False).log_in("qinxiaoyue")
    seat.open("/call/")
    seat.page.fill("[name=facts]", "三个月没发工资")
    seat.page.context.clear_cookies(name="sessionid")
    seat.page.click("button.button--main")
    assert "三个月没发工资" in seat.page.input_value("[name=held]")
    seat.page.fill("#id_username", "dengchuan")
    seat.page.fill("#id_password", PASSWORD)
    seat.page.click("button.button--main")
    assert "三个月" not in seat.page.content()
    assert kept("dengchuan") == []
