"""An agreement built on one screen with the real paper beside it, and signed by both sides."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from casework import clock
from casework.access.context import system
from casework.models import Agreement, Employer, OneTimeCode, Party, Signature
from casework.notify import codes
from documents import issue, preview
from documents.models import Paper, Preview
from mediation.commands import signing
from mediation.models import Task
from mediation.rehearsal import stage
from tests.browser.conftest import Desk
from tests.browser.town import nothing_expected

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
BEFORE_DRAFT = 7  # acts of S07 up to the settlement
CODE = "482913"
SHOTS = os.environ.get("WUFANG_SHOTS", "")


def in_house(act):
    """Something in the house's database, from a thread without Playwright's loop."""

    def closed():
        with closing(connection), transaction.atomic(), system("test"):
            return act()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(closed).result()


def printed():
    """What the printers do."""

    def waiting():
        return (
            list(Preview.objects.filter(state="PENDING").values_list("pk", flat=True)),
            list(Paper.objects.filter(state="PENDING").values_list("pk", flat=True)),
        )

    looks, papers = in_house(waiting)
    for number in looks:
        in_house(lambda number=number: preview.print_preview(number))
    for number in papers:
        in_house(lambda number=number: issue.render_pending(number))


def picture(page, name):
    """For a look by eye: only where a folder is named."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def know(ref, act):
    """The code that was sent to a party, made known; the house's own check stays."""

    def tell():
        version, party = (
            Agreement.objects.latest("version"),
            Party.objects.get(case=case(), ref=ref),
        )
        subject = signing.subject_of(version.pk, party.pk, act)
        row = OneTimeCode.objects.filter(subject=subject).latest("made_at")
        OneTimeCode.objects.filter(pk=row.pk).update(code_hash=codes._hash(subject, CODE))

    in_house(tell)
    return CODE


def case():
    return Task.objects.filter(flow_task__contains="agreement").latest("created").case


@pytest.fixture
def draft(house):
    """The task of a draft: S07 up to the settlement; both sides have a mobile number."""
    whole = stage.load(settings.ROOT / "tests" / "scenarios" / "s07.yaml")
    player = stage.player(
        replace(whole, acts=whole.acts[:BEFORE_DRAFT], until=None, expect=nothing_expected())
    )
    player.queues = ["clocks"]
    player.play()

    with transaction.atomic(), system("test"):
        Employer.objects.filter(parties__case=case()).update(phone="13800002700")
        task = Task.objects.filter(flow_task__endswith="draft", finished=None).latest("created")
    return task.pk


def open_task(name):
    return in_house(lambda: Task.objects.filter(flow_task__endswith=name, finished=None).latest("created").pk)  # fmt: skip


def test_an_agreement_is_built_and_signed_by_both_sides(house, draft, chromium):
    mediator = Desk(chromium, house).log_in("fanglin")
    page = mediator.page
    build(mediator, page, draft)
    freeze(mediator, page)
    invite(mediator, page)
    by_link(house, chromium)
    finish(mediator, page)
    assert in_house(lambda: Agreement.objects.latest("version").state) == "SIGNED"
    seal(house, chromium)
    assert mediator.errors == []


def build(mediator, page, draft):
    """Typed on one screen; a look refuses what does not add up, then shows the paper."""
    mediator.open(f"/task/{draft}/")
    page.fill("[name=instalments-0-due_on]", next_workday(30))
    page.fill("[name=instalments-0-amount_yuan]", "100.00")
    page.check("[name=no_unlawful_waiver]")
    page.select_option("[name=penalty_kind]", "DAILY")
    page.fill("[name=penalty_value]", "5")
    page.keyboard.press("Alt+K")
    page.wait_for_selector("#look [role=alert]")
    total = page.input_value("[name=total_yuan]")
    page.fill("[name=instalments-0-amount_yuan]", total)
    page.click("button[formaction]")
    page.wait_for_selector("#sheet progress")
    printed()
    frame = page.wait_for_selector("#sheet iframe")
    address = mediator.house + frame.get_attribute("src")
    assert page.request.get(address).body().startswith(b"%PDF-")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        picture(page, f"draft-{width}")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.click("button.button--main")
    page.wait_for_load_state()


