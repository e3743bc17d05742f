"""The live process in the worker's words: no title of the house, the same steps as a picture and as a list."""

import re
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import override
from viewflow.workflow import nodes

from casework import clock, tracking
from casework.access.context import acting, system
from casework.access.context import tracking as tracking_context
from casework.models import Case
from mediation.desks import told
from mediation.desks.told_words import TOLD
from mediation.engine import picture, registry
from mediation.models import Process
from tests.pocket import Pocket, arrive
from tests.process.conftest import people  # noqa: F401
from tests.process.journey import accepted, do, only, received, start

MOST = 25  # characters of a sentence that everybody can read
NOT_JOINED = (nodes.View, nodes.Timer, nodes.End, nodes.TerminateEnd)
UNTOLD = {
    "reminded", "chased", "recorded",  # ends of a reminder and of an act beside
    "limit", "limit_reached",  # beside the talks, which stay the step that runs
}  # fmt: skip


def words_of(name):
    title, rows = TOLD[name]
    return [title, *(said for _nodes, said in rows)]


@pytest.mark.parametrize("name", sorted(TOLD))
def test_every_step_that_a_worker_can_wait_at_has_words(name):
    house = registry.flow_named(name)
    named = [node for each, _said in TOLD[name][1] for node in each.split()]
    assert len(named) == len(set(named))
    there = {
        node.name
        for node in house.instance.nodes()
        if isinstance(node, NOT_JOINED) and getattr(node, "_attached_to", None) is None
    }
    assert there - set(named) - UNTOLD == set()
    assert set(named) <= set(house._nodes_by_name)
    titles = {}
    for language in ("zh-hans", "en"):
        with override(language):
            titles[language] = {str(node.task_title) for node in house.instance.nodes()}
            titles[language].add(str(house.process_title))
            said = [str(words) for words in words_of(name)]
        assert not set(said) & titles[language], language
        if language == "en":
            assert all(each.isascii() for each in said)
        else:
            assert all(re.fullmatch(r"[\u4e00-\u9fff，]+", each) for each in said), said
            assert max(len(each) for each in said) <= MOST


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", sorted(TOLD))
def test_the_picture_names_each_step_once_and_inside_its_box(name, language):
    with override(language):
        flow = told.flow_of(name)
        drawn = picture.draw(flow, {}, {})
    assert sorted(box.title for box in drawn["boxes"]) == sorted(
        step.task_title for step in flow.steps
    )
    assert drawn["words"] == []  # answers to questions of the house stand on no arrow
    for box in drawn["boxes"]:
        assert box.height >= 20 * len(box.lines)
        assert all(picture.length(line.text) <= 2 * box.radius for line in box.lines)
    begun = [step for step in flow.steps if not step.ins]
    assert begun  # the story begins somewhere,
    assert all(step.ins or step.outs for step in flow.steps)  # and every step belongs to it


def test_nodes_without_words_are_joined_and_a_limit_is_no_next_step():
    with override("zh-hans"):
        talks, inbound = told.flow_of("mediation").of, told.flow_of("inbound").of
    assert talks["begin"].leads_to == ["我们在给您找调解员"]
    ends = {"没有谈成", "申请撤回了", "谈成了"}
    assert set(talks["hold_session"].leads_to) == {*ends, "调解员正在约时间"}
    assert "事情退回那个单位了" in inbound["await_supply"].leads_to  # its own clock ends it


def opened(case):
    """The pages of the worker of a case, behind the code and the one-time code."""
    with transaction.atomic(), acting(case.pk, None):
        party = Case.objects.get(pk=case.pk).parties.get(ref="W01")
        code = tracking.make_code(case=case, party=party, by=None, at=clock.now())
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.post("/track/", {"code": code, "tail": "5511"})
    client.post("/track/confirm/", {"send": "1"})
    arrive()
    client.post("/track/confirm/", {"otp": re.search(r"\d{6}", Pocket.texts[-1][1])[0]})
    return client, party


def seen(client):
    """The lists and the pictures of the page: words by state each."""
    page = client.get("/track/steps/").content.decode()
    states = {"完成": "done", "现在": "live", "还没到": "todo", "不需要": "todo"}
    lists = [
        [(unescape(words), state) for state, words in re.findall(
            r'<li class="is-(\w+)".*?<span>([^<]+)<', block)]
        for block in re.findall(r'(?s)<ol class="wsteps">(.*?)</ol>', page)
    ]  # fmt: skip
    drawn = []
    for address in re.findall(r'<img src="(/track/steps/diagram[^"]+)"', page):
        answer = client.get(address)
        assert answer["Content-Type"] == "image/svg+xml"
        found = re.findall(r"<g [^>]*><title>([^<]+): ([^<]+)</title>", answer.content.decode())
        drawn.append([(words, states[state]) for words, state in found])
    return page, lists, drawn


@pytest.fixture
def pocket(settings):
    settings.WUFANG_NOTIFIER = "tests.pocket.Pocket"


@pytest.mark.django_db
def test_a_worker_reads_the_same_steps_in_list_and_picture_and_no_title_of_the_house(
    people,  # noqa: F811
    pocket,
):
    case = accepted(people).case
    client, _party = opened(case)
    page, lists, drawn = seen(client)
    assert len(lists) == len(drawn) == 3
    assert [sorted(each) for each in lists] == [sorted(each) for each in drawn]
    assert ("我们在给您找调解员", "live") in lists[0]
    assert ("我们受理了", "done") in lists[1]
    assert "下一步可能是：" in page
    assert "调解员正在约时间" in page
    assert re.search(r"现在由\S+总工会在办", page)
    assert re.search(r"从\d+月\d+日起", page)
    assert "<script" not in re.sub(r'<script[^>]* src="[^"]*"[^>]*>', "", page)
    with override("zh-hans"):
        house = {
            str(node.task_title)
            for name in TOLD
            for node in registry.flow_named(name).instance.nodes()
        }
    said = {words for rows in (*lists, *drawn) for words, _state in rows}
    assert not said & house
    client.cookies["django_language"] = "en"
    english = client.get("/track/steps/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "The mediator is arranging a time" in english


@pytest.mark.django_db
def test_what_is_the_houses_own_is_told_nowhere(people, pocket):  # noqa: F811
    """An approval looks like what is approved; to ask the other side is a process too, and not the worker's."""
    task = only(received(people), "decide_acceptance")
    case = task.case
    start(
        people["dengchuan"], "acceptance.contact", "2026-03-03 10:00", case,
        party="R1", way="phone", reached=True, answer="REFUSES",
    )  # fmt: skip
    client, party = opened(case)
    _page, *before = seen(client)
    assert len(before[0]) == 2
    assert ("我们在看能不能受理", "live") in before[0][0]
    do(
        people["dengchuan"], task, "2026-03-04 09:00", decision="REFUSE", ground="OTHER",
        reason="不属于劳动争议。",
    )  # fmt: skip
    assert seen(client)[1:] == tuple(before)
    with transaction.atomic(), system("test"):
        rows = list(Process.objects.filter(case=case))
    with transaction.atomic(), tracking_context(case.pk, party.pk):
        hidden = [row for row in rows if told.telling_of(row) is None]
    assert len(hidden) == 1
    for number in (hidden[0].pk, 1):
        assert client.get(f"/track/steps/diagram.svg?process={number}").status_code == 404
    for address in (f"/track/steps/diagram.svg?process={rows[0].pk}", "/track/steps/"):
        assert Client().get(address).status_code == 302
