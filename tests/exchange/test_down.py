"""An endpoint that does not answer: pauses that grow, a person's alarm, nothing lost when it is back."""

import itertools
from datetime import timedelta

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import system
from casework.models import Outgoing, Peer, Reconciliation
from mediation.exchange import delivery, jobs, reconcile
from tests.exchange.conftest import at
from tests.process.conftest import instant
from tests.process.journey import start
from tests.process.referred import referred
from tests.process.test_engine import in_system

pytestmark = pytest.mark.django_db
BEGIN = instant("2026-03-03 09:00")


def tick(door, moment):
    """What the pump and a worker do at one instant; true if the peer was tried."""
    with clock.held_at(moment), transaction.atomic(), system("test"):
        delivery.bury(moment)
        claimed = delivery.claim(moment)
    if claimed:
        delivery.deliver(door.peer.pk, now=lambda: moment)
    return bool(claimed)


def states(door):
    return in_system(
        lambda: list(Outgoing.objects.filter(peer=door.peer).values_list("state", flat=True))
    )


def next_try(door):
    """When the peer is due again: the event's own pause, and the peer's rest."""
    row = in_system(lambda: Outgoing.objects.get())
    rest = Peer.objects.get(pk=door.peer.pk).resting_until
    return max(filter(None, [row.next_at, rest])) + timedelta(seconds=1)


def test_a_week_of_silence_loses_nothing_and_does_not_hammer(people, hrss):
    referred(people)
    hrss.there.close()  # nobody listens on its port now
    tried = [BEGIN]
    while tick(hrss, tried[-1]) and tried[-1] < BEGIN + timedelta(days=7):
        tried.append(next_try(hrss))
    gaps = [b - a for a, b in itertools.pairwise(tried[:-1])]
    assert gaps[0] <= timedelta(seconds=61)
    assert timedelta(hours=5) < max(gaps) <= timedelta(hours=6, seconds=1)
    assert len(tried) < 40
    assert BEGIN + timedelta(hours=71) < tried[-1] < BEGIN + timedelta(hours=79)
    assert states(hrss) == ["DEAD"]  # 72 hours: a person is told, and it is not tried any more
    address = hrss.there.serve()
    Peer.objects.filter(pk=hrss.peer.pk).update(base_url=address)
    later = BEGIN + timedelta(days=7)
    with clock.held_at(later):
        found = reconcile.reconcile(hrss.peer.pk)
    assert (found.ours, found.theirs, found.resent, found.differences[0]["kind"]) == (1, 0, 0, "MISSING_THERE")  # fmt: skip
    assert tick(hrss, later)
    assert states(hrss) == ["DELIVERED"]
    assert len(hrss.there.said("offered")) == 1


@pytest.mark.parametrize("status", [500, 503, 429, 404, 302])
def test_what_may_pass_is_tried_again(people, hrss, status):
    referred(people)
    hrss.there.behave = lambda _request: status
    assert tick(hrss, BEGIN)
    row = in_system(lambda: Outgoing.objects.get())
    assert (row.state, row.attempts) == ("WAITING", 1)
    assert timedelta(seconds=53) < row.next_at - BEGIN <= timedelta(seconds=60)
    assert not tick(hrss, BEGIN + timedelta(seconds=50))
    hrss.there.behave = lambda _request: None
    assert tick(hrss, BEGIN + timedelta(seconds=61))
    assert states(hrss) == ["DELIVERED"]


def test_what_is_refused_for_good_is_a_dead_letter_at_once(people, hrss):
    referred(people)
    hrss.there.behave = lambda _request: 422
    tick(hrss, BEGIN)
    assert in_system(lambda: Outgoing.objects.get().is_refused)
    assert states(hrss) == ["DEAD"]
    with at("2026-03-04 09:00"):
        reconcile.reconcile(hrss.peer.pk)
    assert states(hrss) == ["DEAD"]  # only a person sends it again


def test_a_receipt_made_without_the_key_is_not_believed(people, hrss):
    referred(people)
    theirs = hrss.there.secret
    hrss.there.take = lambda _request, _body: (202, b"{}")
    hrss.there.secret = "somebody else's key, just as long as it should be"
    tick(hrss, BEGIN)
    row = in_system(lambda: Outgoing.objects.get())
    assert (row.state, row.problem[:10]) == ("WAITING", "not signed")
    hrss.there.secret = theirs
    tick(hrss, BEGIN + timedelta(minutes=2))
    assert states(hrss) == ["DELIVERED"]


def test_pauses_double_from_a_minute_to_six_hours():
    minutes = [delivery.pause(tries) / timedelta(minutes=1) for tries in range(1, 15)]
    for tries, found in enumerate(minutes):
        assert min(360, 2**tries) * 0.9 <= found <= min(360, 2**tries)


def test_what_the_worker_takes_back_before_it_left_leaves_without_its_data(people, hrss):
    done = referred(people)
    hrss.there.behave = lambda _request: 503
    tick(hrss, BEGIN)
    start(people["dengchuan"], "takeback.withdraw", "2026-03-03 10:00", done.case,
          matter="LABOUR_INSPECTION", reason="不想转了")  # fmt: skip
    hrss.there.behave = lambda _request: None
    for minutes in (61, 62, 63):
        tick(hrss, BEGIN + timedelta(minutes=minutes))
    assert hrss.there.said("offered") == [{"withheld": True}]
    assert hrss.there.said("withdrawn")[0]["reason"] == "不想转了"
    assert "邹世海" not in str(hrss.there.order)


def test_what_was_delivered_but_forgotten_there_is_sent_again_by_the_daily_comparison(
    people, hrss
):
    referred(people)
    assert tick(hrss, BEGIN)
    hrss.there.events.clear()  # their database was restored from last night
    hrss.there.order.clear()
    with transaction.atomic(), system("test"):
        Peer.objects.filter(pk=hrss.peer.pk).update(reconcile_at=BEGIN)
        assert reconcile.claim(BEGIN + timedelta(days=1)) == [hrss.peer.pk]
        assert reconcile.claim(BEGIN + timedelta(days=1)) == []
    with clock.held_at(BEGIN + timedelta(days=1)):
        found = reconcile.reconcile(hrss.peer.pk)
    assert (found.resent, found.differences[0]["kind"]) == (1, "MISSING_THERE")
    assert tick(hrss, BEGIN + timedelta(days=1, seconds=1))
    assert len(hrss.there.said("offered")) == 1
    with clock.held_at(BEGIN + timedelta(days=2)):
        assert reconcile.reconcile(hrss.peer.pk).resent == 0


def test_a_list_that_cannot_be_had_is_noted_and_asked_again(people, hrss):
    referred(people)
    hrss.there.close()
    with clock.held_at(BEGIN):
        found = reconcile.reconcile(hrss.peer.pk)
    assert found.problem
    assert Reconciliation.objects.get().problem == found.problem
    assert Peer.objects.get(pk=hrss.peer.pk).reconcile_at == BEGIN + timedelta(hours=6)


def test_the_sweep_defers_a_job_for_what_is_due_and_leases_the_peer(people, hrss):
    from django.db import connection

    referred(people)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE queue_name = 'exchange'")
        jobs.sweep(BEGIN)
        jobs.sweep(BEGIN + timedelta(seconds=1))
        cursor.execute(
            "SELECT task_name, args FROM procrastinate_jobs WHERE queue_name = 'exchange'"
        )
        assert [row[0] for row in cursor.fetchall()] == ["deliver"]
        jobs.sweep(BEGIN + timedelta(minutes=6))  # the lease of a killed worker is over
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'exchange'")
        assert cursor.fetchone() == (2,)
