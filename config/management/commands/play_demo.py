"""`manage.py play_demo`: the demo case, from where it stopped; `up --demo` calls it."""

from typing import Any

from django.core.management.base import BaseCommand

from mediation.rehearsal import demo


class Command(BaseCommand):
    """Play the demo case and print what happened."""

    help = "Play the demo case into the house's own database, once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the table of the play."""
        self.stdout.write(str(demo.play()))
