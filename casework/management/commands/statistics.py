"""manage.py statistics: feed the cockpit's numbers, count them all anew, or check them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.statistics import feed


class Command(BaseCommand):
    """The rollup of the cockpit."""

    help = "Count cases whose ledger grew; --rebuild counts every case, --check compares with a recount."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, if not only feed."""
        parser.add_argument(
            "--rebuild", action="store_true", help="forget the numbers and count anew"
        )
        parser.add_argument(
            "--check", action="store_true", help="fail if a number differs from a recount"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it; `--check` ends with an error that lists what differs."""
        done = feed.rebuild() if options["rebuild"] else feed.take_all()
        self.stdout.write(f"{done} cases counted")
        if options["check"]:
            if wrong := feed.check():
                raise CommandError("\n".join([*wrong[:50], f"{len(wrong)} numbers differ"]))
            self.stdout.write("every number equals a recount")
