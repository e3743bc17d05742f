"""An agreement built on one screen with the real paper beside it, signed by both sides by code, then sealed."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from casework import clock, tracking
from casework.access.context import system
from casework.models import Agreement, Employer, OneTimeCode, Party, Signature
from casework.notify import codes
from documents import issue, preview
from documents.models import Paper, Preview
from mediation.models import Task
from mediation.rehearsal import stage
from tests.browser import behind
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


def know():
    """The newest code that was sent, made known; the house's own check stays."""

    def tell():
        row = OneTimeCode.objects.latest("made_at")
        row.code_hash = codes._hash(row.subject, CODE)
        row.save(update_fields=["code_hash"])

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
    behind.away(player.play)

    with transaction.atomic(), system("test"):
        Employer.objects.filter(parties__case=case()).update(phone="13800002700")
        task = Task.objects.filter(flow_task__endswith="draft", finished=None).latest("created")
    return task.pk


def open_task(name):
    return in_house(lambda: Task.objects.filter(flow_task__endswith=name, finished=None).latest("created").pk)  # fmt: skip


def test_an_agreement_is_built_and_signed_by_both_sides(house, draft, new_context):
    mediator = Desk(new_context, house).log_in("fanglin")
    page = mediator.page
    build(mediator, page, draft)
    freeze(mediator, page)
    invite(mediator, page)
    firm(house, new_context)
    worker(house, new_context)
    ways = in_house(lambda: dict(Signature.objects.values_list("party__ref", "way")))
    assert ways == {"R1": "code", "W01": "code"}
    finish(mediator, page)
    assert in_house(lambda: Agreement.objects.latest("version").state) == "SIGNED"
    seal(house, new_context)
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
    page.check("[name=signed_by][value=W01]")
    page.click("button.button--main")
    page.wait_for_load_state()


def inside(house, new_context, ref, gate):
    """A party on a telephone: both numbers, a code, then the one button that asks for the signature."""

    def numbers():
        party = Party.objects.select_related("case").get(case=case(), ref=ref)
        code = tracking.make_code(case=party.case, party=party, by=None, at=clock.now())
        return code, tracking.phone_of(party)[-4:]

    code, tail = in_house(numbers)
    desk = Desk(new_context, house, width=390)
    page = desk.page
    desk.open(gate)
    page.fill("#id_code", code)
    page.fill("#id_tail", tail)
    page.click("button.wbutton--main")
    assert "砺锋" not in page.content()  # two numbers open no text
    desk.open(f"{gate}confirm/")
    page.click("button[name=send]")
    page.fill("#id_otp", know())
    page.click("button.wbutton--main")
    page.click("a.wbutton--main[href$='/sign/']")
    page.wait_for_selector("ol.said")
    page.click("button.wbutton--main[name=send]")
    return desk


def firm(house, new_context):
    """The employer at its door: reads, writes its name by hand, signs by code."""
    desk = inside(house, new_context, "R1", "/door/")
    page = desk.page
    picture(page, "employer-390")
    page.fill("#id_otp", know())
    page.check("[name=read]")
    write_by_hand(page)
    picture(page, "employer-hand-390")
    signed(desk, "employer")
    assert in_house(lambda: Signature.objects.get(party__ref="R1").proof_name) == "drawn.jpg"


def worker(house, new_context):
    """The worker in the portal: a wrong code signs nothing, the right one does."""
    desk = inside(house, new_context, "W01", "/track/")
    page = desk.page
    page.check("[name=read]")
    page.fill("#id_otp", "000000")
    page.click("button.wbutton--main")
    page.wait_for_selector(".wrong")
    picture(page, "worker-wrong-390")
    assert in_house(lambda: Signature.objects.filter(party__ref="W01").count()) == 0
    page.check("[name=read]")
    page.fill("#id_otp", know())
    signed(desk, "worker")


def signed(desk, who):
    """Pressed: the page says since when it is signed."""
    desk.page.click("button.wbutton--main")
    desk.page.wait_for_selector("p[role=status]:not([hidden])")
    picture(desk.page, f"{who}-signed-390")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not [each for each in desk.errors if "422" not in each]


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
    """The mediator reads who signed how, and signs last."""
    mediator.open(f"/task/{open_task('collect_signatures')}/")
    assert page.inner_text("#main").count("验证码") >= 2
    page.check("[name=signed_by][value=mediator]")
    picture(page, "collect-1280")
    page.click("button.button--main")
    page.wait_for_load_state()


def seal(house, new_context):
    """Somebody else seals, and reads when it takes effect."""
    desk = Desk(new_context, house).log_in("luhong")
    desk.open(f"/task/{open_task('seal')}/")
    assert clock.today().isoformat() in desk.page.inner_text("#main")
    picture(desk.page, "seal-1280")
    desk.page.click("button.button--main")
    desk.page.wait_for_load_state()
    assert in_house(lambda: Agreement.objects.latest("version").state) == "IN_FORCE"
