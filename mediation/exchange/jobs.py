"""The exchange's work due now, and the sweep that finds it: nothing waits for a job that was lost."""

import time
from datetime import datetime, timedelta

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from casework.access.context import system
from casework.models import Incoming, InState
from mediation.engine import pump
from mediation.engine.jobs import with_fresh_connection
from mediation.exchange import applying, delivery, enclosures, reconcile

LOOK_AGAIN = timedelta(minutes=5)
MOST = 500
_tidied = [0.0]


@app.task(queue="exchange", name="deliver")
@with_fresh_connection
def deliver(number: int) -> None:
    """Deliver what is due to one peer."""
    delivery.deliver(number)


@app.task(
    queue="exchange", name="apply_events",
    retry=RetryStrategy(max_attempts=8, exponential_wait=2),
)  # fmt: skip
@with_fresh_connection
def apply_events(number: int) -> None:
    """Apply what can be applied on one strand."""
    applying.apply(number)


@app.task(queue="exchange", name="reconcile_peer")
@with_fresh_connection
def reconcile_peer(number: int) -> None:
    """Compare both lists with one peer."""
    reconcile.reconcile(number)


@app.task(queue="exchange", name="fetch_enclosed")
@with_fresh_connection
def fetch_enclosed(number: int) -> None:
    """Fetch the papers and files that one strand waits for."""
    enclosures.fetch(number)


def defer_apply(strand_id: int) -> None:
    """Defer the applying, in the transaction that keeps the event; one at a time on a strand."""
    app.configure_task("apply_events", lock=f"strand-{strand_id}").defer(number=strand_id)


def sweep(at: datetime) -> None:
    """Find what is due: peers to deliver to, events nobody applied, lists to compare."""
    with transaction.atomic(), system("exchange"):
        for peer_id in delivery.claim(at):
            app.configure_task("deliver").defer(number=peer_id)
        for strand_id in _forgotten(at):
            defer_apply(strand_id)
        for strand_id in enclosures.claim(at):
            app.configure_task("fetch_enclosed").defer(number=strand_id)
        for peer_id in reconcile.claim(at):
            app.configure_task("reconcile_peer").defer(number=peer_id)
    if time.monotonic() - _tidied[0] > 60:  # noqa: PLR2004 (seconds)
        _tidied[0] = time.monotonic()
        delivery.tidy(at)


def _forgotten(at: datetime) -> list[int]:
    """Strands with an event that should have been applied by now: its job was lost, or it waits."""
    rows = Incoming.objects.filter(state=InState.WAITING, look_at__lte=at).order_by("look_at")
    found = dict(rows.values_list("id", "strand_id")[:MOST])
    Incoming.objects.filter(pk__in=found).update(look_at=at + LOOK_AGAIN)
    return sorted(set(found.values()))


pump.every_second(sweep)
