"""`manage.py report month 2026-03-31 LOGIN FILE`: the statistics (D33) that a person may see, as PDF."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casework import clock
from casework.access.context import as_person
from casework.models import User
from documents.compose import compose
from documents.facts.base import Imprint, digest, require
from documents.facts.d33 import SPANS
from documents.gather.common import city
from documents.gather.statistics import report
from documents.rendering import render


class Command(BaseCommand):
    """Count a day, week, month or year of the cases that somebody may see."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The span, a day in it, the log-in of the reporter, and the file."""
        parser.add_argument("span", choices=sorted(SPANS))
        parser.add_argument("on", type=date.fromisoformat)
        parser.add_argument("login")
        parser.add_argument("file", type=Path)
        parser.add_argument("--outside", action="store_true", help="hide counts under five")

    def handle(self, *, span: str, on: date, login: str, file: Path, outside: bool, **_options: object) -> None:  # fmt: skip
        """Count, print, and say how many pages."""
        user = User.objects.filter(username=login, is_active=True).first()
        if user is None or not user.has_perm("casework.view_case"):
            raise CommandError(f"{login} may not see cases")
        place = user.district.name if user.district else ""
        with transaction.atomic(), as_person(user):
            facts = report(
                span, on, office=f"{city()}{place}总工会", reporter=user.display_name, outside=outside
            )  # fmt: skip
        require(facts)
        at = clock.now()
        imprint = Imprint(
            code="D33", number="", issued_on=clock.day(at), issued_at=at, check="0" * 16,
            facts_sha256=digest("D33", facts), address="（报表不编查验码）",
        )  # fmt: skip
        sheet = render(compose(facts, imprint))
        file.write_bytes(sheet.pdf)
        self.stdout.write(f"{facts.title}: {sheet.pages} pages in {file}")
