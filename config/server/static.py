"""Static files, collected again only when they changed."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from config.server import accounts
from config.server.setup import stamps


def collect(target: Path) -> bool:
    """Collect the static files of all apps; False when nothing had changed."""
    mark = _mark(target)
    stamp = stamps.in_data("static")
    if target.is_dir() and stamps.is_fresh(stamp, mark):
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    accounts.give_tree(target, accounts.web())
    stamps.put(stamp, mark)
    return True


def _mark(target: Path) -> str:
    """Name, size and time of every static file."""
    lines = [str(target), repr(settings.STORAGES["staticfiles"])]
    for finder in get_finders():
        for name, storage in finder.list(["viewflow"]):
            found = Path(storage.path(name)).stat()
            lines.append(f"{name} {found.st_size} {found.st_mtime_ns}")
    return stamps.mark_of([], *sorted(lines))
