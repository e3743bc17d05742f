"""manage.py pump: claim due clocks and defer their jobs, until stopped."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from mediation.engine.pump import pump_for_ever


class Command(BaseCommand):
    """Sweeps the clocks."""

    help = "Sweep due clocks until SIGTERM."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until told to stop."""
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_a: stopped.set())
        pump_for_ever(stopped)
