"""What the liaison's page shows: the referral, its open step, what was answered, and the next one."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework import clock
from casework.access.context import acting
from casework.models import Pack, Referral, User
from casework.queries.calendar import current
from casework.rules.lights import light
from documents.models import Paper
from mediation.desks.words import light_words
from mediation.engine import run
from mediation.forms.liaison import FollowForm, LiaisonForm
from mediation.forms.liaison_answer import AnswerForm
from mediation.forms.referral_words import REASON_WORDS, matter_name
from mediation.models import Process, Task

UNANSWERED = ("sign_for", "answer")
NODES = (*UNANSWERED, "follow_up")


def _waiting(user: User) -> list[Task]:
    """The open steps of the person's office, by deadline. Read under the person's own context."""
    rows = Task.objects.filter(
        office=user.office_id, is_open=True, flow_task_type="HUMAN",
        process__referral__isnull=False,
    )  # fmt: skip
    found = rows.select_related("process__referral").order_by("due_at", "id")
    return [each for each in found if each.flow_task and each.flow_task.name in NODES]


def open_task(row: Referral, user: User) -> Task | None:
    """The step that waits on a referral, if this person may do it."""
    found = next((each for each in _waiting(user) if each.process.referral_id == row.pk), None)
    return found if found is not None and run.may_do(found, user) else None


def form_of(row: Referral, user: User, data: Any = None, follow: bool = False) -> LiaisonForm:
    """The form of the step: whoever has not signed yet answers at once. Call under the case's context."""
    process = Process.objects.filter(referral=row, finished__isnull=True).order_by("id").last()
    kind = FollowForm if follow else AnswerForm
    return kind(data, by=user, at=clock.now(), case=row.case, process=process)


def page_of(
    row: Referral, task: Task | None, user: User, form: Any, url: Callable[..., str]
) -> dict[str, Any]:
    """Everything that referral/answer.html prints. `url` makes addresses within the way of coming."""
    with acting(row.case_id, user):
        process = Process.objects.filter(referral=row).order_by("id").last()
        if task is None:
            shown = LiaisonForm(by=user, at=clock.now(), case=row.case, process=process)
        else:
            follow = task.flow_task.name == "follow_up"
            shown = form or form_of(row, user, follow=follow)
        context = {"form": shown, **shown.context()}
    context["pack_papers"] = [
        {**each, "url": url(paper_id=each["id"])} for each in context.get("pack_papers", ())
    ]
    context["pack_files"] = [
        {**each, "url": url(file_id=each["id"])} for each in context.get("pack_files", ())
    ]
    context["signs_too"] = task is not None and task.flow_task.name == "sign_for"
    context["answered"] = _answered(row) if task is None else None
    context["slip_url"] = _slip(row, url)
    context["colleagues"] = list(colleagues(user)) if task is not None else []
    context["forwarded_to"] = row.desk_user.display_name if row.desk_user else ""
    context.update(_next(row, user, url))
    return context


def _answered(row: Referral) -> dict[str, Any]:
    """What the office said, in words, once nothing waits any more."""
    words = [str(row.get_state_display())]
    if row.reason_code:
        words.append(str(REASON_WORDS.get(row.reason_code, row.reason_code)))
    words += [each for each in (row.own_number, row.result_text or row.reason) if each]
    when = row.ended_at or row.answered_at
    return {
        "light": {"state": "done", "words": f"{clock.day(when):%m-%d}" if when else ""},
        "words": "　".join(words),
    }


def _slip(row: Referral, url: Callable[..., str]) -> str:
    """The newest reply slip (D04), if there is one."""
    papers = Paper.objects.filter(code="D04", subject_id=row.pk, life="VALID").order_by("-id")
    found = papers.first()
    return url(paper_id=found.pk) if found else ""


def _next(row: Referral, user: User, url: Callable[..., str]) -> dict[str, Any]:
    others: dict[int, Task] = {}
    for each in _waiting(user):
        answers = each.flow_task.name in UNANSWERED
        if answers and each.process.referral_id != row.pk:
            others.setdefault(each.process.referral_id, each)
    if not others:
        return {"next_one": None}
    task = next(iter(others.values()))
    due = clock.last_day(task.due_at) if task.due_at else None
    state = light_words(light(due, clock.today(), current())) if due else None
    return {
        "next_one": {
            "words": _("Next one (%(left)s left)") % {"left": len(others)},
            "about": matter_name(task.process.referral.matter),
            "light": state or {"state": "normal", "words": ""},
            "url": url(referral_id=task.process.referral_id),
        }
    }


def colleagues(user: User) -> QuerySet[User]:
    """The others of the office."""
    rows = User.objects.filter(office=user.office_id, is_active=True).exclude(pk=user.pk)
    return rows.order_by("display_name")


def file_of(referral_id: int, file_id: int) -> dict[str, Any] | None:
    """A file of an open pack of this referral, as the person may read it."""
    for pack in Pack.objects.filter(referral_id=referral_id).order_by("-number"):
        for each in pack.fields.get("files", []):
            if each["id"] == str(file_id):
                found: dict[str, Any] = each
                return found
    return None


def is_of(referral_id: int, paper_id: int) -> bool:
    """Whether a paper belongs to this very referral: to its open pack, or it is its reply slip."""
    if Pack.objects.filter(referral_id=referral_id, paper_ids__contains=[paper_id]).exists():
        return True
    return Paper.objects.filter(pk=paper_id, code="D04", subject_id=referral_id).exists()
