"""The register of supervision letters: counted, filtered, and not found for strangers."""

import pytest
from django.test import Client

from casework import clock
from tests.process.stage_c import at
from tests.process.test_supervision import REMINDER, sent, story  # noqa: F401

pytestmark = pytest.mark.django_db


def page(user, address="/letters/"):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    with clock.held_at(at("2026-03-20 09:00")):
        return client.get(address)


def test_the_register_shows_letter_addressee_day_and_result(story):  # noqa: F811
    assert "还没有发过监督文书" in page(story.people["head"]).content.decode()
    sent(story, "2026-03-16", **REMINDER)
    shown = page(story.people["head"]).content.decode()
    assert "砚石劳务" in shown
    assert "2026-03-30" in shown or "03-30" in shown
    assert (
        "还没有发过" in page(story.people["head"], "/letters/?level=OPINION").content.decode()
    )
    story.do("陆遥", "answer_reminder", "2026-03-18 10:00", result="CORRECTED", words="已补发")
    assert "已整改" in page(story.people["陆遥"]).content.decode()


def test_pages_of_the_steps_show_the_letter(story):  # noqa: F811
    story.start("陆遥", "supervision.write", "2026-03-16 09:00", **REMINDER)
    shown = page(story.people["head"], f"/task/{story.task('approve')}/").content.decode()
    assert "保障农民工工资支付条例" in shown
    assert "核对二月工资台账" in shown


@pytest.mark.parametrize("who", ["stranger", "mediator", "operator"])
def test_strangers_find_no_register(story, who):  # noqa: F811
    assert page(story.people[who]).status_code == 404
