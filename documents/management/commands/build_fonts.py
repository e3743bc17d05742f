"""`manage.py build_fonts`: cut the fonts of papers once."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from documents import fontbuild, fonts


class Command(BaseCommand):
    """Cut packaged fonts into the families that papers use."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--force` cuts them anew."""
        parser.add_argument("--force", action="store_true")

    def handle(self, *, force: bool, **_options: object) -> None:
        """Say what is done."""
        try:
            made = fontbuild.build(fonts.folder(), say=self.stdout.write, force=force)
        except fontbuild.SourceMissing as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("fonts cut" if made else "fonts are there")
        for remark in fonts.remarks():
            self.stdout.write(remark)
