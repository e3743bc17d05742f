"""Acts that several tests begin with."""

from datetime import datetime
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from casework import clock
from casework.access.context import system
from documents import issue, letting_go
from documents.models import Paper
from mediation.engine import run
from tests.process.conftest import instant

DISPUTE = {
    "phone": "13800005511",
    "name": "邹世海",
    "facts": "三个月工资没有发。",
    "cause": "A02.01",
    "classes": ["DISPUTE"],
    "employers": [{"name": "岚桥机电", "capacity": "用人单位"}],
    "claims": [{"code": "A02.01", "item": "拖欠工资", "amount_yuan": "18000.00"}],
    "district": "两江新区",
    "consents": ["EMPLOYER", "HRSS"],
}
TRIAGE = {
    "classes": ["DISPUTE"], "main_cause": "A02.01", "district": "两江新区", "priority": "NORMAL",
}  # fmt: skip


def start(by: Any, node: str, at: str, case: Any = None, **data: Any) -> run.Done:
    moment = instant(at)
    with clock.held_at(moment):
        return run.start(
            node=node, by=by, data=data, at=moment, case_id=case.pk if case else None
        )


def do(by: Any, task: Any, at: str, **data: Any) -> run.Done:
    moment = instant(at)
    with clock.held_at(moment):
        return run.complete(task_id=task.pk, by=by, data=data, at=moment)


def only(done: run.Done, node: str) -> Any:
    """The one open task on a node."""
    (task,) = [each for each in done.open_tasks if each.flow_task.name == node]
    return task


def called(people: Any) -> run.Done:
    return start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:00", **DISPUTE)


def received(people: Any) -> run.Done:
    done = do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE)
    return do(
        people["dengchuan"],
        only(done, "receive_application"),
        "2026-03-03 09:00",
        agreeing=["R1"],
    )


def accepted(people: Any) -> run.Done:
    task = only(received(people), "decide_acceptance")
    return do(people["dengchuan"], task, "2026-03-04 09:00", decision="ACCEPT")


def moment(text: str) -> datetime:
    return instant(text)


def print_papers(case) -> None:
    """What the printing job does: every paper of the case that waits is printed."""
    with system("test"):
        waiting = list(
            Paper.objects.filter(case=case, state="PENDING").values_list("pk", flat=True)
        )
    for number in waiting:
        issue.render_pending(number)


def remove_what_was_let_go() -> None:
    """What the removing job does: files go whose rows were emptied."""
    for job in ProcrastinateJob.objects.filter(task_name="remove_files"):
        letting_go.remove(job.args["digests"])
