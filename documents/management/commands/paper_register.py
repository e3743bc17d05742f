"""`manage.py paper_register FILE`: the signed register of issued papers, for checking offline."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from casework import clock
from documents import proof, register
from documents.verify import page as checker


class Command(BaseCommand):
    """Write the signed register, and with --page the checker that carries it along."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to write."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--page", type=Path, help="also one HTML page with the register inside"
        )

    def handle(self, *, file: Path, page: Path | None, **_options: object) -> None:
        """Write, and tell the fingerprint to publish."""
        text = register.extract(clock.now())
        file.write_text(text, "utf-8")
        if page:
            page.write_text(_carrying(text), "utf-8")
        key = proof.jwk(proof.house_key().public_key())
        self.stdout.write(f"{file}: key {proof.fingerprint(key)}")


def _carrying(text: str) -> str:
    return checker.page(text)
