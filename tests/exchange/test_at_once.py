"""Two at once between systems: the same event twice, machine and page, an act that is rolled back."""

import pytest
from django.db import transaction

from casework.models import Inbound, Incoming, Outgoing, Referral
from tests.exchange.conftest import Door, at, meet, serving
from tests.exchange.test_receiving import OFFER, SUBJECT
from tests.exchange.test_sending import delivered, state_of
from tests.process.conftest import own_people  # noqa: F401
from tests.process.journey import do
from tests.process.referred import referred, task_on
from tests.process.test_engine import in_system, race


@pytest.fixture
def own_court(own_people):  # noqa: F811
    door = serving(meet("COURT", "court-cq"))
    yield door
    door.there.close()


@pytest.mark.slow
def test_the_same_event_posted_and_applied_at_once_is_one_matter(own_court):
    event = own_court.there.event("offered", SUBJECT, 1, OFFER)
    doors = [Door(own_court.peer, own_court.there) for _time in range(4)]
    with at("2026-03-02 09:00"):
        answers = race(*(lambda door=door: door.post(event).status_code for door in doors))
        assert set(answers) == {202}
        race(*(door.apply for door in doors))
        own_court.apply()  # whoever found the case locked tries again
    assert in_system(lambda: Incoming.objects.count()) == 1
    assert in_system(lambda: Inbound.objects.count()) == 1


@pytest.mark.django_db
def test_an_act_that_is_rolled_back_tells_nobody(people, hrss):
    with pytest.raises(RuntimeError), transaction.atomic():
        referred(people)
        assert in_system(lambda: Outgoing.objects.count()) == 1
        raise RuntimeError
    assert in_system(lambda: (Referral.objects.count(), Outgoing.objects.count())) == (0, 0)
    assert delivered(hrss, "2026-03-03 09:01") == 0
    assert hrss.there.order == []


@pytest.mark.django_db
def test_an_office_answers_by_page_and_by_machine_and_the_first_counts(people, hrss):
    done = referred(people)
    delivered(hrss, "2026-03-03 09:01")
    subject, liaison = hrss.there.order[0]["subject"], people["luoqiming"]
    do(liaison, task_on(done.case, "sign_for"), "2026-03-03 14:00")
    do(
        liaison,
        task_on(done.case, "answer"),
        "2026-03-04 09:00",
        answer="ACCEPTED",
        handler="罗启明",
    )
    with at("2026-03-04 09:01"):
        hrss.tell(
            "declined", subject, 1, {"reason_code": "NO_JURISDICTION", "reason": "不在本区"}
        )
    assert state_of(done.case) == "ACCEPTED"
    assert in_system(lambda: Incoming.objects.get().state) == "REFUSED"
    assert delivered(hrss, "2026-03-04 09:02") == 1
    assert hrss.there.said("refused")[0]["of"] == "declined"