def next_workday(days):
    from datetime import timedelta

    from casework.queries.calendar import current

    return in_house(lambda: current().previous_working(clock.today() + timedelta(days=days)).isoformat())  # fmt: skip


def freeze(mediator, page):
    mediator.open(f"/task/{open_task('make_ready')}/")
    assert "万分之5" in page.inner_text("#main")
    page.check("[name=read_by_both]")
    picture(page, "ready-1280")
    page.click("button.button--main")
    page.wait_for_load_state()
    printed()


def invite(mediator, page):
    mediator.open(f"/task/{open_task('collect_signatures')}/")
    page.select_option("[name=decision]", "INVITE")
    page.check("[name=signed_by][value=R1]")
    page.click("button.button--main")
    page.wait_for_load_state()


def by_link(house, chromium):
    """The employer on a phone: a code opens the text, a second one signs it."""
    desk = Desk(chromium, house, width=390)
    page = desk.page

    def address():
        version = Agreement.objects.latest("version")
        party = Party.objects.get(case=version.case, ref="R1")
        return signing.link_of(version, party, at=clock.now(), days=7)

    path = "/s/" + in_house(address).split("/s/")[1]
    desk.open(path)
    assert "砺锋" not in page.content()
    page.click("button[name=send]")
    page.fill("#id_otp", know("R1", "open"))
    page.click("button.wbutton--main")
    page.wait_for_selector("ol.said")
    picture(page, "employer-390")
    page.click("button.wbutton--main[name=send]")
    page.fill("#id_otp", know("R1", "sign"))
    page.check("[name=read]")
    write_by_hand(page)
    picture(page, "employer-hand-390")
    page.click("button.wbutton--main")
    page.wait_for_selector("[role=status]")
    picture(page, "employer-signed-390")
    assert in_house(lambda: Signature.objects.get(party__ref="R1").proof_name) == "drawn.jpg"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert desk.errors == []


def write_by_hand(page):
    """Wipe takes all away; then a name is drawn with the mouse."""
    page.locator("[data-pad] canvas").scroll_into_view_if_needed()
    for again in (True, False):
        box = page.locator("[data-pad] canvas").bounding_box()
        page.mouse.move(box["x"] + 30, box["y"] + 90)
        page.mouse.down()
        for right, under in ((90, 25), (160, 100), (240, 30), (300, 80)):
            page.mouse.move(box["x"] + right, box["y"] + under, steps=4)
        page.mouse.up()
        assert page.input_value("[name=drawn]").startswith("data:image/png;base64,")
        if again:
            page.click("[data-wipe]")
            assert page.input_value("[name=drawn]") == ""
            page.locator("[data-pad] canvas").scroll_into_view_if_needed()


def finish(mediator, page):
    """The worker signs on paper at the desk; the mediator signs last."""
    mediator.open(f"/task/{open_task('collect_signatures')}/")
    assert "验证码" in page.inner_text("#main")
    page.check("[name=signed_by][value=W01]")
    page.check("[name=signed_by][value=mediator]")
    picture(page, "collect-1280")
    page.click("button.button--main")
    page.wait_for_load_state()


def seal(house, chromium):
    """Somebody else seals, and reads when it takes effect."""
    desk = Desk(chromium, house).log_in("luhong")
    desk.open(f"/task/{open_task('seal')}/")
    assert clock.today().isoformat() in desk.page.inner_text("#main")
    picture(desk.page, "seal-1280")
    desk.page.click("button.button--main")
    desk.page.wait_for_load_state()
    assert in_house(lambda: Agreement.objects.latest("version").state) == "IN_FORCE"
