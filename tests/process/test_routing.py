"""Routing is a table: level, district, fallback; what has no office is a clear answer and a task for a person."""

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import acting
from casework.models import Case, Office, Pack, Referral, Route, User
from casework.queries.routing import route_of
from mediation.forms.house import LEVELS
from mediation.forms.referral_words import TROUBLES, matter_name
from tests.process.conftest import instant
from tests.process.journey import called
from tests.process.referred import referred, task_on
from tests.process.test_engine import in_system

MATTER = "LABOUR_INSPECTION"


def office(case, window):
    return Office.objects.get(agency="HRSS", window=window, district=case.district)


def place(case, *, level="district", district=True, window="arbitration", fallback=None):
    """Enter a row of the table."""
    return Route.objects.create(
        matter=MATTER, district=case.district if district else None, level=level,
        office=office(case, window), fallback=office(case, fallback) if fallback else None,
    )  # fmt: skip


def close(case, window):
    Office.objects.filter(pk=office(case, window).pk).update(is_open=False)


def leave(case, window):
    User.objects.filter(office=office(case, window)).update(is_active=False)


def none(_case):
    Route.objects.filter(matter=MATTER).delete()


def fall_back(case):
    Route.objects.filter(matter=MATTER).update(fallback=office(case, "injury"))


# what is done to the table before -> the window that takes the matter, and what is said of the first
TABLE = [
    (lambda c: None, "inspection", ""),
    (lambda c: (fall_back(c), close(c, "inspection")), "injury", "CLOSED"),
    (lambda c: (fall_back(c), leave(c, "inspection")), "injury", "NO_LIAISON"),
    (lambda c: (place(c, district=False), close(c, "inspection")), "arbitration", "CLOSED"),
    (lambda c: place(c, district=False), "inspection", ""),
    (lambda c: place(c, level="city"), "inspection", ""),
    (lambda c: (place(c, level="city"), Case.objects.filter(pk=c.pk).update(level="city")),
     "arbitration", ""),
    (lambda c: Case.objects.filter(pk=c.pk).update(level="city"), "inspection", ""),
    (lambda c: close(c, "inspection"), None, "CLOSED"),
    (lambda c: leave(c, "inspection"), None, "NO_LIAISON"),
    (none, None, "NO_ROUTE"),
]  # fmt: skip


class Undo(Exception):
    """Roll this one back."""


def test_level_district_and_fallback_decide_who_takes_a_matter(people):
    case = called(people).case
    for number, (change, window, why) in enumerate(TABLE):
        with pytest.raises(Undo), transaction.atomic(), acting(case.pk, people["dengchuan"]):
            change(case)
            found = route_of(Case.objects.get(pk=case.pk), MATTER)
            took = found.office.window if found.office else None
            assert (took, found.why) == (window, why), number
            raise Undo


def test_without_an_office_a_person_is_told_why_and_finds_one(people, client):
    in_system(lambda: close(Case(district=people["dengchuan"].district), "inspection"))
    done = referred(people, MATTER)
    row = in_system(lambda: Referral.objects.get(case=done.case))
    assert (row.state, row.sent_at, in_system(Pack.objects.count)) == (
        "FINDING_OFFICE",
        None,
        0,
    )
    client.force_login(people["dengchuan"])
    with clock.held_at(instant("2026-03-03 10:00")):
        page = client.get(f"/task/{task_on(done.case, 'find_office').pk}/").content.decode()
    assert str(TROUBLES["CLOSED"]) in page
    assert {why for _change, _window, why in TABLE if why} == set(TROUBLES)


def test_the_house_sees_matter_district_level_office_and_fallback(people, client):
    case = called(people).case
    made = in_system(lambda: place(case, level="city", fallback="injury"))
    client.force_login(people["admin"])
    rows = client.get("/house/places/", {"q": str(case.district)}).context["routes"]
    (row,) = [each for each in rows if each["url"].endswith(f"/{made.pk}/")]
    assert (row["matter"], row["place"], row["level"]) == (
        str(matter_name(MATTER)), str(case.district), dict(LEVELS)["city"],
    )  # fmt: skip
    assert (row["office"], row["fallback"]) == (made.office.name, made.fallback.name)
