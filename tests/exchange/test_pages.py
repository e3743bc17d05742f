"""What people see of the exchange: peers, what waits for them, matters from outside; each by who may."""

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Event, Incoming, Outgoing
from mediation.exchange import delivery
from tests.exchange.conftest import at
from tests.exchange.test_down import BEGIN, tick
from tests.exchange.test_receiving import OFFER, SUBJECT, by_hand, offered
from tests.process.referred import referred
from tests.process.test_engine import in_system

pytestmark = pytest.mark.django_db


def as_(people, who):
    client = Client(raise_request_exception=False)
    client.force_login(people[who], backend="casework.access.backend.RoleBackend")
    return client


def words(answer):
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_dead_letter_is_shown_on_the_work_page_and_sent_again_by_a_person(people, hrss):
    referred(people)
    hrss.there.behave = lambda _request: 422
    tick(hrss, BEGIN)
    manager = as_(people, "dengchuan")
    with at("2026-03-03 10:00"):
        assert reverse("exchange") in words(manager.get(reverse("work")))
        assert "422" in words(manager.get(reverse("exchange")))
        number = in_system(lambda: Outgoing.objects.get().pk)
        address = reverse("exchange-dead", args=[number])
        assert as_(people, "luoqiming").post(address, {"act": "again"}).status_code == 404
        assert as_(people, "zhongping").post(address, {"act": "again"}).status_code == 404
        manager.post(address, {"act": "settle", "note": " "})
        assert in_system(lambda: Outgoing.objects.get().state) == "DEAD"
        manager.post(address, {"act": "again"})
    assert in_system(lambda: Outgoing.objects.get().state) == "WAITING"
    hrss.there.behave = lambda _request: None
    with at("2026-03-03 10:01"):
        assert delivery.deliver(hrss.peer.pk) == 1
    assert in_system(lambda: Event.objects.filter(kind="exchange.settled").count()) == 1


def test_settled_by_hand_it_is_left_alone(people, hrss):
    referred(people)
    hrss.there.behave = lambda _request: 422
    tick(hrss, BEGIN)
    number = in_system(lambda: Outgoing.objects.get().pk)
    manager = as_(people, "dengchuan")
    with at("2026-03-03 10:00"):
        manager.post(
            reverse("exchange-dead", args=[number]), {"act": "settle", "note": "已电话告知"}
        )
        again = manager.post(reverse("exchange-dead", args=[number]), {"act": "again"})
        assert again.status_code == 302
    row = in_system(lambda: Outgoing.objects.get())
    assert (row.state, row.note) == ("SETTLED", "已电话告知")


def test_an_offer_that_could_not_be_used_waits_for_a_person_without_its_data(people, court):
    with at("2026-03-02 09:00"):
        court.tell("offered", SUBJECT, 1, {**OFFER, "pack": {"fields": {"facts": "不该看见"}}})
        manager = as_(people, "dengchuan")
        page = words(manager.get(reverse("exchange")))
        assert SUBJECT in page
        assert "不该看见" not in page
        number = in_system(lambda: Incoming.objects.get().pk)
        manager.post(reverse("exchange-refused", args=[number]), {"note": "已请法院重发"})
        assert SUBJECT not in words(manager.get(reverse("exchange")))
    assert in_system(lambda: Incoming.objects.get().note) == "已请法院重发"


@pytest.mark.parametrize(
    ("who", "exchange", "matters"),
    [
        ("dengchuan", 200, 200), ("weijia", 200, 200), ("yuanjing", 200, 404), ("admin", 200, 404),
        ("taoyan", 404, 200), ("heminzhi", 404, 404), ("gongwen", 404, 404),
    ],
)  # fmt: skip
def test_who_sees_which_page(people, court, who, exchange, matters):
    offered(court)
    client = as_(people, who)
    assert client.get(reverse("exchange")).status_code == exchange
    assert client.get(reverse("inbound")).status_code == matters
    assert client.get(reverse("new_inbound")).status_code == matters


def test_a_liaison_sees_the_matters_of_their_office_and_no_case(people, court):
    offered(court)
    by_hand(people)
    page = words(as_(people, "taoyan").get(reverse("inbound")))
    assert "（2026）委调9号" in page
    assert "417" not in page  # it came by machine, for another office of the court
    assert "/cases/" not in page
    assert "（2026）委调9号" not in words(as_(people, "shenmu").get(reverse("inbound")))
    assert "417" in words(as_(people, "dengchuan").get(reverse("inbound")))
