"""Where a test is at home: in a bare database, or in one where the standing cast lives.

Districts, offices, routes and the cast are the same for every test that asks for `people`. They
are settled once for a process, in a database of its own, instead of once for each test.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.core.management import call_command
from django.db import transaction

from casework.access.context import system
from casework.models import User
from config.server import scratch
from mediation.rehearsal import cast

PREFIX = "wufang_test_"


def own(kind: str) -> str:
    """The name of a database of this process alone."""
    return f"{PREFIX}{os.getpid()}_{kind}"


def settle() -> dict[str, User]:
    """Districts, offices, routes and the standing cast in this database."""
    call_command("seed_reference", verbosity=0)
    with transaction.atomic(), system("test"):
        return cast.hire(cast.standing())


def inhabitants() -> dict[str, User]:
    """The people of a settled database, by user name."""
    with transaction.atomic(), system("test"):
        people = User.objects.select_related("district", "office")
        return {user.username: user for user in people}


class Home:
    """In which database the tests of this process that roll back are."""

    def __init__(self) -> None:
        self._inside = ExitStack()
        self.source = ""  # what a test with a database of its own gets a clone of

    def move(self, source: str) -> None:
        """Go to the settled database (`source`) or to the bare one (""); stay when there already."""
        if source != self.source:
            self._inside.close()
            if source:
                self._inside.enter_context(scratch.pointed_at(own("people")))
            self.source = source

    @contextmanager
    def settled(self) -> Iterator[str]:
        """Inside, there are a settled database and the source of its clones, named here."""
        source = own("cast")
        with ExitStack() as rooms:
            rooms.callback(scratch.drop, source)
            with scratch.scratch(source, keep=True):
                settle()
            rooms.callback(scratch.drop, own("people"))
            scratch.clone(own("people"), source)
            rooms.callback(self.move, "")
            yield source


HOME = Home()
