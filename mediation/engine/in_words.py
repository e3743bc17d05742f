"""What stops a step below the engine, said in words that a person can use."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

from casework.commands.base import CommandRefused
from documents.facts.base import Contradiction, FactMissing
from documents.guard import Unprintable
from mediation.engine.errors import Conflict

LOCK_NOT_AVAILABLE = ("55P03", "40P01", "57014")


@contextmanager
def in_words() -> Iterator[None]:
    """A lock that could not be had, or a deadlock, is a Conflict; a paper that lacks a fact or cannot be
    printed refuses the step, naming what is missing.

    Raises: Conflict, CommandRefused.
    """
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) in LOCK_NOT_AVAILABLE:
            raise Conflict from error
        raise
    except (FactMissing, Contradiction, Unprintable) as error:
        raise CommandRefused(str(error)) from error
