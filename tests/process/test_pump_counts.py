"""The served pump feeds the cockpit: a call that comes in is counted without anybody asking."""

import subprocess
import sys
import time

from django.db import transaction

from casework.access.context import system
from casework.models import Cell
from config.server import places
from tests.process.conftest import people  # noqa: F401
from tests.process.journey import DISPUTE, start

PATIENCE = 60.0


def test_a_call_is_counted_by_the_pump(own_database, people):  # noqa: F811
    start(people["qinxiaoyue"], "intake.record_call", "2026-03-10 09:00", **DISPUTE)
    pump = subprocess.Popen([sys.executable, "manage.py", "pump"], cwd=places.CHECKOUT)
    try:
        until = time.monotonic() + PATIENCE
        while not counted():
            assert pump.poll() is None
            assert time.monotonic() < until, "the pump did not count the call"
            time.sleep(0.2)
    finally:
        pump.terminate()
        assert pump.wait(PATIENCE) == 0


def counted() -> bool:
    with transaction.atomic(), system("test"):
        return Cell.objects.filter(n__gt=0).exists()
