"""`manage.py gallery DIR`: every paper from invented facts, and a contact sheet."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from documents.gallery import make


class Command(BaseCommand):
    """Print every paper from invented facts into a folder."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and optionally the codes wanted."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--only", nargs="*", default=[])

    def handle(self, *, folder: Path, only: list[str], **_options: object) -> None:
        """Print, and say what each cost."""
        for line in make(folder, only):
            self.stdout.write(line)
