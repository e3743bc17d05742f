"""Referrals: statements and CPU of sending, signing for and answering one.

`python bench/referral.py [rounds, 10]`, in a scratch database. Statements are counted as PostgreSQL
sees them; what only opens and closes the transaction (BEGIN, COMMIT, SAVEPOINT, RELEASE) stands in a
column of its own. They are as true on a shared machine as on a quiet one. The goal is 30 for sending
and for answering; tests/exchange/test_cost.py holds it.
"""

import os
import re
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django

django.setup()

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from casework.access.context import system
from config.server import door, scratch
from mediation.models import Task
from tests.process.journey import TRIAGE, called, do, only, start
from tests.settled import settle

GOAL = 30
FRAME = re.compile(r"(BEGIN|COMMIT|SAVEPOINT|RELEASE SAVEPOINT)\b")


def counted(act):
    """Run an act: what it answers, its statements, what opens and closes transactions, CPU ms."""
    with CaptureQueriesContext(connection) as seen:
        begun = time.process_time()
        answer = act()
        spent = (time.process_time() - begun) * 1000
    marks = [each for each in seen.captured_queries if FRAME.match(each["sql"])]
    return answer, len(seen.captured_queries) - len(marks), len(marks), spent


def task_on(case, node):
    """The open task of a case on a node."""
    with transaction.atomic(), system("bench"):
        rows = Task.objects.filter(case=case, is_open=True).select_related("process")
        return next(each for each in rows if each.flow_task.name == node)


def one(people):
    """One referral from sending to the answer: figures by act."""
    triage = only(called(people), "triage")
    case = do(people["dengchuan"], triage, "2026-03-02 10:00", **TRIAGE).case
    found = {"send": counted(lambda: start(
        people["dengchuan"], "referral.refer", "2026-03-03 09:00", case,
        matter="LABOUR_INSPECTION", asked="请核查"))}  # fmt: skip
    for name, node, data in (
        ("sign for", "sign_for", {}), ("answer", "answer", {"answer": "ACCEPTED", "handler": "罗启明"}),
    ):  # fmt: skip
        task = task_on(case, node)
        found[name] = counted(
            lambda task=task, data=data: do(
                people["luoqiming"], task, "2026-03-04 09:00", **data
            )
        )
    return found


def main() -> None:
    """Print the table; medians over the rounds, the first one (cold caches) left out."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with door.open_database(), scratch.scratch(f"wufang_bench_{os.getpid()}"):
        people = settle()
        runs = [one(people) for _each in range(rounds + 1)][1:]
    print(f"{'act':<10}{'statements':>11}{'framing':>11}{'CPU ms':>8}{'goal':>6}")
    for name in runs[0]:
        rows = [run[name][1:] for run in runs]
        sql, marks, spent = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"{name:<10}{sql:>11.0f}{marks:>11.0f}{spent:>8.1f}{GOAL:>6}")


if __name__ == "__main__":
    main()
