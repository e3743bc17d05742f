"""The responsibility lists in work: dispatch names the duty, the order cites it, pages count by it; enterprise first by consent."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.access.context import system
from casework.models import Case, Consent, Event
from documents.issue import facts_of
from documents.models import Paper
from mediation.commands.escalation import climb_case
from mediation.engine.errors import Invalid
from tests.process.conftest import instant
from tests.process.journey import DISPUTE, TRIAGE, do, only, start

pytestmark = pytest.mark.django_db


def triaged(people, **more):
    done = start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:12", **DISPUTE)
    task = only(done, "triage")
    return do(people["dengchuan"], task, "2026-03-02 10:00", **{**TRIAGE, **more}).case


def told(case):
    with transaction.atomic(), system("test"):
        rows = Event.objects.filter(case=case, kind="ticket.dispatched").order_by("seq")
        return [row.payload["duty"] for row in rows]


@pytest.mark.parametrize(
    ("more", "duty"),
    [
        ({}, "district 2"), ({"level": "city"}, "city 2"),
        ({"level": "enterprise", "enterprise_agreed": True}, "enterprise 1"),
    ],
)  # fmt: skip
def test_dispatch_writes_down_whose_duty_it_is_by_the_list_of_the_level(people, more, duty):
    assert told(triaged(people, **more)) == [duty]


def test_the_enterprise_comes_first_only_with_the_workers_consent_which_is_kept(people):
    with pytest.raises(Invalid) as refused:
        triaged(people, level="enterprise")
    assert "enterprise_agreed" in refused.value.form.errors
    with transaction.atomic(), system("test"):
        assert not Consent.objects.filter(purpose="enterprise_first").exists()


def test_a_consent_to_the_enterprise_is_kept_only_where_it_was_needed(people):
    case = triaged(people, level="enterprise", enterprise_agreed=True)
    other = triaged(people, level="district", enterprise_agreed=True)
    with transaction.atomic(), system("test"):
        (row,) = Consent.objects.filter(purpose="enterprise_first")
        assert (row.case_id, Case.objects.get(pk=case.pk).level) == (case.pk, "enterprise")
        assert other.pk != row.case_id


def test_the_order_cites_the_duty_and_the_pages_count_it(people):
    case = triaged(people)
    at = instant("2026-03-20 09:00")
    with clock.held_at(at):
        climb_case(case.pk, at)
        with transaction.atomic(), system("test"):
            order = Paper.objects.filter(case=case, code="D36").order_by("id").first()
            demands = facts_of(order).demands
        assert any("区县总工会责任清单第2项" in line for line in demands)
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(people["weijia"])
        page = client.get(reverse("responsibilities")).content.decode()
        assert page.count("责任清单</h2>") == 4
        assert "<b>" in page  # something is late
        supervisor = Client(headers={"accept-language": "zh-hans"})
        supervisor.force_login(people["yuanjing"])
        assert "按责任清单统计的逾期" in supervisor.get(reverse("cockpit")).content.decode()


def test_a_stranger_does_not_find_the_lists(people):
    client = Client()
    client.force_login(people["luoqiming"])
    assert client.get(reverse("responsibilities")).status_code in (403, 404)
