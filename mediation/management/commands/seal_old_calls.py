"""manage.py seal_old_calls: anonymous callers from before the seal are put under it, also in papers."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from casework import clock
from casework.access.context import system
from casework.commands.old_seals import seal_call, under_seal, unsealed, words_under_seal
from casework.models import CallRecord
from documents.editions import renew
from documents.emptying import drop_previews, empty, naming
from documents.models import Paper

WHO, CODE = "seal_old_calls", "D01"
WHY = "来电人要求匿名，个人信息已封存"


class Command(BaseCommand):
    """Seals each call in a transaction of its own; running it again does nothing."""

    help = "Put anonymous callers from before the seal under seal (idempotent)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether only to look."""
        parser.add_argument("--check", action="store_true", help="count only, change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Seal, renew the call record's paper, empty its old editions, name other papers that still tell."""
        with transaction.atomic(), system(WHO):
            rows = unsealed()
        if options["check"]:
            self.stdout.write(f"{len(rows)} anonymous calls stand open")
            return
        done = sum(_seal(row) for row in rows)
        self.stdout.write(f"{done} of {len(rows)} anonymous calls put under seal")
        with transaction.atomic(), system(WHO):
            hidden = under_seal()
        for call in hidden:
            self._clear(call)

    def _clear(self, call: CallRecord) -> None:
        """Old editions and previews that hold the caller lose their contents; other papers are named."""
        words = words_under_seal(call)
        with transaction.atomic(), system(WHO):
            papers = naming(call.case, words)
            emptied = [row for row in papers if row.code == CODE and _empty(row)]
            looks = drop_previews(call.case, words)
        if emptied or looks:
            self.stdout.write(
                f"{call.case.number}: {len(emptied)} old call records emptied, {looks} previews gone"
            )
        for row in papers:
            if row not in emptied:
                self.stdout.write(
                    f"{call.case.number}: {row.code} (paper {row.pk}) still names"
                )


def _seal(row: CallRecord) -> bool:
    at = clock.now()
    with transaction.atomic(), system(WHO):
        sealed = seal_call(row, at=at)
        if Paper.objects.filter(case_id=row.case_id, code=CODE).exists():
            renew(CODE, case=row.case, by=None, at=at, reason=WHY)
        return sealed


def _empty(paper: Paper) -> bool:
    return empty(paper, at=clock.now(), reason=WHY)
