"""The pages of mediation and agreement: shown, refused with words, carried out by a browser."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework import clock
from tests.process.agreements import DAY, settled_one, small
from tests.process.stage_c import ONE, Story, accepted, at, held, to_session

pytestmark = pytest.mark.django_db


def browser(story: Story, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(story.people[who])
    return client


def fields(**rows: Any) -> dict[str, Any]:
    """Rows as a page sends them: name-0-column."""
    data: dict[str, Any] = {}
    for name, value in rows.items():
        if not isinstance(value, list) or (value and not isinstance(value[0], dict)):
            data[name] = value
            continue
        for number, row in enumerate(value):
            data |= {f"{name}-{number}-{column}": cell for column, cell in row.items()}
    return data


def page(story: Story, who: str, node: str, when: str, data: Any = None) -> Any:
    with clock.held_at(at(when)):
        client, address = browser(story, who), reverse("task", args=[story.task(node)])
        return client.get(address) if data is None else client.post(address, data)


def test_the_page_of_a_notice_says_what_to_change():
    story = accepted(claims=ONE, firms=("砺锋机械",))
    assert page(story, "manager", "appoint", "2026-03-13 10:00").status_code == 200
    done = page(story, "manager", "appoint", "2026-03-13 10:00", {"mediator": "c_mediator"})
    assert done.status_code == 302
    wrong = page(
        story,
        "mediator",
        "notify",
        "2026-03-13 10:00",
        {"on_day": "2026-03-28", "place": "调解室一"},
    )
    assert wrong.status_code == 422
    assert "2026-03-30" in wrong.content.decode()
    assert story.names() == ["notify"]


def test_a_session_is_recorded_by_a_browser():
    story = to_session(accepted(claims=ONE, firms=("砺锋机械",)))
    shown = page(story, "mediator", "hold_session", "2026-03-18 11:00").content.decode()
    # Each claim waits in a row of its own, still without an outcome; ready sentences name the sides.
    assert "1 拖欠工资 21,000.00" in shown
    assert "申请人工人1、被申请人砺锋机械（虚构）均到场" in shown
    open_sum = [{"claim": 1, "outcome": "", "agreed_yuan": "21000.00", "reason": ""}]
    told = fields(**held("ANOTHER", outcomes=open_sum))
    asked = page(story, "mediator", "hold_session", "2026-03-18 11:00", told)
    assert (asked.status_code, "outcomes" in asked.context["form"].errors) == (422, True)
    rows = [
        {"claim": 1, "outcome": "AGREED", "agreed_yuan": "21000.00", "reason": ""},
        {"claim": 2, "outcome": "AGREED", "agreed_yuan": "15000.00", "reason": ""},
    ]
    came = [
        {"ref": "W01", "name": "工人1", "capacity": "", "authority": "", "present": "true"},
        {"ref": "R1", "name": "郝工", "capacity": "", "authority": "", "present": "true"},
    ]
    told = fields(**held("SETTLED", outcomes=rows, attendance=came))
    asked = page(story, "mediator", "hold_session", "2026-03-18 11:00", told)
    assert "郝工" in str(
        asked.context["form"].errors["attendance"]
    )  # by what authority does he settle?
    came[1]["authority"] = "特别授权"
    data = fields(**held("SETTLED", outcomes=rows, attendance=came))
    assert page(story, "mediator", "hold_session", "2026-03-18 11:00", data).status_code == 302
    assert story.names() == ["draft"]


def test_the_agreement_is_drafted_and_signed_by_a_browser():
    story = settled_one()
    shown = page(story, "mediator", "draft", f"{DAY} 09:00")
    assert shown.status_code == 200
    assert "36000.00" in shown.content.decode()
    data = fields(**small(no_unlawful_waiver="on", accelerates="on"))
    assert page(story, "mediator", "draft", f"{DAY} 09:00", data).status_code == 302
    assert page(story, "mediator", "make_ready", f"{DAY} 10:00").status_code == 200
    done = page(story, "mediator", "make_ready", f"{DAY} 10:00", {"read_by_both": "on"})
    assert done.status_code == 302
    shown = page(story, "mediator", "collect_signatures", f"{DAY} 11:00")
    assert shown.status_code == 200
    some = {"signed_by": ["W01", "R1", "mediator"]}
    assert (
        page(story, "mediator", "collect_signatures", f"{DAY} 11:00", some).status_code == 302
    )
    assert page(story, "manager", "seal", f"{DAY} 12:00").status_code == 200


def test_a_stranger_finds_no_page():
    story = to_session(accepted(claims=ONE, firms=("砺锋机械",)))
    for who in ("stranger", "other"):
        assert page(story, who, "hold_session", "2026-03-18 11:00").status_code == 404
