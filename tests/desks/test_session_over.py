"""The session of a worker or a firm ends while they write: the words stay, on the way back through both numbers."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client

from casework import clock
from tests.desks.portal import enter
from tests.desks.test_worker import matter, photograph, worker  # noqa: F401
from tests.pocket import Pocket, arrive
from tests.process.conftest import people  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=False)
SAYS = "我没有说过同意，\n“调解”<两个字>也没有。"


def fields(page):
    """The hidden fields of the page's first form, as a browser sends them."""
    rows = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.partition("</form>")[0]
    )
    return {name: html.unescape(value) for name, value in rows if name != "csrfmiddlewaretoken"}


def main_of(answer):
    """The page without its header, whose form is another."""
    return answer.content.decode().partition("<main")[2]


def back_in(client, page, gate, code, tail):
    """Both numbers and the one-time code, each form sent as it stands."""
    wrong = client.post(gate, {"code": code, "tail": "0000", **fields(page)})
    assert (
        fields(main_of(wrong))["held_text"] == SAYS
    )  # a slip of the finger loses nothing either
    asked = client.post(gate, {"code": code, "tail": tail, **fields(main_of(wrong))})
    sent = client.post(f"{gate}confirm/", {"send": "1", **fields(main_of(asked))})
    arrive()
    otp = re.search(r"\d{6}", Pocket.texts[-1][1])[0]
    return client.post(f"{gate}confirm/", {"otp": otp, **fields(main_of(sent))}, follow=True)


def test_a_workers_words_stay_and_are_sent_by_the_next_press(matter, worker):  # noqa: F811
    worker.session.flush()
    answer = worker.post("/track/say/", {"kind": "OBJECTION", "text": SAYS})
    assert answer.status_code == 403
    page = main_of(answer)
    assert "您写的话还在" in page
    assert "&lt;两个字&gt;" in page
    with clock.held_at(clock.now() + timedelta(minutes=2)):  # one message a minute
        done = back_in(worker, page, "/track/", matter[1], "5511")
    assert done.redirect_chain == [("/track/say/", 307)]
    page = main_of(done)
    assert html.unescape(re.search(r"<textarea[^>]*>([^<]*)<", page)[1]) == SAYS
    assert re.search(r'value="OBJECTION" checked', page)
    assert "还没有答复" not in page  # nothing was sent yet
    worker.post("/track/say/", {"kind": "OBJECTION", "text": SAYS})
    assert "还没有答复" in main_of(worker.get("/track/say/"))


def test_a_firms_answer_stays(matter):  # noqa: F811
    firm = enter(matter[0].pk, "R1", phone="13800005522")
    with_code = Client(headers={"accept-language": "zh-hans"})
    answer = with_code.post("/door/inside/", {"text": SAYS})
    assert answer.status_code == 403
    assert "您写的话还在" in main_of(answer)
    held = {"held_text": SAYS, "held_kind": ""}
    page = main_of(firm.post("/door/inside/", held))
    assert html.unescape(re.search(r"<textarea[^>]*>([^<]*)<", page)[1]) == SAYS
    assert "还没有答复" not in page


def test_photographs_that_did_not_arrive_are_told(matter, worker):  # noqa: F811
    worker.session.flush()
    answer = worker.post("/track/files/", {"files": [photograph()]})
    assert answer.status_code == 403
    assert "文件没有传到" in main_of(answer)


def test_before_the_one_time_code_words_wait_for_it(matter):  # noqa: F811
    client = Client(headers={"accept-language": "zh-hans"})
    client.post("/track/", {"code": matter[1], "tail": "5511"})
    answer = client.post("/track/say/", {"kind": "OBJECTION", "text": SAYS})
    assert answer.status_code == 403
    assert fields(main_of(answer))["held_text"] == SAYS
    assert 'action="/track/confirm/"' in main_of(answer)
    assert client.post("/track/paid/1/", {"yes": "1"})["Location"] == "/track/confirm/"
