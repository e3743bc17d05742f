"""The mediator's main jobs: a session fixed in a few clicks, and a record that outlives a killed tab."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection, transaction

from casework.access.context import as_person, system
from casework.models import Booking, District, Draft, Room, Session, User
from casework.queries.drafts import fields_of
from documents.models import Paper
from tests.browser.conftest import Desk
from tests.process.journey import accepted, do, only

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
MOST_CLICKS = 5
PER_SECOND = 20
MOST_LOST = 2 * PER_SECOND
RECORD = (
    "申请人陈述去年十一月起在两江新区做工，工资没有足额发放；被申请人承认欠付属实，愿意分期支付。"
    * 2
)
ONCE_MORE = "双方同意再次调解，时间另行通知。"


def asked(question):
    """An answer from the house's database, from a thread without Playwright's loop."""

    def alone():
        with closing(connection), transaction.atomic(), system("test"):
            return question()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()


def appointed():
    """An accepted case of the spring whose mediator is to fix the first session in one of two rooms."""
    asked(two_rooms)
    people = {user.username: user for user in asked(lambda: list(User.objects.all()))}
    task = only(accepted(people), "appoint")
    return people, do(people["weijia"], task, "2026-03-04 09:30", mediator="heminzhi")


def two_rooms():
    home = District.objects.get(name="两江新区")
    for name in ("调解室一", "调解室二"):
        Room.objects.create(name=name, district=home)


def count_clicks(page):
    """Let the page count what a hand does, also over several pages."""
    page.add_init_script(
        "addEventListener('click', e => { if (e.isTrusted && e.detail)"
        " sessionStorage.clicks = 1 + Number(sessionStorage.clicks || 0) }, true)"
    )


def test_a_session_is_fixed_in_five_clicks_at_most(house, new_context):
    _people, done = appointed()
    desk = Desk(new_context, house).log_in("heminzhi")
    count_clicks(desk.page)
    desk.open("/")
    desk.page.click("td.next a")
    slots = desk.page.locator("[name=slot]")
    assert slots.count() == 6
    chosen = desk.page.locator("label:has([name=slot])").nth(1).inner_text()
    slots.nth(1).click()
    desk.page.click("button.button--main")
    desk.page.wait_for_url(f"**/cases/{done.case.pk}/")
    assert int(desk.page.evaluate("sessionStorage.clicks")) <= MOST_CLICKS
    (session,) = asked(
        lambda: list(Session.objects.filter(case=done.case).select_related("room"))
    )
    assert session.state == "PLANNED"
    assert session.room.name in chosen
    booked = asked(lambda: Booking.objects.filter(session=session, released=False).count())
    assert booked >= 2  # the room and the mediator
    told = asked(
        lambda: set(Paper.objects.filter(case=done.case).values_list("code", flat=True))
    )
    assert {"D09", "D29"} <= told
    assert desk.errors == []


def kept():
    """What the server keeps of the mediator's typing, newest first."""

    def own():
        user = User.objects.get(username="heminzhi")
        with as_person(user):
            return [fields_of(row) for row in Draft.objects.filter(ended_at=None)]

    return asked(own)


def kill_tabs(browser):
    """Every tab's own process dies at once (SIGKILL): no unload, no beacon, no last words."""
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    tabs = [each["id"] for each in told["processInfo"] if each["type"] == "renderer"]
    assert tabs
    for number in tabs:
        os.kill(number, signal.SIGKILL)


def test_a_session_is_recorded_though_the_tab_is_killed(house, browser, new_context):
    people, done = appointed()
    done = do(
        people["heminzhi"], only(done, "notify"), "2026-03-04 10:00",
        on_day="2026-03-18", at_time="09:30", place="调解室一",
    )  # fmt: skip
    desk = Desk(new_context, house).log_in("heminzhi")
    desk.open(f"/task/{only(done, 'hold_session').pk}/")
    desk.page.check("[name=rights_read]")
    desk.page.fill("[name=agreed_facts]", "欠付属实。")
    box = desk.page.locator("[name=record]")
    box.press_sequentially(RECORD, delay=1000 / PER_SECOND)
    typed = len(box.input_value())
    kill_tabs(browser)
    (saved,) = kept()
    assert typed == len(RECORD)
    assert len(saved["record"][0]) >= typed - MOST_LOST
    assert saved["agreed_facts"] == ["欠付属实。"]

    # Opened again, the text is there; the record is finished and the next step chosen on the same page.
    again = Desk(new_context, house, width=390).log_in("heminzhi")
    again.open("/")
    again.page.click("td.next a")
    assert again.page.input_value("[name=record]") == saved["record"][0]
    assert again.page.is_checked("[name=rights_read]")
    assert "恢复" in again.page.inner_text("[data-mark]")
    again.page.fill("[name=record]", RECORD)
    again.page.click("details.snippets summary")
    again.page.click("[data-insert] >> nth=-1")  # a ready sentence goes where the cursor stands
    assert again.page.is_hidden("[name=extend_days]")
    again.page.select_option("[name=result]", "EXTENDED")
    assert again.page.is_visible("[name=extend_days]")
    again.page.select_option("[name=result]", "ANOTHER")
    again.page.click("button.button--main")
    again.page.wait_for_url(f"**/cases/{done.case.pk}/")
    session = asked(lambda: Session.objects.get(case=done.case))
    assert (session.state, session.record.splitlines()) == ("HELD", [RECORD, ONCE_MORE])
    assert kept() == []
    assert again.errors == []
