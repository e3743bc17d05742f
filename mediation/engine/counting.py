"""The cockpit's numbers follow the ledger within a second or two."""

from datetime import datetime

from casework.statistics import feed
from mediation.engine import pump


def sweep(_at: datetime) -> None:
    """Count a batch of the cases whose ledger grew."""
    feed.take()


pump.every_second(sweep)
