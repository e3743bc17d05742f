"""What one event costs: statements and CPU of sending, receiving and applying. `python -m bench.exchange`."""

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from casework import clock
from casework.access.context import system
from casework.exchange import outbox
from casework.models import Referral, Strand
from config.server import scratch
from mediation.exchange import delivery

ROUNDS = 5


def measured(name, act):
    """Run, print statements and CPU milliseconds, answer what came."""
    begun = time.process_time()
    with CaptureQueriesContext(connection) as seen:
        found = act()
    spent = (time.process_time() - begun) * 1000
    print(f"{name:32} {len(seen):4} statements {spent:7.1f} ms CPU")
    return found


def main():
    """One referral a round: told, delivered to a system on this machine, answered, applied."""
    from tests.exchange.conftest import at, meet, serving
    from tests.process.referred import referred
    from tests.settled import settle

    with scratch.scratch(f"wufang_test_{os.getpid()}_bench"):
        people = settle()
        hrss = serving(meet("HRSS", "hrss-cq"))
        for number in range(1, ROUNDS + 1):
            done = referred(people)
            with at("2026-03-03 10:00"):
                with transaction.atomic(), system("bench"):
                    row = Referral.objects.get(case=done.case)
                    strand = Strand.objects.get(referral=row)
                    measured(
                        "write one event (tell)",
                        lambda s=strand: outbox.tell(s, "refused", at=clock.now()),
                    )
                measured("deliver two events", lambda: delivery.deliver(hrss.peer.pk))
                body = hrss.there.event("signed", strand.subject, 1, {})
                measured("receive one event (HTTP)", lambda b=body: hrss.post(b))
                measured("apply it (the liaison's step)", hrss.apply)
            print(f"-- round {number}")
        hrss.there.close()


if __name__ == "__main__":
    main()
