"""What one referral costs the database: as bench/referral.py counts it, held here to the goal."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.referral import FRAME, GOAL, TRIAGE, task_on
from tests.process.journey import called, do, only, start


def statements(act):
    with CaptureQueriesContext(connection) as seen:
        act()
    return [each["sql"] for each in seen.captured_queries if not FRAME.match(each["sql"])]


@pytest.fixture
def case(people):
    return do(
        people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE
    ).case


def sent(people, case):
    return start(
        people["dengchuan"], "referral.refer", "2026-03-03 09:00", case,
        matter="LABOUR_INSPECTION", asked="请核查",
    )  # fmt: skip


def test_sending_signing_and_answering_stay_within_thirty_statements_each(people, case):
    spent = {"send": len(statements(lambda: sent(people, case)))}
    for name, node, data in (
        ("sign for", "sign_for", {}), ("answer", "answer", {"answer": "ACCEPTED", "handler": "罗启明"}),
    ):  # fmt: skip
        task = task_on(case, node)
        spent[name] = len(
            statements(
                lambda task=task, data=data: do(
                    people["luoqiming"], task, "2026-03-04 09:00", **data
                )
            )
        )
    # Within the test's own transaction the context is set back once more at the end.
    assert all(count <= GOAL + 1 for count in spent.values()), spent


def test_the_case_is_locked_once_an_act_and_its_ledger_stays_whole(people, case):
    from casework import events

    seen = statements(lambda: sent(people, case))
    assert sum("FOR NO KEY UPDATE" in sql for sql in seen) == 1
    assert events.verify(case.pk) == []
