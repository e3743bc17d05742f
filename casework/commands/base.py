"""What every command shares: the case lock and the typed refusal."""

from django.db import transaction
from django.utils.translation import gettext

from casework import together
from casework.access.context import acting
from casework.models import Case, User


class CommandRefused(Exception):
    """This cannot be done now.

    The message is the first argument, else the docstring of the class. `field` names the form field
    that it concerns, if one does.
    """

    def __init__(self, message: object = "", *, field: str | None = None) -> None:
        super().__init__(message or gettext(" ".join((type(self).__doc__ or "").split())))
        self.field = field


class CaseNotLocked(CommandRefused):
    """There is no such case in this context."""


def lock_case(case_id: int) -> Case:
    """Lock the case row for this transaction: always the first lock. Raises: CaseNotLocked.

    Within an act of the engine the row that is locked already comes again, until somebody changes it.

    NO KEY: a plain FOR UPDATE collides with deferred foreign keys of other rows at COMMIT.
    """
    return together.read(("casework_case",), ("lock", case_id), lambda: _lock(case_id))


def _lock(case_id: int) -> Case:
    rows = Case.objects.select_related("district").select_for_update(no_key=True, of=("self",))
    case = rows.filter(pk=case_id).first()
    if case is None:
        raise CaseNotLocked
    return case


def lock_lower_first(number: int, second: int | None, *, by: User) -> None:
    """Before an act on one case that changes a second too: the lower number is the first lock, whoever asks.

    Two people who put each to the other so wait for one another; neither is sent away by a deadlock.
    """
    if second is not None and second < number:
        with acting(number, by, also=second):
            lock_case(second)


def locked_pair(a: int, b: int) -> tuple[Case, Case]:
    """Lock two cases in ascending id (merge, split), answered in the order asked."""
    with transaction.atomic():
        locked = {case_id: lock_case(case_id) for case_id in sorted({a, b})}
    return locked[a], locked[b]
