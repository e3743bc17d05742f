"""`manage.py rehearse FILE...`: play stories through the real system in a scratch database."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.server import door, scratch
from mediation.rehearsal import stage
from mediation.rehearsal.player import CannotGoOn
from mediation.rehearsal.reader import BadStory
from mediation.rehearsal.report import Report


class Command(BaseCommand):
    """Plays each story in a database of its own and says what came out."""

    help = "Play story files under a movable clock; exit 1 when something is not as expected."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE... [--json] [--keep]."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print the reports as JSON")
        parser.add_argument(
            "--keep", action="store_true", help="keep the databases, print their names"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check all files first, then play them one after the other."""
        try:
            stories = [stage.load(path) for path in options["files"]]
        except BadStory as error:
            raise CommandError(str(error), returncode=1) from error
        reports, stuck = [], False
        with door.open_database():
            for number, story in enumerate(stories):
                name = f"wufang_rehearsal_{os.getpid()}_{number}"
                with scratch.scratch(name, keep=options["keep"]):
                    report, problem = self._play(story)
                stuck = stuck or bool(problem)
                reports.append(report)
                if not options["json"]:
                    self.stdout.write(report.words() + "\n")
                if problem:
                    self.stderr.write(f"\n{problem}")
                if options["keep"]:
                    self.stderr.write(f"kept: database {name}")
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    [each.as_data() for each in reports],
                    ensure_ascii=False,
                    indent=2,
                    default=str,
                )
            )
        if stuck or any(report.failed for report in reports):
            raise CommandError("Not everything came out as expected.", returncode=1)

    @staticmethod
    def _play(story: Any) -> tuple[Report, str]:
        player = stage.player(story)
        try:
            return player.play(), ""
        except CannotGoOn as error:
            return player.report, str(error)
