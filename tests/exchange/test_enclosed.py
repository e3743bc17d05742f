"""Papers and files of a pack that came by machine: fetched, checked by their hash, read by those who answer alone."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.access.context import system
from casework.models import Enclosed, Event, Inbound
from documents import storage
from mediation.exchange import delivery, enclosures
from tests.exchange.conftest import at
from tests.exchange.test_pages import as_, words
from tests.exchange.test_receiving import FIELDS, OFFER, SUBJECT, offered
from tests.process.conftest import instant
from tests.process.journey import do
from tests.process.referred import task_on
from tests.process.test_engine import in_system

pytestmark = pytest.mark.django_db
HERE = "/api/v1/exchange/referrals/2026-0417/"
PDF = b"%PDF-1.7 CANARY-OF-THE-LETTER"
PICTURE = b"\xff\xd8\xff\xe0 CANARY-OF-THE-PHOTOGRAPH"
BEGIN = instant("2026-03-02 09:00")


def digest(data):
    return hashlib.sha256(data).hexdigest()


def pack(**changes):
    files = [{"id": "7", "name": "工资条.jpg", "sha256": digest(PICTURE), "media_type": "image/jpeg",
              "size": len(PICTURE), "who": "W01"}]  # fmt: skip
    papers = [{"id": "5", "code": "X1", "title": "委派调解函", "number": "委5", "edition": 1}]
    told = {"number": 1, "purpose": "COURT_MEDIATION", "sha256": "a" * 64, "papers": papers}
    return {**told, "expires_on": "2026-04-02", "fields": {**FIELDS, "files": files}, **changes}


def lists(paper=PDF, state="READY"):
    row = {"id": "5", "sha256": digest(paper) if state == "READY" else "", "state": state}
    return json.dumps({"papers": [row]}).encode()


def gives(door, **changes):
    door.there.gives = {
        HERE: lists(), f"{HERE}papers/5/": PDF, f"{HERE}files/7/": PICTURE, **changes
    }  # fmt: skip


def fetched(moment=BEGIN):
    """What the pump and a worker do at one instant; how many came."""
    with clock.held_at(moment):
        with transaction.atomic(), system("test"):
            found = enclosures.claim(moment)
        return sum(enclosures.fetch(number, now=lambda: moment) for number in found)


def rows():
    return in_system(lambda: {row.kind: row for row in Enclosed.objects.all()})


def states():
    return {kind: row.state for kind, row in rows().items()}


def test_what_a_pack_encloses_is_fetched_checked_and_kept_sealed(people, court):
    gives(court)
    offered(court, pack=pack())
    assert states() == {"PAPER": "WAITING", "FILE": "WAITING"}
    assert fetched() == 2
    found = rows()
    assert (found["PAPER"].promised, found["FILE"].promised) == (digest(PDF), digest(PICTURE))
    assert (found["PAPER"].media_type, found["FILE"].title) == ("application/pdf", "工资条.jpg")
    assert storage.read(digest(PDF)) == PDF
    assert PDF not in storage.path_of(digest(PDF)).read_bytes()
    assert fetched(BEGIN + timedelta(days=1)) == 0
    assert len(court.there.asked) == 3  # the list, the paper, the file: each once


@pytest.mark.parametrize("kind", ["PAPER", "FILE"])
def test_bytes_with_another_hash_are_refused_and_a_person_is_told(people, court, kind):
    place = {"PAPER": "papers/5/", "FILE": "files/7/"}[kind]
    gives(court, **{HERE + place: b"%PDF-1.7 something else"})
    offered(court, pack=pack())
    assert fetched() == 1
    assert states()[kind] == "REFUSED"
    with pytest.raises(storage.BytesLost):
        storage.read(digest(b"%PDF-1.7 something else"))
    assert fetched(BEGIN + timedelta(days=1)) == 0  # only a person asks again
    manager = as_(people, "dengchuan")
    with at("2026-03-02 10:00"):
        assert reverse("exchange") in words(manager.get(reverse("work")))
        assert "hash" in words(manager.get(reverse("exchange")))
        address = reverse("exchange-enclosed", args=[rows()[kind].pk])
        for stranger in ("luoqiming", "zhongping", "qinxiaoyue"):
            assert as_(people, stranger).post(address, {"act": "again"}).status_code == 404
        manager.post(address, {"act": "settle", "note": " "})
        assert states()[kind] == "REFUSED"
        gives(court)
        manager.post(address, {"act": "again"})
    assert fetched(instant("2026-03-02 10:00")) == 1
    assert states()[kind] == "HERE"
    assert in_system(lambda: Event.objects.filter(kind="exchange.settled").count()) == 1


def test_settled_by_hand_it_is_asked_for_no_more(people, court):
    gives(court, **{f"{HERE}files/7/": b"GIF89a"})
    offered(court, pack=pack())
    fetched()
    manager = as_(people, "dengchuan")
    with at("2026-03-02 10:00"):
        address = reverse("exchange-enclosed", args=[rows()["FILE"].pk])
        manager.post(address, {"act": "settle", "note": "法院寄来了纸质件"})
        manager.post(address, {"act": "again"})
    assert states()["FILE"] == "SETTLED"
    assert fetched(BEGIN + timedelta(days=2)) == 0


def test_what_is_neither_pdf_nor_photograph_is_refused_though_its_hash_fits(people, court):
    program = b"MZ this is a program"
    named = {"id": "7", "name": "a.jpg", "sha256": digest(program)}
    gives(court, **{f"{HERE}files/7/": program})
    offered(court, pack=pack(papers=[], fields={**FIELDS, "files": [named]}))
    assert fetched() == 0
    assert states() == {"FILE": "REFUSED"}


def test_a_file_named_without_its_hash_is_refused_unasked(people, court):
    gives(court)
    offered(court, pack=pack(papers=[], fields={**FIELDS, "files": [{"id": "7", "name": "a"}]}))
    assert states() == {"FILE": "REFUSED"}
    assert fetched() == 0
    assert court.there.asked == []


def test_a_paper_that_is_not_printed_yet_is_asked_for_again(people, court):
    gives(court, **{HERE: lists(state="PENDING")})
    offered(court, pack=pack())
    assert fetched() == 1
    assert states() == {"PAPER": "WAITING", "FILE": "HERE"}
    assert fetched(BEGIN + timedelta(seconds=30)) == 0
    gives(court)
    assert fetched(BEGIN + timedelta(seconds=61)) == 1
    assert states()["PAPER"] == "HERE"


@pytest.mark.parametrize("status", [500, 503, 429, 302, 401])
def test_a_line_that_fails_is_tried_again_with_growing_pauses(people, court, status):
    gives(court)
    offered(court, pack=pack())
    court.there.behave = lambda _request: status
    assert fetched() == 0
    assert fetched(BEGIN + timedelta(seconds=50)) == 0
    assert rows()["FILE"].attempts == 1
    fetched(BEGIN + timedelta(seconds=61))
    assert rows()["FILE"].next_at > BEGIN + timedelta(seconds=160)
    court.there.behave = lambda _request: None
    assert fetched(BEGIN + timedelta(minutes=5)) == 2


def test_bytes_without_a_receipt_of_the_key_are_not_believed(people, court):
    gives(court)
    offered(court, pack=pack())
    theirs, court.there.secret = (
        court.there.secret,
        "somebody else's key, just as long as needed",
    )
    court.there.take = lambda request, _body: (200, court.there.gives[request.path])
    assert fetched() == 0
    assert "not signed" in rows()["FILE"].problem
    court.there.secret = theirs
    assert fetched(BEGIN + timedelta(minutes=2)) == 2


def test_after_three_days_a_person_is_told_and_it_comes_by_itself_when_they_answer(
    people, court
):
    gives(court)
    offered(court, pack=pack())
    court.there.behave = lambda _request: 503
    fetched()
    late = BEGIN + timedelta(hours=73)
    with clock.held_at(late), transaction.atomic(), system("test"):
        assert delivery.bury_enclosed(late) == 2
        assert delivery.revive(court.peer.pk, at=late) == 0
    court.there.behave = lambda _request: None
    assert fetched(late + timedelta(seconds=1)) == 2


def test_what_its_source_gives_no_more_is_left_without_an_alarm(people, court):
    court.there.gives = {}
    offered(court, pack=pack())
    assert fetched() == 0
    assert states() == {"PAPER": "GONE", "FILE": "GONE"}
    with at("2026-03-02 10:00"):
        page = words(as_(people, "dengchuan").get(reverse("exchange")))
    assert "委派调解函" not in page


def test_a_new_pack_names_more_and_what_came_is_not_fetched_twice(people, court):
    gives(court)
    row = offered(court, pack=pack())
    fetched()
    do(people["dengchuan"], task_on(row.case, "sign_for"), "2026-03-02 14:00")
    do(people["dengchuan"], task_on(row.case, "answer"), "2026-03-03 09:00", answer="RETURNED",
       missing="工资流水")  # fmt: skip
    more = b"%PDF-1.7 more"
    files = [
        *pack()["fields"]["files"],
        {"id": "8", "name": "流水.pdf", "sha256": digest(more)},
    ]
    gives(court, **{f"{HERE}files/8/": more})
    with at("2026-03-05 09:00"):
        court.tell("supplemented", SUBJECT, 2, {"words": "一份", "pack": pack(
            number=2, fields={**FIELDS, "files": files})})  # fmt: skip
    court.there.asked.clear()
    assert fetched(instant("2026-03-05 09:01")) == 1
    assert court.there.asked == [f"{HERE}files/8/"]


def doors(row):
    """The page of a matter's enclosures, and the address of each."""
    numbers = in_system(lambda: list(row.enclosed.values_list("pk", flat=True)))
    return [
        reverse("enclosed", args=[row.pk]),
        *(reverse("enclosed-file", args=[n]) for n in numbers),
    ]


