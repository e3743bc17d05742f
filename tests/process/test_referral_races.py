"""Two at once, or too late: an answer, a withdrawal and a supplement have one fate."""

import pytest
from django.db import transaction

from casework.access.context import acting
from casework.commands.consent import withdraw_consent
from casework.commands.referral import NoConsent, supplement, withdraw_referral
from casework.commands.referral_step import NotRunning
from casework.models import Consent, Pack, Referral, User
from mediation.engine.errors import AlreadyDone, Conflict
from mediation.models import Task
from tests.process.conftest import instant
from tests.process.journey import do, start
from tests.process.referred import returned, signed, task_on
from tests.process.test_engine import in_system, race


def test_answer_against_withdrawal_has_one_fate(own_people):
    for _round in range(3):
        done = signed(own_people)
        task = task_on(done.case, "answer")
        outcomes = race(
            lambda: do(
                own_people["luoqiming"],
                task,
                "2026-03-04 09:00",
                answer="ACCEPTED",
                handler="罗启明",
            ),
            lambda: start(
                own_people["dengchuan"],
                "takeback.withdraw",
                "2026-03-04 09:00",
                done.case,
                matter="LABOUR_INSPECTION",
                reason="本人要求",
            ),
        )
        state = in_system(lambda: Referral.objects.get(case=done.case).state)
        assert state in ("ACCEPTED", "WITHDRAWN"), outcomes
        open_tasks = in_system(
            lambda: Task.objects.filter(
                case=done.case,
                is_open=True,
                process__referral__isnull=False,
                flow_task_type="HUMAN",
            ).count()
        )
        assert open_tasks == (1 if state == "ACCEPTED" else 0)


def test_two_liaisons_at_once_count_once(own_people):
    done, first = signed(own_people), own_people["luoqiming"]
    in_system(
        lambda: User.objects.filter(pk=own_people["wenlan"].pk).update(office=first.office)
    )
    second = in_system(lambda: User.objects.get(username="wenlan"))  # now a colleague
    task = task_on(done.case, "answer")
    outcomes = race(
        *(
            lambda: do(
                who, task, "2026-03-04 09:00", answer="ACCEPTED", handler=who.display_name
            )
            for who in (first, second)
        )
    )
    losers = [each for each in outcomes if isinstance(each, Exception)]
    assert len(losers) == 1
    assert isinstance(losers[0], (AlreadyDone, Conflict))


def test_after_consent_was_withdrawn_no_second_pack_leaves(people):
    done = returned(people)
    with transaction.atomic(), acting(done.case.pk, people["dengchuan"]):
        for consent in Consent.objects.filter(case=done.case, agency="HRSS"):
            withdraw_consent(consent, by=people["dengchuan"], at=instant("2026-03-05 09:00"))
    with pytest.raises(NoConsent):
        do(people["dengchuan"], task_on(done.case, "supply"), "2026-03-06 09:00", words="流水")
    assert in_system(lambda: Pack.objects.count()) == 1


def test_an_ended_referral_is_not_revived_by_a_supplement(people):
    done = returned(people)
    row = in_system(lambda: Referral.objects.get(case=done.case))
    with transaction.atomic(), acting(done.case.pk, people["dengchuan"]):
        by, at = people["dengchuan"], instant("2026-03-05 09:00")
        withdraw_referral(row, reason="职工不愿意了", by=by, at=at)
        with pytest.raises(NotRunning):
            supplement(row, words="流水", by=by, at=at)
