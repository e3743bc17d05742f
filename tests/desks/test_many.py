"""Every page that stands in a menu or holds a list asks the database a small number of questions, however
many cases there are; the cockpit's numbers are those of a recount."""

import os

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import clock
from casework.access.context import as_person, system
from casework.models import Case, Cell, Touched
from casework.queries.calendar import current
from casework.statistics import feed
from mediation.desks import cockpit, figures
from mediation.urls import urlpatterns
from tests.desks.plenty import spread
from tests.process.conftest import instant, own_people, people  # noqa: F401
from tests.process.journey import accepted, called
from tests.process.referred import referred

pytestmark = pytest.mark.django_db
MOST = 15
FEW, MANY = 50, 5000
ENDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
DAY = instant("2026-03-20 10:00")
TODAY = clock.day(DAY)
ASKERS = (
    "yuanjing", "dengchuan", "heminzhi", "qinxiaoyue", "weijia", "luyao", "yanzhou", "jiangheng",
    "admin", "luoqiming", "gongwen",
)  # fmt: skip
# Addresses that are no page of the staff: answers to a post, the log-in, what lies behind a code.
NO_PAGE = ("/login/", "/logout/", "/track/", "/call/known/", "/call/lookup/", "/call/calculate/", "/drafts/drop/",
           "/house/look/stop/", "/work/many/", "/work/undo/", "/door/")  # fmt: skip


def pages():
    """Every address without a number in it, and each list behind a figure."""
    plain = {reverse(each.name) for each in urlpatterns if not each.pattern.converters}
    lists = {reverse("cockpit-list", args=[code]) for code in figures.FIGURES}
    return sorted(page for page in plain | lists if not page.startswith(NO_PAGE))


def asked(client, page):
    """The status, and how many questions; the begin and end of the transaction are none."""
    with CaptureQueriesContext(connection) as found, clock.held_at(DAY):
        answer = client.get(page)
    told = [each["sql"] for each in found.captured_queries]
    return answer.status_code, len([sql for sql in told if not sql.startswith(ENDS)])


def opens(people, more):  # noqa: F811
    """Each page with the first of the askers who may open it; `more`: addresses with a number in them."""
    seats = {}
    for name in ASKERS:
        seats[name] = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        seats[name].force_login(people[name])
    found = {}
    for page in [*pages(), *more]:
        for name in ASKERS:
            status, number = asked(seats[name], page)
            if status == 200:
                found[page] = (seats[name], number)
                break
    return found


def analyze():
    """What the database's own housekeeping does within a minute: without it the planner sees empty tables."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("ANALYZE")


@pytest.mark.slow(15)
@pytest.mark.django_db(transaction=True)
def test_every_page_asks_at_most_fifteen_questions_at_fifty_and_at_five_thousand(
    own_people,  # noqa: F811
):
    seed = referred(own_people).case  # committed, so that the database can count the rows
    spread(seed, FEW)
    feed.take_all()
    found = opens(own_people, [reverse("group", args=[seed.pk])])
    assert set(pages()) < set(found), "somebody opens every page"
    assert {page: n for page, (_seat, n) in found.items() if n > MOST} == {}
    spread(seed, int(os.environ.get("WUFANG_MANY", MANY)))
    analyze()
    feed.take_all()
    analyze()
    grown = {page: asked(seat, page) for page, (seat, _n) in found.items()}
    assert {page: n for page, n in grown.items() if n > (200, found[page][1])} == {}


@pytest.fixture
def town(people):  # noqa: F811
    """Cases at four places of the journey, and copies: overdue, due, closed, in two districts."""
    case = referred(people).case
    spread(case, 7, failed_on="'2026-02-03'")
    spread(case, 3, closed_on="'2026-03-19'", status="'CLOSED'")
    spread(accepted(people).case, 5, district_id="500102", is_new_form="true")
    called(people)
    return people


def live(person):
    with transaction.atomic(), as_person(person):
        return {
            code: figures.cases_of(code, TODAY).count() for code in (*cockpit.TODAY, "paused")
        }


def rolled_up(person):
    with transaction.atomic(), as_person(person):
        return cockpit.numbers(TODAY, current())


def test_the_rollup_gives_each_person_the_numbers_of_their_lists(town):
    feed.take_all()
    with clock.held_at(DAY):
        for name in ("yuanjing", "weijia", "luhong"):
            counted, told = live(town[name]), rolled_up(town[name])
            assert {code: told[code] for code in counted} == counted, name
        few, some, whole = (
            rolled_up(town[name])["open"] for name in ("luhong", "weijia", "yuanjing")
        )
        assert 0 < few < some < whole
        assert not any(rolled_up(town["heminzhi"]).values())  # sees cases, and no statistics


def test_counting_twice_adds_nothing_and_a_wrong_number_is_found_and_mended(town, capsys):
    assert feed.check() == []
    with transaction.atomic(), system("test"):
        before = set(Cell.objects.values_list("code", "day", "district_id", "key", "n", "yuan"))
        Touched.objects.bulk_create(
            Touched(case_id=pk) for pk in Case.objects.values_list("pk", flat=True)
        )
    assert feed.take_all() > 0
    with transaction.atomic(), system("test"):
        after = set(Cell.objects.values_list("code", "day", "district_id", "key", "n", "yuan"))
        assert after == before
        Cell.objects.filter(code="open").update(n=99)
    with pytest.raises(CommandError, match="open"):
        call_command("statistics", check=True)
    call_command("statistics", rebuild=True, check=True)
    assert "every number equals a recount" in capsys.readouterr().out


def test_every_entry_of_a_ledger_brings_its_case_and_nothing_is_lost_on_the_way(people):  # noqa: F811
    case = called(people).case
    with transaction.atomic(), system("test"):
        assert Touched.objects.filter(case_id=case.pk).exists()
    feed.take_all()
    with transaction.atomic(), system("test"):
        assert not Touched.objects.exists()
        Touched.objects.create(case_id=case.pk)
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # a run that dies keeps them
        feed.take()
        raise ZeroDivisionError
    with transaction.atomic(), system("test"):
        assert Touched.objects.filter(case_id=case.pk).exists()
