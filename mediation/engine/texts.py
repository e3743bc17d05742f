"""Texts to phones as work due now: the sweep finds what is due, one job sends one text."""

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from casework import clock, notify
from mediation.engine import pump
from mediation.engine.jobs import with_fresh_connection


@app.task(queue="texts", name="send_text")
@with_fresh_connection
def send_text(number: int) -> None:
    """Try to send one text; if it does not leave, the sweep finds it again."""
    notify.deliver(number, clock.now())


def sweep(at: datetime) -> None:
    """Give each text that is due to a job."""
    with transaction.atomic():
        for number in notify.claim(at):
            app.configure_task("send_text").defer(number=number)


pump.every_second(sweep)
