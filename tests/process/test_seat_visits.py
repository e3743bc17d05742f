"""The return visit of a closed case is made by a seat that did not take it in, and only then is it seen there."""

from datetime import date

import pytest
from django.db import transaction

from casework.access.context import as_person, system
from casework.models import Case
from mediation.engine.errors import NotFound
from mediation.rehearsal import cast
from tests.process.journey import accepted, do, only, start

pytestmark = pytest.mark.django_db


def sees(person, case):
    with transaction.atomic(), as_person(person):
        return Case.objects.filter(pk=case.pk).exists()


def test_another_seat_visits_from_closing_to_archive_and_sees_nothing_before(people):
    with transaction.atomic(), system("test"):
        seat = cast.hire([{"username": "muxin", "name": "牧心", "roles": ["operator"]}])[
            "muxin"
        ]
    case = accepted(people).case
    assert not sees(seat, case)
    done = start(
        people["dengchuan"], "hearing.withdraw", "2026-03-09 10:00", case, reason="已付清"
    )
    done = do(people["heminzhi"] if done.case.mediator_id else people["dengchuan"], only(done, "report"),
              "2026-03-09 11:00", outcome="WITHDRAWN", words="申请人撤回。")  # fmt: skip
    with pytest.raises(NotFound):
        do(seat, only(done, "decide_closing"), "2026-03-10 09:00", decision="CLOSE")
    done = do(
        people["weijia"], only(done, "decide_closing"), "2026-03-10 09:00", decision="CLOSE"
    )
    assert sees(seat, case)
    done = do(
        seat,
        only(done, "visit"),
        "2026-03-11 09:00",
        reached=True,
        told=True,
        satisfied="satisfied",
    )
    with transaction.atomic(), system("test"):
        Case.objects.filter(pk=case.pk).update(archived_on=date(2026, 3, 12))
    assert not sees(seat, case)
