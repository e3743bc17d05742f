"""`manage.py backup_keys FILE`: the keys in one file, for a safe in another place."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.server import keys, places


class Command(BaseCommand):
    """Write all keys into one file that did not exist before, mode 0600."""

    help = "Write the keys into FILE. With --restore: put the keys of FILE in their place."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, outside the data folder; --restore reads it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--restore", action="store_true", help="put them back")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Copy there, or back. Raises: CommandError."""
        file: Path = options["file"].absolute()
        if options["restore"]:
            keys.restore(json.loads(file.read_text("utf-8")))
            self.stdout.write(f"The keys of {file} are in place.")
            return
        if file.is_relative_to(places.data()) or file.is_relative_to(places.CHECKOUT):
            raise CommandError("A copy beside the original is no copy: name a file elsewhere.")
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise CommandError(f"{file} exists; name a new file.") from error
        with os.fdopen(handle, "w", encoding="utf-8") as copy:
            json.dump({name: keys.text(name) for name in keys.OF_THE_FILE}, copy, indent=1)
        keys.note_backed_up()
        self.stdout.write(
            f"The keys lie in {file}. Take it to another place, and keep it closed."
        )
