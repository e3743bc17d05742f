"""`manage.py migrate` as the owner role: the app role owns nothing, so it may not."""

import time
from typing import Any

from django.core.management.commands import migrate
from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from config.server import door, roles

TRIES = 20
PAUSE_SECONDS = 1.0


class Command(migrate.Command):
    """Django's own command, through the owner's door, patient with people at work."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; when a lock is taken, let people go first and try again."""
        with door.open_database(), roles.as_owner():
            for left in reversed(range(TRIES)):
                try:
                    super().handle(*args, **options)
                    break
                except OperationalError as error:
                    if not left or not isinstance(error.__cause__, LockNotAvailable):
                        raise
                    self.stderr.write("A table is in use; trying again.")
                    time.sleep(PAUSE_SECONDS)
            roles.settle_rights()