def test_those_who_answer_read_them_and_nobody_else(people, court):
    gives(court)
    row = offered(court, pack=pack())
    fetched()
    with at("2026-03-02 10:00"):
        task = task_on(row.case, "sign_for")
        manager = as_(people, "dengchuan")
        page, *files = doors(row)
        assert page in words(manager.get(f"/task/{task.pk}/"))
        shown = words(manager.get(page))
        assert "委派调解函" in shown
        assert digest(PICTURE)[:16] in shown
        found = {manager.get(each).content for each in files}
        assert found == {PDF, PICTURE}
        answer = manager.get(files[0])
        assert answer["Content-Disposition"].startswith("attachment")
        assert in_system(lambda: Event.objects.filter(kind="evidence.viewed").count()) == 3
        for stranger in people:
            if people[stranger].has_perm("mediation.answer_inbound"):
                continue
            client = as_(people, stranger)
            for each in (page, *files):
                answer = client.get(each)
                assert answer.status_code == 404, (stranger, each)
                assert b"CANARY" not in answer.content
        for each in (page, *files):
            assert Client().get(each).status_code == 302
            answer = court.get(
                each
            )  # the key of the court's own system opens no page of people
            assert b"CANARY" not in answer.content


def test_another_district_finds_nothing(people, court):
    gives(court)
    row = offered(court, pack=pack())
    fetched()
    elsewhere = [
        name for name, each in people.items()
        if each.has_perm("mediation.answer_inbound") and each.district_id
        and each.district_id % 10_000 and each.district_id != row.case.district_id
    ]  # fmt: skip
    assert elsewhere
    with at("2026-03-02 10:00"):
        for name in elsewhere:
            client = as_(people, name)
            assert {client.get(each).status_code for each in doors(row)} == {404}


