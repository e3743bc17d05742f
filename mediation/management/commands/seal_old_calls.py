"""manage.py seal_old_calls: anonymous callers from before the seal are put under it; papers that named them are renewed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from casework import clock
from casework.access.context import system
from casework.commands.old_seals import seal_call, unsealed
from documents.editions import renew
from documents.models import Paper

WHY = "来电人要求匿名，个人信息已封存"


class Command(BaseCommand):
    """Seals each call in a transaction of its own; running it again does nothing."""

    help = "Put anonymous callers from before the seal under seal (idempotent)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether only to look."""
        parser.add_argument("--check", action="store_true", help="count only, change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Seal, renew the call record's paper, and name older editions that still show the caller."""
        with transaction.atomic(), system("seal_old_calls"):
            rows = unsealed()
        if options["check"]:
            self.stdout.write(f"{len(rows)} anonymous calls stand open")
            return
        done = 0
        for row in rows:
            at = clock.now()
            with transaction.atomic(), system("seal_old_calls"):
                done += seal_call(row, at=at)
                if Paper.objects.filter(case_id=row.case_id, code="D01").exists():
                    renew("D01", case=row.case, by=None, at=at, reason=WHY)
        self.stdout.write(f"{done} of {len(rows)} anonymous calls put under seal")
