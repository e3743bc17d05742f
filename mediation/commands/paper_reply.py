"""An answer on paper moves the same steps that a liaison takes: one protocol, whoever holds the pen."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.commands import paper_reply as file
from casework.commands.referral_step import NotNow
from casework.models import PaperReply, Referral, User
from documents import storage, uploads
from mediation.engine import run
from mediation.models import Task

ANSWERS = ("ACCEPTED", "RETURNED", "DECLINED", "REDIRECTED")
REPORTS = ("PROGRESS", "RESULT")


@transaction.atomic
def reply_on_paper(
    referral: Referral,
    *,
    what: str,
    way: str,
    came_on: date,
    said_by: str,
    data: Mapping[str, Any],
    letter_number: str = "",
    scan: tuple[str, bytes] | None = None,
    by: User,
    at: datetime,
) -> PaperReply:
    """Keep the answer and its scan (name, bytes), then carry out the office's own steps with it.

    The office acted on the day on which its answer arrived, not when somebody found time to write it
    down: clocks start, stop and are kept by `came_on`.

    `what`: SIGNED, one of the four answers, PROGRESS or RESULT. `data`: the fields of the office's form.
    Raises: NotNow, Invalid (as the office's form says it), and what keeping and the steps refuse.
    """
    kept = file.keep_reply(
        referral, what=what, way=way, came_on=came_on, said_by=said_by, by=by, at=at,
        letter_number=letter_number, scan=_scan(scan) if scan else None,
    )  # fmt: skip
    signing = open_step(referral, "sign_for")
    if signing is not None:
        _carry_out(signing, {}, came_on, by, at)
    elif what == "SIGNED":
        raise NotNow(field="what")
    if what != "SIGNED":
        node = "answer" if what in ANSWERS else "follow_up"
        task = open_step(referral, node)
        if task is None:
            raise NotNow(field="what")
        _carry_out(task, {**data, "answer": what, "what": what}, came_on, by, at)
    return kept


def _scan(given: tuple[str, bytes]) -> tuple[str, str, str]:
    """Clean a scan and keep it. Raises: NotAPictureOrPdf, TooBig."""
    name, data = given
    made = uploads.cleaned(data)
    digest = hashlib.sha256(made.data).hexdigest()
    storage.write(made.data, digest)
    return name, made.media_type, digest


def open_step(referral: Referral, node: str) -> Task | None:
    """The open step of a referral's own process."""
    rows = Task.objects.filter(process__referral=referral, is_open=True, flow_task_type="HUMAN")
    return next((row for row in rows if row.flow_task.name == node), None)


def _carry_out(
    task: Task, data: Mapping[str, Any], came_on: date, by: User, at: datetime
) -> None:
    run.carry_out(
        task_id=task.pk, case_id=task.case_id, by=by, data=data, at=at, arrived=came_on
    )
