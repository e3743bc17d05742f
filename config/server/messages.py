"""The check of the Chinese catalogue: complete, not fuzzy, and as new as the code."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from config.server import places
from config.server.setup import shell

CATALOGUE = Path("config/locale/zh_Hans/LC_MESSAGES/django.po")
PACKAGES = ("casework", "documents", "mediation", "config")
ENTRY = re.compile(r'^msgid ((?:"(?:[^"\\]|\\.)*"\n)+)', re.MULTILINE)


def main() -> int:
    """Say what is wrong with the catalogue; 0 when nothing is."""
    if shutil.which("msgfmt") is None or shutil.which("xgettext") is None:
        shell.say("gettext is missing: sudo apt-get install gettext")
        return 1
    wrong = complaints()
    for line in wrong:
        shell.say(line)
    return 1 if wrong else 0


def complaints() -> list[str]:
    """Every complaint, one a line."""
    path = places.CHECKOUT / CATALOGUE
    if not path.exists():
        return [f"{CATALOGUE} is missing"]
    command = ["msgfmt", "--check", "--statistics", "-o", "/dev/null", str(path)]
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    found = said.stderr.splitlines() if said.returncode else []
    if "untranslated" in said.stderr or "fuzzy" in said.stderr:
        found.append(f"{CATALOGUE}: {said.stderr.strip()}")
    missing = sorted(ids_in_code() - ids_of(path.read_text("utf-8")))
    return found + [f"{CATALOGUE}: no entry for {text!r} (make messages)" for text in missing]


def ids_in_code() -> set[str]:
    """Every text that code and templates mark for translation, found in a copy of the tree."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for package in PACKAGES:
            ignore = shutil.ignore_patterns("locale", "static", "static_src", "__pycache__")
            shutil.copytree(places.CHECKOUT / package, copy / package, ignore=ignore)
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "zh_Hans"]
        subprocess.run(command, check=True, cwd=copy, stdout=subprocess.DEVNULL)
        return ids_of(
            (copy / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po").read_text("utf-8")
        )


def ids_of(catalogue: str) -> set[str]:
    """The msgids of a catalogue, its head left out."""
    joined = {"".join(re.findall(r'"(.*)"', found)) for found in ENTRY.findall(catalogue)}
    return joined - {""}


if __name__ == "__main__":
    sys.exit(main())
