"""Drafts as pages use them: found again, shown in the form, listed with words and address."""

import re
import secrets
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from casework.ids import as_id
from casework.models import Case, Draft, User
from casework.queries import drafts
from mediation.engine.asker import asker
from mediation.engine.registry import node_named
from mediation.models import Task

TASK = "task"
CALL = "intake.record_call"
OWN = ("csrfmiddlewaretoken", "draft_form", "draft_key", "draft_author", "add_row")
MARK = re.compile(r"[0-9a-f]{8}")
WORDS = 60


def typed_in(request: HttpRequest) -> dict[str, list[str]]:
    """What a request brings of a form, without what belongs to the page."""
    return {name: request.POST.getlist(name) for name in request.POST if name not in OWN}


def fits(form: str, key: str) -> bool:
    """Whether this names a form of the house and a key that its pages make."""
    if form == TASK:
        return as_id(key) > 0
    if form == CALL:
        return bool(MARK.fullmatch(key))
    case, _sep, mark = key.partition("-")
    try:
        return bool(node_named(form)) and as_id(case) > 0 and bool(MARK.fullmatch(mark))
    except KeyError:
        return False


def key_of(request: HttpRequest, form: str, owner: int | None) -> str:
    """The key of this page's draft: the task, else the case and a mark of the page, else the mark."""
    if form == TASK:
        return str(owner)
    begins = f"{owner}-" if owner else ""
    given = request.POST.get("draft_key") or request.GET.get("draft") or ""
    if given.startswith(begins) and fits(form, given):
        return given
    if owner and (row := drafts.newest(asker(request), form, begins)):
        return row.key
    return f"{begins}{secrets.token_hex(4)}"


def data_of(row: Draft) -> MultiValueDict[str, str]:
    """The text of a draft, as a form takes it."""
    return MultiValueDict(drafts.fields_of(row))


def unchecked(form: forms.Form) -> None:
    """Show a form with what was typed, without judging it yet."""
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    form.cleaned_data = {}


def frame_of(request: HttpRequest, form: str, key: str, row: Draft | None) -> dict[str, Any]:
    """What the page's form carries so that its text is kept."""
    others = len(drafts.waiting(asker(request))) - (1 if row else 0)
    return {
        "form": form, "key": key, "author": asker(request).pk,
        "url": reverse("draft", args=[form]),
        "state": "restored" if row else "", "at": row.saved_at if row else None, "others": others,
    }  # fmt: skip


def count_of(user: User) -> int:
    """How many drafts wait for a person."""
    return len(drafts.waiting(user))


def address_of(row: Draft) -> str:
    """The page that a draft belongs to."""
    if row.form == TASK:
        return reverse("task", args=[int(row.key)])
    if row.form == CALL:
        return f"{reverse('new_call')}?draft={row.key}"
    case, _sep, _mark = row.key.partition("-")
    return f"{reverse('start', args=[int(case), row.form])}?draft={row.key}"


def rows_of(user: User) -> dict[str, Any]:
    """The list of a person's drafts, and what can be put back."""
    waiting, dropped = drafts.waiting(user), drafts.dropped(user)
    tasks = {
        str(task.pk): task
        for task in Task.objects.filter(
            pk__in=[int(row.key) for row in (*waiting, *dropped) if row.form == TASK]
        ).select_related("process")
    }
    cases = Case.objects.in_bulk([_case_id(row, tasks) for row in (*waiting, *dropped)])
    return {
        "rows": [_row(row, tasks, cases) for row in waiting],
        "dropped": [_row(row, tasks, cases) for row in dropped],
    }


def _case_id(row: Draft, tasks: dict[str, Task]) -> int:
    if row.form == TASK:
        return tasks[row.key].case_id if row.key in tasks else 0
    case, sep, _mark = row.key.partition("-")
    return as_id(case) if sep else 0


def _row(row: Draft, tasks: dict[str, Task], cases: dict[int, Case]) -> dict[str, Any]:
    typed = drafts.fields_of(row)
    case = cases.get(_case_id(row, tasks))
    return {
        "id": row.pk, "at": row.saved_at, "title": _title(row, tasks), "url": address_of(row),
        "number": str(case) if case else "", "words": _first_words(typed),
        "form": row.form, "key": row.key,
    }  # fmt: skip


def _title(row: Draft, tasks: dict[str, Task]) -> str:
    if row.form == TASK:
        task = tasks.get(row.key)
        return str(task.flow_task.task_title) if task and task.flow_task else _("A step")
    try:
        return str(node_named(row.form).task_title)
    except KeyError:
        return _("A step")


def _first_words(typed: dict[str, list[str]]) -> str:
    """Who and what, for a list: the name, then the longest text; never a number or a code."""
    name = " ".join(typed.get("name", []))
    said = [value for values in typed.values() for value in values if not value.isascii()]
    longest = max(said, key=len, default="")
    words = "　".join(each for each in dict.fromkeys((name, longest)) if each)
    return words if len(words) <= WORDS else f"{words[: WORDS - 1]}…"
