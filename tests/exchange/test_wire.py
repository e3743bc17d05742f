"""What the wire brings: replayed, forged, late, doubled, cut; effect at most once, else a refusal in words."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import system
from casework.exchange import peers
from casework.models import Inbound, Incoming, Nonce, PeerKey
from tests.exchange.conftest import EVENTS, at, said
from tests.exchange.test_receiving import OFFER, SUBJECT, offered
from tests.process.conftest import instant
from tests.process.test_engine import in_system

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march():
    with at("2026-03-02 09:00"):
        yield


def test_a_request_replayed_a_hundred_times_has_one_effect(court):
    body = court.there.event("offered", SUBJECT, 1, OFFER)
    headers = court.there.headers("POST", EVENTS, body)
    answers = [court.post(body, headers=headers).status_code for _time in range(100)]
    assert answers == [202] + [409] * 99
    court.apply()
    assert in_system(lambda: Inbound.objects.count()) == 1


def test_an_event_sent_again_is_answered_in_the_same_way_and_applied_once(court):
    body = court.there.event("offered", SUBJECT, 1, OFFER)
    first, second = said(court.post(body)), said(court.post(body))
    assert (first["received"], first["known"], second["known"]) == (
        second["received"],
        False,
        True,
    )
    court.apply()
    assert court.apply() == 0
    assert in_system(lambda: Inbound.objects.count()) == 1


def flipped(text, place):
    return text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]


@pytest.mark.parametrize(
    "what", ["signature", "time", "nonce", "body", "path", "method", "key"]
)
def test_every_signed_part_counts(court, what):
    body = court.there.event("offered", SUBJECT, 1, OFFER)
    headers = court.there.headers("POST", EVENTS, body)
    path = EVENTS
    if what == "body":
        body = body.replace("三个月".encode(), "四个月".encode())
    elif what == "path":
        path = EVENTS + "?x=1"
    elif what == "method":
        headers = court.there.headers("PUT", EVENTS, body)
    else:
        name = f"Wufang-{what.capitalize()}"
        headers[name] = flipped(headers[name], 3)
    assert court.post(body, path=path, headers=headers).status_code == 401
    assert in_system(lambda: Incoming.objects.count()) == 0


@pytest.mark.parametrize(
    ("seconds", "status"), [(-301, 401), (-299, 202), (299, 202), (301, 401)]
)
def test_five_minutes_either_way(court, seconds, status):
    moment = instant("2026-03-02 09:00").timestamp() + seconds
    body = court.there.event("offered", SUBJECT, 1, OFFER)
    assert court.post(body, at=moment).status_code == status


def test_without_a_signature_nobody_comes_in(court):
    assert court.client.post(EVENTS, b"{}", content_type="application/json").status_code == 401
    assert court.client.get("/api/v1/exchange/list/").status_code == 401


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"specversion": "1.0"}', b"\xff\xfe", b"[" * 50_000, b'"\\ud800"'],
)
def test_what_is_no_event_is_refused_in_words(court, body):
    answer = court.post(body)
    assert answer.status_code == 422
    assert said(answer)["detail"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"source": "urn:wufang:hrss-cq"}, 422), ({"subject": "hrss-cq/1"}, 422),
        ({"type": "cn.wufang.referral.signed.v1"}, 422), ({"type": "x"}, 422),
        ({"sequence": "0"}, 422), ({"sequence": "x"}, 422), ({"time": "yesterday"}, 422),
        ({"subject": "wufang/123"}, 422), ({"data": []}, 422), ({"id": "x" * 65}, 422),
        ({"data": {"number": "a\x00b"}}, 422), ({}, 202),
    ],
)  # fmt: skip
def test_an_agency_speaks_for_itself_and_about_what_it_knows(court, change, status):
    event = json.loads(court.there.event("offered", SUBJECT, 1, OFFER)) | change
    answer = court.post(json.dumps(event).encode())
    assert answer.status_code == status, answer.content.decode()


def test_another_event_at_the_same_place_is_refused(court):
    offered(court)
    answer = court.post(court.there.event("offered", SUBJECT, 1, {**OFFER, "asked": "另一件"}))
    assert answer.status_code == 422


def test_an_answer_is_signed_with_the_same_key(court):
    body = court.there.event("offered", SUBJECT, 1, OFFER)
    headers = court.there.headers("POST", EVENTS, body)
    for sent in (body, b"{"):
        headers = court.there.headers("POST", EVENTS, sent)
        answer = court.post(sent, headers=headers)
        fits = court.there.receipt_fits(
            answer.status_code, answer.content, answer.headers["Wufang-Receipt"], headers["Wufang-Nonce"]
        )  # fmt: skip
        assert fits


def test_a_key_is_rotated_with_an_overlap_and_nothing_is_lost(court):
    at_once = clock.now()
    old = court.there.key, court.there.secret
    fresh, secret = in_system(lambda: peers.make_key(court.peer, at=at_once))
    assert in_system(lambda: peers.signing_key(court.peer, at=at_once).name) == old[0]
    offered(court)  # the old key still signs
    court.there.key, court.there.secret = fresh.name, secret
    body = court.there.event("withdrawn", SUBJECT, 2, {"reason": "x"})
    assert court.post(body).status_code == 202
    assert in_system(lambda: peers.signing_key(court.peer, at=at_once).name) == fresh.name
    court.there.key, court.there.secret = old
    assert court.post(body).status_code == 202
    with clock.held_at(at_once + timedelta(days=7, seconds=1)):
        assert court.post(body).status_code == 401
        court.there.key, court.there.secret = fresh.name, secret
        assert court.post(body).status_code == 202


def test_a_key_is_sealed_in_the_database(court):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM casework_peerkey")
        stored = bytes(cursor.fetchone()[0])
    assert court.there.secret.encode() not in stored
    assert PeerKey.objects.get().secret == court.there.secret


def test_a_closed_peer_is_not_heard(court):
    court.peer.is_open = False
    court.peer.save()
    assert court.post(court.there.event("offered", SUBJECT, 1, OFFER)).status_code == 401


def test_nonces_are_forgotten_when_the_window_would_refuse_them_anyway(court):
    offered(court)
    from casework.exchange.inbox import forget_nonces

    with transaction.atomic(), system("test"):
        assert forget_nonces(clock.now()) == 0
        assert forget_nonces(clock.now() + timedelta(minutes=16)) == 1
        assert Nonce.objects.count() == 0
