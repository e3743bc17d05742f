"""Promises to call back: made, kept, tried again. None is ever dropped without a word."""

from datetime import datetime

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import CallBack, CallBackState, Case, User
from casework.queries.of_case import calls_of, workers_of


class PromisedAlready(CommandRefused):
    """A call back is promised already. Write down what came of it first."""


class NobodyToCall(CommandRefused):
    """No telephone number is on file: nobody can be called back."""


class WindowOver(CommandRefused):
    """The hours for the call lie in the past."""


class SettledAlready(CommandRefused):
    """What came of this promise is written down already."""


class NeedsNextTry(CommandRefused):
    """Nobody was reached: say when the next try is, so that the promise is not lost."""


@transaction.atomic
def promise(
    case: Case,
    *,
    begins_at: datetime,
    ends_at: datetime,
    why: str,
    by: User,
    at: datetime,
    follows: CallBack | None = None,
) -> CallBack:
    """Promise a call between two instants.

    Raises: WindowOver, PromisedAlready, NobodyToCall.
    """
    lock_case(case.pk)
    if ends_at <= at:
        raise WindowOver(field="call_back_on")
    if CallBack.objects.filter(case=case, state=CallBackState.OPEN).exists():
        raise PromisedAlready(field="call_back_on")
    if not _number_on_file(case):
        raise NobodyToCall(field="call_back_on")
    made = CallBack.objects.create(
        case=case, begins_at=begins_at, ends_at=ends_at, why=why, follows=follows,
        number=follows.number + 1 if follows else 1, promised_by=by, promised_at=at,
    )  # fmt: skip
    record(case, Kind.CALL_BACK_PROMISED, by=by, at=at, call_back=made.pk, window=hours(made),
           why=why, tries=made.number)  # fmt: skip
    return made


@transaction.atomic
def settle(
    row: CallBack,
    outcome: CallBackState,
    *,
    words: str,
    by: User,
    at: datetime,
    window: tuple[datetime, datetime] | None = None,
) -> CallBack:
    """Write down what came of a promise; not reached needs the `window` of the next try.

    Answers the next promise, else the one that ended.
    Raises: SettledAlready, NeedsNextTry, WindowOver.
    """
    lock_case(row.case_id)
    row.refresh_from_db()
    if row.state != CallBackState.OPEN:
        raise SettledAlready
    again = outcome == CallBackState.NOT_REACHED
    if again and window is None:
        raise NeedsNextTry(field="call_back_on")
    row.state, row.words, row.settled_by, row.settled_at = outcome, words, by, at
    row.save(update_fields=["state", "words", "settled_by", "settled_at"])
    record(row.case, Kind.CALL_BACK_SETTLED, by=by, at=at, call_back=row.pk, call_outcome=outcome,
           words=words, late=at > row.ends_at, tries=row.number)  # fmt: skip
    if not again or window is None:
        return row
    begins_at, ends_at = window
    return promise(
        row.case, begins_at=begins_at, ends_at=ends_at, why=row.why, by=by, at=at, follows=row
    )


def hours(row: CallBack) -> str:
    """The window by the wall clock: 2026-03-12 09:00-10:00."""
    begin, end = (each.astimezone(clock.SHANGHAI) for each in (row.begins_at, row.ends_at))
    return f"{begin:%Y-%m-%d %H:%M}-{end:%H:%M}"


def _number_on_file(case: Case) -> bool:
    """Whether a caller or a worker of the case can be called."""
    people = [call.caller for call in calls_of(case)] + [row.person for row in workers_of(case)]
    return any(person is not None and person.phone for person in people)
