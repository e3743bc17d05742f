"""manage.py list_refusals: the docstrings that people read, where makemessages can see them."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

import casework
import mediation
from casework.access.roles import matrix
from casework.commands.base import CommandRefused
from mediation.engine.errors import Conflict

FILE = Path(settings.ROOT) / "config" / "refusals.py"
HEAD = '"""Words that stand in docstrings and data; made by `manage.py list_refusals`."""\n\n'


def listing() -> str:
    """A module that names every refusal's docstring and every role for translation."""
    for package in (casework, mediation):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name and ".management" not in module.name:
                import_module(module.name)
    words = {
        " ".join((each.__doc__ or "").split())
        for each in [*_below(CommandRefused), *_below(Conflict)]
    }
    words |= {row["label"] for row in matrix()["roles"].values()}
    words |= {role.replace("_", " ") for role in matrix()["roles"]}
    rows = "".join(f"    _({word!r}),\n" for word in sorted(words) if word)
    return (
        f"{HEAD}from django.utils.translation import gettext_noop as _\n\nWORDS = (\n{rows})\n"
    )


def _below(kind: type) -> list[type]:
    found: list[type] = [kind]
    child: type
    for child in kind.__subclasses__():
        found += _below(child)
    return found


class Command(BaseCommand):
    """Writes config/refusals.py."""

    help = "List the docstrings of refusals and the roles for translation."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the file."""
        FILE.write_text(listing(), encoding="utf-8")
