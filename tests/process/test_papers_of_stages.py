"""Papers that a step issues beside its own: they never hold the step up."""

import pytest
from django.db import transaction

from casework.access.context import acting, system
from casework.models import Person
from documents.issue import facts_of
from documents.models import Paper
from mediation.commands.papers import issue_when_known
from tests.process.conftest import instant
from tests.process.journey import received

pytestmark = pytest.mark.django_db


def test_the_worker_is_told_of_the_days_that_run_when_the_application_comes(people):
    case = received(people).case
    with transaction.atomic(), system("test"):
        told = facts_of(Paper.objects.get(case=case, code="D35"))
    assert any("劳动争议调解仲裁法" in line.article for line in told.clocks)
    assert told.worker


def test_an_unknown_address_holds_nothing_up_and_a_known_one_is_confirmed(people):
    case = received(people).case
    with transaction.atomic(), acting(case.pk, people["weijia"]):
        party = case.parties.get(ref="W01")
        given = {"by": people["weijia"], "at": instant("2026-03-05 09:00"), "party": party}
        assert issue_when_known("D28", case, **given) is None
        Person.objects.filter(pk=party.person_id).update(address="两江新区示例路1号")
        party.refresh_from_db()
        paper = issue_when_known("D28", case, **given)
        assert facts_of(paper).address == "两江新区示例路1号"
