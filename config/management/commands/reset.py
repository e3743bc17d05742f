"""`manage.py reset`: ask, then forget the data of this checkout."""

import shutil
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.server import database, leftovers, locks, places, postgres

FORGOTTEN = ("database", "files", "demo", "owner", "keys", "home")
WORD = "forget"


class Command(BaseCommand):
    """Forget cases, papers and keys; fonts and programs stay."""

    help = "Forget all data of this checkout, after asking."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--yes is for scripts."""
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask, stop the database, forget. Raises: CommandError."""
        if database.is_outside():
            raise CommandError(
                "DATABASE_URL names an outside database: only its owner may empty it."
            )
        try:
            with locks.alone("up", wait=False):
                if not options["yes"]:
                    self.ask()
                leftovers.clear_supervised()
                postgres.stop()
                for name in FORGOTTEN:
                    shutil.rmtree(places.data() / name, ignore_errors=True)
        except locks.Held as held:
            raise CommandError(
                f"It is being served at {held}: stop that first (Ctrl-C)."
            ) from held
        self.stdout.write(f"Forgotten. `make run` begins anew in {places.data()}.")

    def ask(self) -> None:
        """Ask for a whole word. Raises: CommandError."""
        self.stdout.write(f"All cases, papers and keys in {places.data()} will be lost.")
        try:
            said = input(f"Type {WORD} to go on: ")
        except EOFError:
            said = ""
        if said.strip() != WORD:
            raise CommandError("Nothing was changed.")
