"""What can go wrong when somebody acts, in words that a person can use."""

from typing import TYPE_CHECKING

from django.db import DataError
from viewflow.workflow.exceptions import FlowLockFailed

from casework.commands.base import CommandRefused

if TYPE_CHECKING:
    from django.forms import Form

# PostgreSQL: lock not available, deadlock, serialization, unique, exclusion.
CONFLICT_STATES = ("55P03", "40P01", "40001", "23505", "23P01")


# The sign NUL, which the driver refuses without asking; a number out of range.
UNSTORABLE_STATES = (None, "22003")


class Conflict(Exception):
    """Somebody else is working on this case. Please look at it again and repeat what is still needed."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else (self.__doc__ or "")


class AlreadyDone(Conflict):
    """This step has already been done. Nothing was changed."""


class NotFound(Exception):
    """There is no such task for you."""


class NotYours(Exception):
    """Your role may see this task but not carry it out."""


class NotOffered(CommandRefused):
    """This act does not fit the case as it stands. Look at the case again: it may have moved on."""


class Invalid(Exception):
    """What was filled in cannot be used yet; the form says why, field by field."""

    def __init__(self, form: "Form") -> None:
        super().__init__(form.errors.as_json())
        self.form = form


def is_unstorable(error: Exception) -> bool:
    """Whether somebody sent what no row can hold: the sign NUL, or a number beyond 64 bits."""
    return isinstance(error, DataError) and (
        getattr(error.__cause__, "sqlstate", None) in UNSTORABLE_STATES
    )


def is_conflict(error: Exception) -> bool:
    """Whether an error means that somebody was faster: lock, deadlock, unique or exclusion."""
    if isinstance(error, (Conflict, FlowLockFailed)):
        return True
    return getattr(error.__cause__, "sqlstate", None) in CONFLICT_STATES
