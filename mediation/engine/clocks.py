"""Clocks of the flows: a due date comes from the file, never from the flow."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from casework import clock
from casework.commands.deadline_rows import ends_at
from casework.models import Deadline, Timer, TimerState
from casework.rules.catalogue import seed
from casework.rules.errors import RuleError
from casework.together import later

RING_TASK = "flow.task"


class NoDeadline(Exception):
    """A clock was asked for, but the file holds no open deadline for it."""


def rule_name(code: str, on: date) -> str:
    """What a rule is called, in the language of the page; its code if no rule is in force."""
    try:
        rule, _by_code = seed().rule(code, on)
    except RuleError:
        return code
    return str(rule.name["zh" if (get_language() or "").startswith("zh") else "en"])


rule_title: Callable[[str], str] = lazy(lambda code: rule_name(code, clock.today()), str)


def deadline_of(process: Any, rule: str) -> Deadline:
    """The open deadline of a rule on the process's case (or on its referral). Raises: NoDeadline."""
    from mediation.models import open_deadline

    found = open_deadline(process, rule)
    if found is None:
        raise NoDeadline(rule)
    return found


def until(rule: str, *, share: float = 1.0) -> Callable[[Any], tuple[Deadline, datetime]]:
    """When a rule's deadline is over (24:00 of its due day), or a share of the way there."""

    def when(activation: Any) -> tuple[Deadline, datetime]:
        found = deadline_of(activation.process, rule)
        end = ends_at(found)
        if share < 1:
            begin = clock.instant(found.start)
            end = begin + (end - begin) * share
        return found, end

    when.rule = rule  # type: ignore[attr-defined]
    return when


def arm(task: Any, when: Callable[[Any], tuple[Deadline, datetime]], activation: Any) -> None:
    """Write the one Timer row for a waiting task, and mirror its instant on the task."""
    deadline, at = when(activation)
    task.scheduled = at
    task.due_at = at
    task.save()
    Timer.objects.create(
        case_id=task.process.case_id,
        deadline=deadline,
        task_id=task.pk,
        kind=RING_TASK,
        due_at=at,
    )


def disarm(task: Any) -> None:
    """Void the pending or claimed clock of a task."""
    later("clocks voided", ('"casework_timer"',), task.pk, _void)


def _void(task_ids: list[int]) -> None:
    waiting = [TimerState.PENDING, TimerState.CLAIMED]
    Timer.objects.filter(task_id__in=task_ids, state__in=waiting).update(state=TimerState.VOID)


def mirror(case_id: int) -> None:
    """Bring the tasks' instants in line after the file moved a deadline (same transaction)."""
    from mediation.models import Task, due_at

    waiting = Task.objects.select_related("process").filter(case_id=case_id, is_open=True)
    pending = dict(
        Timer.objects.filter(
            task_id__in=[task.pk for task in waiting], state=TimerState.PENDING
        ).values_list("task_id", "due_at")
    )
    for task in waiting:
        rule = getattr(task.flow_task, "due_rule", "")
        if task.pk in pending:
            task.scheduled = task.due_at = pending[task.pk]
            task.save()
        elif rule and (fresh := due_at(task.process, rule)):
            task.due_at = fresh
            task.save()
