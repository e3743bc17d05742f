"""What the database itself refuses, and acts on an agreement that race."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from casework.access.context import acting
from casework.models import (
    Agreement,
    Instalment,
    Share,
)
from tests.process.agreements import (
    DAY,
    race,
    ready_one,
    settled_one,
    small,
)

db = pytest.mark.django_db


@db(transaction=True)
def test_the_database_refuses_a_plan_that_does_not_add_up():
    story = settled_one()
    story.do("mediator", "draft", f"{DAY} 09:00", **small())
    with (
        pytest.raises(IntegrityError, match="add up"),
        transaction.atomic(),
        acting(story.case_id, None),
    ):
        Agreement.objects.update(total_yuan=Decimal("36000.01"))
    with (
        pytest.raises(IntegrityError, match="add up"),
        transaction.atomic(),
        acting(story.case_id, None),
    ):
        Instalment.objects.filter(number=1).update(amount_yuan=Decimal("12000.01"))


@db(transaction=True)
def test_the_database_refuses_another_plan_under_a_frozen_text():
    story = ready_one()
    with pytest.raises(IntegrityError), transaction.atomic(), acting(story.case_id, None):
        Instalment.objects.filter(number=1).update(due_on=date(2026, 5, 6))
    with pytest.raises(IntegrityError), transaction.atomic(), acting(story.case_id, None):
        Share.objects.filter(instalment__number=1).update(amount_yuan=Decimal("1.00"))


@db(transaction=True)
def test_signing_races_with_a_change_of_the_text():
    story = ready_one()
    everybody = ["W01", "R1", "mediator"]
    came = race(
        partial(
            story.do, "mediator", "collect_signatures", "2026-03-25 09:00", signed_by=everybody
        ),
        partial(
            story.do,
            "mediator",
            "collect_signatures",
            "2026-03-25 09:00",
            decision="CHANGE",
            reason="改",
        ),
    )
    assert came.count("done") == 1
    with story.reading() as case:
        state = Agreement.objects.get(case=case).state
    assert (state, story.names()) in [("SIGNED", ["seal"]), ("SUPERSEDED", ["draft"])]


@db(transaction=True)
def test_the_seal_races_with_a_withdrawal():
    story = ready_one()
    story.do(
        "mediator",
        "collect_signatures",
        "2026-03-25 09:00",
        signed_by=["W01", "R1", "mediator"],
    )
    came = race(
        partial(story.do, "manager", "seal", "2026-03-25 10:00"),
        partial(story.start, "head", "hearing.withdraw", "2026-03-25 10:00", reason="撤回"),
    )
    assert came.count("done") == 1
    with story.reading() as case:
        state = Agreement.objects.get(case=case).state
        assert (state, case.status) in [("IN_FORCE", "PERFORMING"), ("SUPERSEDED", "WITHDRAWN")]