@pytest.mark.parametrize("how", ["withdrawn", "expired", "declined"])
def test_taken_back_expired_or_declined_they_are_read_by_nobody(people, court, how):
    gives(court)
    row = offered(court, pack=pack())
    fetched()
    if how == "withdrawn":
        with at("2026-03-02 11:00"):
            court.tell("withdrawn", SUBJECT, 2, {"reason": "当事人撤诉"})
    if how == "declined":
        do(people["dengchuan"], task_on(row.case, "sign_for"), "2026-03-02 10:30")
        do(people["dengchuan"], task_on(row.case, "answer"), "2026-03-02 11:00",
           answer="DECLINED", reason_code="NO_JURISDICTION", reason="不在本区")  # fmt: skip
    day = "2026-04-03 09:00" if how == "expired" else "2026-03-02 12:00"
    with at(day):
        page, *files = doors(row)
        manager = as_(people, "dengchuan")
        assert {manager.get(each).status_code for each in files} == {404}
        assert not any(each in words(manager.get(page)) for each in files)


def test_taken_back_while_they_were_on_the_way_they_are_not_fetched(people, court):
    gives(court)
    offered(court, pack=pack())
    with at("2026-03-02 11:00"):
        court.tell("withdrawn", SUBJECT, 2, {"reason": "当事人撤诉"})
    assert fetched(instant("2026-03-02 11:01")) == 0
    assert set(states().values()) == {"GONE"}
    assert court.there.asked == []
    assert in_system(lambda: Inbound.objects.get().state) == "WITHDRAWN"


def test_a_pack_of_a_system_that_has_no_address_is_not_waited_for(people, court):
    court.peer.base_url, court.peer.direction = "", "PULL"
    court.peer.save()
    offered(court, pack={**OFFER["pack"], "papers": pack()["papers"]})
    assert rows() == {}


@pytest.mark.parametrize(
    "papers",
    [None, "x", [1, None, {}], [{"id": "../../login"}], [{"id": "5" * 41}], {"id": "5"}],
)
def test_what_names_no_paper_in_order_is_passed_over(people, court, papers):
    offered(court, pack=pack(papers=papers, fields=FIELDS))
    assert rows() == {}
