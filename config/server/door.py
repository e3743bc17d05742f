"""One call for every command that needs the database, wherever it is."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from config.server import database, leftovers, locks, postgres, roles


@contextmanager
def open_database() -> Iterator[None]:
    """Have the database there inside the block: the outside server, or the embedded one.

    The embedded one is started when it does not run, and stopped again by its last user.
    A supervised process finds it running: it ends before the database does.
    Raises: postgres.CannotStart.
    """
    if database.is_outside() or leftovers.MARK in os.environ:
        yield
        return
    with postgres.running():
        with locks.alone(postgres.STARTING):  # two at once would change the same role
            roles.prepare_embedded()
        yield
