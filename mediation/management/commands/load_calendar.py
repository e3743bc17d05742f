"""manage.py load_calendar FILE: an official holiday schedule; what was provisional is counted anew."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused
from casework.commands.calendar import check_schedule, load_schedule
from casework.models import CalendarLoad
from casework.rules.errors import RuleError
from mediation.engine import jobs


class Command(BaseCommand):
    """Loads years in the form of casework/rules/values/calendar.yaml."""

    help = "Load an official holiday schedule and count provisional deadlines anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether only to look or to leave the counting to the worker."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="compare only, load nothing")
        parser.add_argument("--later", action="store_true", help="let the worker count anew")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, count anew, report what moved: case, code, before, after."""
        try:
            text = options["file"].read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']} cannot be read: {error}") from error
        try:
            if options["check"]:
                checked = check_schedule(text)
                self._compared(checked.unchecked, checked.differences)
                return
            with transaction.atomic():
                load = load_schedule(text, by=None, at=clock.now())
                jobs.defer_recount(load.pk)
        except (CommandRefused, RuleError) as error:
            raise CommandError(str(error)) from error
        self._compared(load.unchecked, load.differences)
        if options["later"]:
            self.stdout.write("loaded; the worker counts anew")
            return
        # The worker, coming second with the same job, finds nothing left to move.
        self._report(jobs.count_anew(load.pk, clock.now()))

    def _compared(self, unchecked: Any, differences: Any) -> None:
        for year in unchecked:
            self.stdout.write(f"{year}: the library does not know this year yet, not checked")
        for row in differences:
            self.stdout.write(
                f"{row['on']}: {row['file']} in the file, {row['library']} in the library"
            )
        if not unchecked and not differences:
            self.stdout.write("file and library agree on every day")

    def _report(self, load: CalendarLoad) -> None:
        for row in load.moved:
            mark = "  provisional" if row["provisional"] else ""
            self.stdout.write(
                f"{row['number']}  {row['code']}  {row['before']} -> {row['after']}{mark}"
            )
        days = sum(row["before"] != row["after"] for row in load.moved)
        self.stdout.write(
            f"{load.counted} deadlines counted anew, {days} moved, "
            f"{len(load.moved) - days} confirmed"
        )
