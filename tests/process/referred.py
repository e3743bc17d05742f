"""A matter on its way: referred, signed for, returned for material."""

from mediation.models import Task
from tests.process.journey import TRIAGE, called, do, only, start
from tests.process.test_engine import in_system


def referred(people, matter="LABOUR_INSPECTION", **data):
    done = do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE)
    return start(
        people["dengchuan"],
        "referral.refer",
        "2026-03-03 09:00",
        done.case,
        matter=matter,
        asked="请核查",
        **data,
    )


def task_on(case, node):
    return in_system(
        lambda: next(
            each
            for each in Task.objects.filter(case=case, is_open=True).select_related("process")
            if each.flow_task.name == node
        )
    )


def signed(people):
    done = referred(people)
    return do(people["luoqiming"], task_on(done.case, "sign_for"), "2026-03-03 14:00")


def returned(people):
    done = signed(people)
    do(people["luoqiming"], task_on(done.case, "answer"), "2026-03-04 09:00", answer="RETURNED",
       missing="工资流水")  # fmt: skip
    return done
