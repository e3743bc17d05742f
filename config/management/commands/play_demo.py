"""`manage.py play_demo`: the demo case, from where it stopped; `up --demo` calls it."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from casework.access.context import system
from config.server import door
from config.server.demo import DONE
from documents.issue import content
from documents.models import Paper
from mediation.rehearsal import demo, living


class Command(BaseCommand):
    """Play the demo case, print what happened, lay its papers out, put open cases on the desks."""

    help = "Play the demo into the house's own database, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--open-cases also plays the cases that stand open on the desks."""
        parser.add_argument(
            "--open-cases", action="store_true", help="put open cases on the desks too"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the table of the play."""
        with door.open_database():
            played = demo.play()
            self.stdout.write(played.table)
            lay_out(Path(settings.WUFANG_DEMO_FOLDER) / "papers", cast("int", played.case_id))
            if options["open_cases"]:
                self.stdout.write(living.play())
            (Path(settings.WUFANG_DEMO_FOLDER) / DONE).touch()


def lay_out(folder: Path, case_id: int) -> None:
    """Write every paper of the case into a folder, readable; the house keeps them encrypted."""
    folder.mkdir(exist_ok=True)
    with transaction.atomic(), system("lay out the papers of the demo"):
        papers = list(Paper.objects.filter(case_id=case_id).order_by("issued_at", "pk"))
    for number, paper in enumerate(papers, start=1):
        path = folder / f"{number:02} {paper.code} {paper.title}.pdf"
        if not path.exists():
            with transaction.atomic(), system("lay out a paper of the demo"):
                pdf = content(paper)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(pdf)
