"""What a person does with the own list: put a step off with a reason, take it up again, have it open."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from casework import clock
from casework.access.context import acting, as_person
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import User
from mediation.engine.errors import NotFound
from mediation.engine.run import find_task, fresh, may_do
from mediation.models import Task

LONGEST_DAYS = 30
OPEN_MINUTES = 30  # a page that was opened longer ago holds nothing
PUT_OFF, HELD = "put_off", "held"


class NotAhead(CommandRefused):
    """Choose a day after today."""


class PastItsDay(CommandRefused):
    """This step is due before that day. A deadline is not put off here: ask for a longer one."""


class TooFarAhead(CommandRefused):
    """A step can be put off for thirty days at most."""


class WhyMissing(CommandRefused):
    """Say why it is put off."""


class NotOnYourList(CommandRefused):
    """This step is done, or it is somebody else's."""


def put_off(*, task_id: int, until: date, reason: str, by: User, at: datetime) -> Task:
    """Hide a step from the list until a day not after its due day.

    Raises: NotAhead, TooFarAhead, PastItsDay, WhyMissing, NotOnYourList.
    """
    today = clock.day(at)
    if not reason.strip():
        raise WhyMissing(field="reason")
    if until <= today:
        raise NotAhead(field="until")
    if until > today + timedelta(days=LONGEST_DAYS):
        raise TooFarAhead(field="until")
    return _change(
        task_id, by, at, kind=Kind.WORK_PUT_OFF,
        mark={"until": until.isoformat(), "why": reason.strip()[:120], "by": by.display_name},
    )  # fmt: skip


def take_up(*, task_id: int, by: User, at: datetime) -> Task:
    """Show a step that was put off again at once; also the undo. Raises: NotOnYourList."""
    return _change(task_id, by, at, kind=Kind.WORK_TAKEN_UP, mark=None)


@transaction.atomic
def _change(
    task_id: int, by: User, at: datetime, *, kind: Kind, mark: dict[str, str] | None
) -> Task:
    with as_person(by):
        case_id = _found(task_id, by).case_id
    with acting(case_id, by):
        case = lock_case(case_id)
        task = fresh(task_id)
        if not task.is_open or not may_do(task, by):
            raise NotOnYourList
        if (
            mark
            and task.due_at
            and date.fromisoformat(mark["until"]) > clock.last_day(task.due_at)
        ):
            raise PastItsDay(field="until")
        task.data = {name: task.data[name] for name in task.data if name != PUT_OFF}
        if mark:
            task.data[PUT_OFF] = mark
        task.save(update_fields=["data"])
        until, why = (mark["until"], mark["why"]) if mark else ("", "")
        record(case, kind, by=by, at=at, step=task.flow_task.name, until=until, why=why)
        return task


@transaction.atomic
def hold(*, task_id: int, by: User, at: datetime) -> None:
    """Say to the desk that this person has the step open; nobody is kept from doing it.

    It waits for no lock: who is at work on the row has it anyway. Raises: NotOnYourList.
    """
    with as_person(by):
        case_id = _found(task_id, by).case_id
    with acting(case_id, by):
        task = Task.objects.select_for_update(skip_locked=True).filter(pk=task_id).first()
        if task is None:
            return
        if not task.is_open or not may_do(task, by):
            raise NotOnYourList
        task.data[HELD] = {"id": str(by.pk), "by": by.display_name, "at": at.isoformat()}
        task.save(update_fields=["data"])


def _found(task_id: int, by: User) -> Task:
    try:
        return find_task(task_id, by)
    except NotFound as error:
        raise NotOnYourList from error


def held_by_other(task: Task, user: User, at: datetime) -> dict[str, str] | None:
    """Who else has the step open, since when; None after half an hour or for oneself."""
    held = task.data.get(HELD)
    if not held or held["id"] == str(user.pk):
        return None
    since = datetime.fromisoformat(held["at"])
    if at - since >= timedelta(minutes=OPEN_MINUTES):
        return None
    return {"who": held["by"], "at": f"{since.astimezone(clock.SHANGHAI):%H:%M}"}


def asleep(task: Task, today: date) -> dict[str, str] | None:
    """Until when, why and by whom a step is put off; None when its day has come."""
    mark: dict[str, str] | None = task.data.get(PUT_OFF)
    return mark if mark and date.fromisoformat(mark["until"]) > today else None


def each(
    task_ids: Sequence[int], act: Any
) -> tuple[list[Task], list[tuple[int, CommandRefused]]]:
    """Do one act on several steps, each by itself: what was done, and what was refused and why."""
    done: list[Task] = []
    refused: list[tuple[int, CommandRefused]] = []
    for task_id in task_ids:
        try:
            done.append(act(task_id=task_id))
        except CommandRefused as error:
            refused.append((task_id, error))
    return done, refused
