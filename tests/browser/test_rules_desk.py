"""The rules desk in a real Chromium: proposed, approved by another, closed to strangers; calculators without script."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest

from casework import clock
from tests.browser import looks
from tests.browser.conftest import Desk

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
SHOTS = os.environ.get("WUFANG_SHOTS", "")


def quiet(desk, name):
    """No console error, no violation, nothing too wide, at the width of a telephone and of a desk."""
    for width in (390, 1280):
        desk.page.set_viewport_size({"width": width, "height": 900})
        if SHOTS:
            desk.page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
        assert looks.violations(desk.page) == [], (name, width)
        assert looks.sideways(desk.page) <= 0, (name, width)
    assert desk.errors == [], name
    desk.page.set_viewport_size({"width": 1280, "height": 900})


def test_one_proposes_another_approves_and_a_stranger_finds_nothing(house, new_context):
    day = (clock.today() + timedelta(days=30)).isoformat()
    first = Desk(new_context, house).log_in("jiangheng")
    assert first.page.inner_text("h1") == "规则"
    quiet(first, "desk")
    first.page.click("text=修改 P-10")
    first.page.fill("[name=length]", "6")
    first.page.fill("[name=reason]", "联动单位商定")
    first.page.click("button.button--main")
    assert "错误" in first.page.title()
    quiet(first, "propose-error")
    first.page.fill("[name=effective_from]", day)
    first.page.click("button.button--main")
    quiet(first, "proposed")
    address = re.search(r"/rules/edit/\d+/", first.page.url).group()
    assert first.page.locator("[value=approve]").count() == 0

    second = Desk(new_context, house, script=False).log_in("bailu")
    second.open(address)
    second.page.click("[value=approve]")
    assert "已批准" in second.page.inner_text("body")
    first.open(address)
    quiet(first, "approved")
    first.open("/rules/calendar/")
    quiet(first, "calendar")
    first.open("/rules/")
    quiet(first, "desk-after")

    stranger = Desk(new_context, house).log_in("qinxiaoyue")
    for path in ("/rules/", "/rules/calendar/", address):
        assert stranger.open(path) == 404


def test_a_worker_works_out_overtime_without_log_in_and_without_script(house, new_context):
    worker = Desk(new_context, house, width=390, script=False)
    assert worker.open("/calculators/") == 200
    worker.page.click("text=加班费")
    for name, value in (("month_wage", "6000"), ("weekday_hours", "10")):
        worker.page.fill(f"[name={name}]", value)
    worker.page.click("button.wbutton--main")
    assert "必填" in worker.page.inner_text("body")
    assert worker.page.input_value("[name=month_wage]") == "6000"
    for name, value in (("restday_days", "2"), ("holiday_days", "1")):
        worker.page.fill(f"[name={name}]", value)
    worker.page.click("button.wbutton--main")
    assert "估算，不代表裁决结果" in worker.page.inner_text("main")
    with_script = Desk(new_context, house, width=390)
    for path in ("/calculators/", "/calculators/severance_n/", "/calculators/limitation/"):
        assert with_script.open(path) == 200
        quiet(with_script, f"public{path.replace('/', '-')}")
    with_script.open("/calculators/notice_pay/")
    with_script.page.fill("[name=last_month_wage]", "5000")
    with_script.page.click("button.wbutton--main")
    quiet(with_script, "public-result")
    if SHOTS:
        with_script.page.emulate_media(media="print")
        with_script.page.screenshot(path=Path(SHOTS) / "print.png", full_page=True)


def test_an_operator_works_out_a_sum_on_a_case(house, new_context):
    seat = Desk(new_context, house).log_in("qinxiaoyue")
    seat.open("/cases/")
    seat.page.click("main a[href*='/cases/'] >> nth=0")
    seat.page.click("text=测算")
    seat.page.click("text=加班费")
    for name in ("weekday_hours", "restday_days", "holiday_days"):
        seat.page.fill(f"[name={name}]", "2")
    seat.page.fill("[name=month_wage]", "6000")
    seat.page.click("button.button--main")
    quiet(seat, "case-result")
    seat.open(
        re.search(r"/cases/\d+/", seat.page.url).group() + "limitation/?ended_on=2025-12-01"
    )
    quiet(seat, "limitation")


def test_a_table_is_drafted_and_a_gap_is_named(house, new_context):
    first = Desk(new_context, house).log_in("jiangheng")
    first.open("/rules/table/priority/draft/")
    quiet(first, "table-draft")
    first.page.click("summary:has-text('U1')")
    first.page.check("[name=r0_drop]")
    first.page.fill("[name=reason]", "试一试")
    first.page.fill("[name=effective_from]", (clock.today() + timedelta(days=30)).isoformat())
    first.page.click("[name=check]")
    assert "缺口：没有一行适用" in first.page.inner_text("main")
    first.errors.clear()  # a browser logs every answer of 422
    quiet(first, "table-gap")
    for path in ("/rules/table/priority/", "/rules/causes/"):
        assert first.open(path) == 200
        quiet(first, path.strip("/").replace("/", "-"))


def test_a_fact_of_limitation_is_recorded_and_the_days_are_shown(house, new_context):
    seat = Desk(new_context, house).log_in("qinxiaoyue")
    seat.open("/cases/")
    seat.page.click("main a[href*='/cases/'] >> nth=0")
    case = re.search(r"/cases/\d+/", seat.page.url).group()
    seat.open(f"{case}limitation/")
    seat.page.select_option("[name=kind]", "ENDED")
    seat.page.fill("[name=on]", "2026-01-31")
    seat.page.click("button.button--main")
    assert "已登记" in seat.page.inner_text("body")
    quiet(seat, "limitation-recorded")
    seat.open(f"{case}deadlines/")
    quiet(seat, "deadlines")
