"""`manage.py doctor`: is everything there, and if not, which one command mends it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.server import doctor, door, keys
from config.server.doctor import Level


class Command(BaseCommand):
    """Look at everything that can be missing on a machine."""

    help = "Check fonts, roles, keys, holidays, disk, clocks; exit 1 on an error."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--keys-backed-up: somebody copied the key folder by other means."""
        parser.add_argument(
            "--keys-backed-up", action="store_true", help="the keys were copied"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print every finding; errors make it fail."""
        if options["keys_backed_up"]:
            keys.note_backed_up()
        errors = 0
        with door.open_database():
            for finding in doctor.examine():
                self.show(finding)
                errors += finding.level is Level.ERROR
        if errors:
            raise CommandError(f"{errors} to mend.")

    def show(self, finding: doctor.Finding) -> None:
        """One finding; its command stands below it."""
        style = {Level.ERROR: self.style.ERROR, Level.WARNING: self.style.WARNING}
        word = style.get(finding.level, self.style.SUCCESS)(f"{finding.level:8}")
        self.stdout.write(f"{word} {finding.says}")
        if finding.mend:
            self.stdout.write(f"         to mend it: {finding.mend}")
