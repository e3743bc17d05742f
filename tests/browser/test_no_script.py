"""Without JavaScript: a liaison signs for a referral and accepts it, a worker reads where it is."""

import re
from dataclasses import replace

import pytest
from django.db import transaction

from casework import clock, tracking
from casework.access.context import acting, system
from casework.models import Case, Referral
from mediation.rehearsal import stage
from tests.browser import behind
from tests.browser.conftest import Desk
from tests.browser.town import STORIES, nothing_expected

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def referred(house):
    """A case with two referrals on their way; its tracking code."""
    whole = stage.load(STORIES / "s01.yaml")
    story = replace(whole, acts=whole.acts[:4], until=None, expect=nothing_expected())
    player = stage.player(story)
    player.queues = ["clocks"]
    behind.away(player.play)
    with transaction.atomic(), acting(player.begun, None):
        case = Case.objects.get(pk=player.begun)
        party = case.parties.get(ref="W01")
        code = tracking.make_code(case=case, party=party, by=None, at=clock.now())
        return house, player.begun, code, party.person.phone[-4:]


def test_liaison_and_worker_need_no_script(referred, new_context):
    house, case_id, code, tail = referred
    liaison = Desk(new_context, house, width=390, script=False).log_in("luoqiming")
    liaison.page.click("td.next a")
    liaison.page.click("button.button--main")
    liaison.open("/")
    liaison.page.click("td.next a")
    page = liaison.page
    page.check("[name=answer][value=ACCEPTED]")
    page.fill("[name=own_number]", "两江人社监立〔2026〕58号")
    page.fill("[name=handler]", "罗启明")
    page.fill("[name=expected_on]", "2026-12-20")
    page.click("button.button--main")
    assert "错误" not in page.title(), page.inner_text("main")[:600]
    with transaction.atomic(), system("test"):
        row = Referral.objects.get(case_id=case_id, agency_id="HRSS")
    assert (row.state, row.own_number) == ("ACCEPTED", "两江人社监立〔2026〕58号")
    worker = Desk(new_context, house, width=390, script=False)
    worker.open("/track/")
    worker.page.fill("#id_code", code)
    worker.page.fill("#id_tail", tail)
    worker.page.click("button.wbutton--main")
    assert worker.page.url.endswith("/track/status/")
    assert re.search("您好", worker.page.inner_text("main"))
