"""Canaries: what a side said alone, and a sealed offer, reach nobody else, on no page, paper or ledger."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.access.context import as_person, system, tracking
from casework.commands.hearing_fixes import NeedsReason
from casework.commands.offers import (
    MOST_ROUNDS,
    NoMoreRounds,
    OfferIsIn,
    OffersOpened,
    where_offers_stand,
)
from casework.models import Case, Note, Party, SealedOffer
from documents.models import Paper
from mediation.engine.errors import Invalid
from mediation.forms.hearing import NotTheMediator
from mediation.views.agenda import token
from tests.process.stage_c import accepted, at, held, to_session

pytestmark = pytest.mark.django_db
ONE = [("A02.01", "拖欠工资", "18000.00")]
CANARIES = {
    "worker": "工人底线金丝雀甲",
    "employer": "单位底线金丝雀乙",
    "joint": "调解员心得金丝雀丙",
}
LEAST, MOST = "13579.24", "12468.13"


def noted():
    """A case with three private notes, and two offers that do not meet."""
    story = to_session(accepted(claims=ONE, firms=["砚石劳务"]))
    for about, text in CANARIES.items():
        story.start("mediator", "hearing.note", "2026-03-17 10:00", about=about, text=text)
    for side, yuan in (("WORKER", LEAST), ("EMPLOYER", MOST)):
        offer(story, side, yuan)
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("ANOTHER"))
    return story


def offer(story, side, yuan, when="2026-03-17 11:00", who="mediator", again=None):
    return story.start(who, "hearing.offer", when, side=side, yuan=yuan, again=again or yuan)


def pages_of(story, who) -> bytes:
    """Everything that a person of the house can open about the case, in one heap."""
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(story.people[who])
    starts = [f"hearing.{name}" for name in ("offer", "note", "extend", "withdraw")]
    addresses = [
        reverse("case", args=[story.case_id]), reverse("case", args=[story.case_id]) + "?papers=all",
        reverse("work"), reverse("agenda"), f"/api/v1/cases/{story.case_id}/",
        *(reverse("start", args=[story.case_id, node]) for node in starts),
        *(reverse("task", args=[task.pk]) for task in story.tasks()),
    ]  # fmt: skip
    with clock.held_at(at("2026-03-19 09:00")):
        return b"".join(client.get(address).content for address in addresses)


def stored(story) -> str:
    """Every text that the case left in the ledger and on papers."""
    with story.reading() as case, connection.cursor() as cursor:
        cursor.execute("SELECT payload::text FROM casework_event WHERE case_id = %s", [case.pk])
        ledger = " ".join(row[0] for row in cursor.fetchall())
        return ledger + " ".join(row.facts for row in Paper.objects.filter(case=case))


@pytest.mark.parametrize(
    "who", ["manager", "head", "recorder", "operator", "other", "stranger"]
)
def test_no_other_role_sees_a_canary_on_any_page(who):
    heap = pages_of(noted(), who).decode()
    for canary in (*CANARIES.values(), LEAST, MOST, "13,579.24", "12,468.13"):
        assert canary not in heap


def test_the_mediator_sees_the_own_notes_and_no_closed_offer():
    story = noted()
    with transaction.atomic(), as_person(story.people["mediator"]):
        assert {row.text for row in Note.objects.filter(case_id=story.case_id)} == set(
            CANARIES.values()
        )
        assert not SealedOffer.objects.exists()
    heap = pages_of(story, "mediator").decode()
    assert LEAST not in heap
    assert MOST not in heap


def test_ledger_and_papers_hold_no_canary():
    heap = stored(noted())
    for canary in (*CANARIES.values(), LEAST, MOST):
        assert canary not in heap


def test_the_database_shows_a_side_its_own_offer_and_nobody_a_note():
    story = noted()
    with transaction.atomic(), system("test"):
        worker = Party.objects.get(case_id=story.case_id, ref="W01")
        assert not Note.objects.exists(), "not even the system reads a note"
    with transaction.atomic(), tracking(story.case_id, worker.pk):
        assert [row.side for row in SealedOffer.objects.all()] == ["WORKER"]
        assert not Note.objects.exists()
    with connection.cursor() as cursor, transaction.atomic(), system("test"):
        cursor.execute(
            "SELECT string_agg(encode(yuan, 'escape'), ' ') FROM casework_sealedoffer"
        )
        assert LEAST not in (cursor.fetchone()[0] or "")


def test_offers_that_overlap_are_opened_for_the_mediator():
    story = to_session(accepted(claims=ONE, firms=["砚石劳务"]))
    first = offer(story, "EMPLOYER", "15000.00")
    assert "15000" not in first.say_once
    with pytest.raises(OfferIsIn):
        offer(story, "EMPLOYER", "16000.00")
    offer(story, "WORKER", "14000.00")
    with transaction.atomic(), as_person(story.people["mediator"]):
        case = Case.objects.get(pk=story.case_id)
        assert {str(v) for v in where_offers_stand(case)["sums"].values()} == {
            "14000.00",
            "15000.00",
        }
    with pytest.raises(OffersOpened):
        offer(story, "WORKER", "14500.00")


def test_nobody_feels_the_way_to_the_other_limit():
    story = to_session(accepted(claims=ONE, firms=["砚石劳务"]))
    for number in range(MOST_ROUNDS):
        offer(story, "WORKER", f"{15000 - number}.00")
        offer(story, "EMPLOYER", f"{10000 + number}.00")
    with pytest.raises(NoMoreRounds):
        offer(story, "EMPLOYER", "14999.00")


def test_a_slip_of_the_finger_is_caught_and_only_the_mediator_keeps_the_box():
    story = to_session(accepted(claims=ONE, firms=["砚石劳务"]))
    with pytest.raises(Invalid):
        offer(story, "WORKER", "15000.00", again="1500.00")
    story.people["other"].roles = ["mediator", "mediation_head"]
    story.people["other"].save()
    with pytest.raises(NotTheMediator):
        offer(story, "WORKER", "15000.00", who="other")


def test_a_feed_tells_times_and_no_names_and_dies_with_the_password():
    story = to_session(accepted(claims=ONE, firms=["砚石劳务"]))
    person, client = story.people["mediator"], Client()
    address = reverse("agenda-feed", args=[person.pk, token(person)])
    with clock.held_at(at("2026-03-16 09:00")):
        answer = client.get(address)
        text = answer.content.decode()
        assert answer["Content-Type"].startswith("text/calendar")
        assert "DTSTART:20260318T013000Z" in text
        assert "工人1" not in text
        assert "砚石" not in text
        story.start("mediator", "hearing.move_session", "2026-03-16 10:00", on_day="2026-03-19",
                    at_time="09:30", reason="出差")  # fmt: skip
        moved = client.get(address).content.decode()
        assert "DTSTART:20260319T013000Z" in moved
        assert "SEQUENCE:1" in moved
        person.set_password("another")
        person.save()
        assert client.get(address).status_code == 404


def test_a_session_file_is_for_those_who_see_the_case():
    story = to_session(accepted(claims=ONE, firms=["砚石劳务"]))
    with story.reading() as case:
        session = case.sessions.get()
    for who, code in (("mediator", 200), ("manager", 200), ("stranger", 404)):
        client = Client()
        client.force_login(story.people[who])
        with clock.held_at(at("2026-03-16 09:00")):
            assert client.get(reverse("agenda-file", args=[session.pk])).status_code == code


def test_moving_a_session_needs_a_reason():
    story = to_session(accepted(claims=ONE, firms=["砚石劳务"]))
    with pytest.raises((Invalid, NeedsReason)):
        story.start(
            "mediator",
            "hearing.move_session",
            "2026-03-16 10:00",
            on_day="2026-03-19",
            reason="",
        )
