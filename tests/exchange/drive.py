"""The people of one house, played by a program through the same steps as the screens.

`python -m tests.exchange.drive send 100`    the sending union: calls, triage, referrals; then what
                                             comes back: material supplied, some taken back
`python -m tests.exchange.drive answer 100`  the receiving union: signs, answers, reports results
"""

import os
import sys
import time
from contextlib import suppress

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.db import OperationalError, transaction  # noqa: E402

from casework import clock  # noqa: E402
from casework.access.context import system  # noqa: E402
from casework.commands.base import CommandRefused  # noqa: E402
from casework.models import Inbound, Incoming, Pack, Referral, Strand, User  # noqa: E402
from documents import issue  # noqa: E402
from mediation.engine import run  # noqa: E402
from mediation.engine.errors import AlreadyDone, Conflict, Invalid, NotFound, NotYours  # noqa: E402
from mediation.flows.inbound import InboundFlow  # noqa: E402
from mediation.flows.referral import ReferralFlow  # noqa: E402
from mediation.models import Task  # noqa: E402

MATTER = "CROSS_PROVINCE_COOPERATION"
CALL = {
    "phone": "13800005511", "name": "邹世海", "facts": "三个月工资没有发。", "cause": "A02.01",
    "classes": ["DISPUTE"], "employers": [{"name": "岚桥机电", "capacity": "用人单位"}],
    "claims": [{"code": "A02.01", "item": "拖欠工资", "amount_yuan": "18000.00"}],
    "district": "两江新区", "consents": ["EMPLOYER", "UNION_SICHUAN"], "apart_because": "另案",
}  # fmt: skip
TRIAGE = {
    "classes": ["DISPUTE"],
    "main_cause": "A02.01",
    "district": "两江新区",
    "priority": "NORMAL",
}
SECONDS_EACH = 6.0  # on a machine that others use too


def person(name):
    return User.objects.get(username=name)


def task_of(rows, node):
    return next((row for row in rows if row.flow_task.name == node), None)


def again(act):
    """Like a person who reads "somebody else is working on this case" and presses once more."""
    for _time in range(20):
        try:
            return act()
        except AlreadyDone:
            raise
        except Conflict:
            time.sleep(0.2)
    return act()


def do(task, by, **data):
    return again(lambda: run.complete(task_id=task.pk, by=by, data=data, at=clock.now()))


def send(count):
    """New calls, each with a referral to the neighbour; of ten, one is taken back at once and one later."""
    seat, manager = person("qinxiaoyue"), person("dengchuan")
    later = []
    for number in range(count):
        done = run.start(node="intake.record_call", by=seat, data=CALL, at=clock.now())
        done = do(task_of(done.open_tasks, "triage"), manager, **TRIAGE)
        done = again(lambda case=done.case: run.start(
            node="referral.refer", by=manager, at=clock.now(), case_id=case.pk,
            data={"matter": MATTER, "asked": f"请协助核查 {number}"},
        ))  # fmt: skip
        print_letters(done.case.pk)
        if number % 10 == 9:
            take_back(done.case, manager)
        if number % 10 == 8:
            later.append(done.case)
    for case in later:
        take_back(case, manager)
    follow(manager, 120 + count * SECONDS_EACH)


def print_letters(case_id):
    """What the worker of the papers does: the papers of the pack get their bytes, and their hash."""
    with transaction.atomic(), system("drive"):
        packs = Pack.objects.filter(referral__case_id=case_id).order_by("id")
        numbers = [number for pack in packs for number in pack.paper_ids]
        for number in numbers:
            issue.render_pending(number)


def take_back(case, manager):
    """The worker wants it back; where the office was faster, there is nothing left to take back."""
    with suppress(Invalid, CommandRefused):
        again(lambda: run.start(
            node="takeback.withdraw", by=manager, at=clock.now(), case_id=case.pk,
            data={"matter": MATTER, "reason": "已经私下解决"},
        ))  # fmt: skip


def follow(manager, patience):
    """Supply what is asked for, until nothing of ours is open any more."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        for task in waiting(ReferralFlow.supply):
            do(task, manager, words="补来一份")
            print_letters(task.case_id)
        with transaction.atomic(), system("drive"):
            if not Referral.objects.filter(ended_at__isnull=True).exists():
                return
        time.sleep(0.3)
    raise SystemExit("the answers did not come in time")


def answer(count):
    """Sign, answer and report until so many matters have come and ended."""
    manager = person("dengchuan")
    until = time.monotonic() + 120 + count * SECONDS_EACH
    while time.monotonic() < until:
        for node in (InboundFlow.sign_for, InboundFlow.answer, InboundFlow.report_back):
            for task in waiting(node):
                step(task, node.name, manager)
        with transaction.atomic(), system("drive"):
            came = (
                Strand.objects.count() >= count
            )  # one taken back before it left is a strand alone
            waits = Incoming.objects.filter(state="WAITING").exists()
            if (
                came
                and not waits
                and not Inbound.objects.filter(ended_at__isnull=True).exists()
            ):
                return
        time.sleep(0.2)
    raise SystemExit("the matters did not come in time")


def step(task, node, manager):
    """One step; a matter that its sender took back meanwhile is gone, and that is fine."""
    with transaction.atomic(), system("drive"):
        row = Inbound.objects.get(case_id=task.case_id)
    kind = int(row.asked.split()[-1]) % 10
    try:
        do(task, manager, **data_of(node, row, kind))
    except (AlreadyDone, NotFound, NotYours):
        pass
    except OperationalError:
        time.sleep(0.2)


def data_of(node, row, kind):
    """Two of ten are returned once, one declined; all others are taken and end with a result."""
    if node == "sign_for":
        return {}
    if node == "report_back":
        return {"what": "RESULT", "words": "已经办结", "result": "DONE"}
    if kind in (3, 4) and not row.missing:
        return {"answer": "RETURNED", "missing": "工资流水"}
    if kind == 5:
        return {"answer": "DECLINED", "reason_code": "NO_JURISDICTION", "reason": "不在本地"}
    return {"answer": "ACCEPTED", "handler": "邓川"}


def waiting(node):
    """The open tasks of a step, asked for by name: the cases have thousands of others."""
    with transaction.atomic(), system("drive"):
        return list(Task.objects.filter(is_open=True, flow_task=node).order_by("id"))


if __name__ == "__main__":
    {"send": send, "answer": answer}[sys.argv[1]](int(sys.argv[2]))
