"""Every number of the cockpit, of the bottlenecks and of the panel of performance opens a list of as many rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from casework import clock
from casework.access.context import system
from casework.models import Case, Cell, Event, Instalment, Referral, User
from casework.statistics import feed
from casework.statistics.steps import STEPS
from mediation.desks import performance, steps
from mediation.engine.errors import Invalid
from tests.desks.plenty import spread
from tests.process.conftest import people  # noqa: F401
from tests.process.journey import accepted, called, received, start
from tests.process.referred import referred
from tests.process.stage_c import at, in_force

pytestmark = pytest.mark.django_db
DAY = "2026-06-01"  # after the last instalment: the first was due on 30 April, the second on 29 May
LISTS = ("/cockpit/", "/cockpit/instalments/")


@pytest.fixture
def boss(people):  # noqa: F811
    """A supervisor of a city: cases at every place, two agreements, one with a paid instalment."""
    for make in (called, received, accepted):
        make(people)
    case = referred(people).case
    spread(case, 3, failed_on="'2026-05-03'", main_cause="''", district_id="NULL")
    in_force()
    with system("test"):
        Referral.objects.filter(case=case).update(answered_at=at("2026-05-20 10:00"))
        first = Instalment.objects.order_by("due_on").first()
        first.state, first.paid_on, first.paid_yuan = (
            "PAID",
            date(2026, 5, 2),
            first.amount_yuan,
        )
        first.save()
    feed.take_all()
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(people["yuanjing"])
    return client


def opened(client, path, day=DAY):
    with clock.held_at(at(f"{day} 10:00")):
        answer = client.get(path)
    assert answer.status_code == 200, path
    return answer


def numbers(page):
    """The links of a page that are numbers, and lead to a list."""
    found = []
    for link in html.fromstring(page.content).xpath("//main//a"):
        for hidden in link.xpath(".//*[contains(@class,'visually-hidden')]"):
            hidden.text = ""
        words = link.xpath("string(.//b)") or link.text_content()
        path = link.get("href")
        if words.strip().isdigit() and path.startswith(LISTS):
            found.append((path, int(words)))
    return found


@pytest.mark.parametrize("name", ["cockpit", "bottlenecks"])
def test_every_number_opens_as_many_rows(boss, name):
    found = numbers(opened(boss, reverse(name)))
    assert len(found) > (18 if name == "cockpit" else 6)
    for path, n in found:
        if path == reverse("ladder"):
            continue
        listed = opened(boss, path)
        assert listed.context["count"] == n, path
        assert len(listed.context["rows"]) == min(n, 300), path
    assert {path.split("?")[0] for path, _n in found} >= (
        {reverse("cockpit-list", args=["open"]), reverse("instalments")}
        if name == "cockpit"
        else {reverse("cockpit-list", args=["waits"]), reverse("cockpit-list", args=["passed"])}
    )


def test_the_panel_counts_instalments_and_their_sums(boss):
    money = opened(boss, reverse("cockpit")).context["money"]
    told = {
        row["code"]: (row["n"], row["yuan"], row["in"], row["left"]) for row in money["rows"]
    }
    half = Decimal("18000.00")
    assert told["due"] == (2, 2 * half, half, half)
    assert told["paid"] == (1, half, half, 0)
    assert told["late"] == (1, half, 0, half)
    assert told["coming"][0] == told["defaulted"][0] == 0
    assert money["rate"] == ""  # of two instalments no rate is told
    coming = opened(boss, performance.address("coming"), "2026-05-10")
    assert coming.context["count"] == 1
    assert boss.get(reverse("instalments"), {"which": "nonsense"}).status_code == 404


def test_the_bottlenecks_are_what_the_ledger_says(boss):
    page = opened(boss, reverse("bottlenecks")).context
    rows = {row["done_url"].rpartition("=")[2]: row for row in page["steps"]}
    assert set(rows) == set(STEPS)
    assert rows["triage"]["waits"] == 1  # called, and nobody looked at it
    assert rows["triage"]["since"] == date(2026, 3, 2)
    assert rows["accepting"]["waits"] == 1
    assert rows["agreement"]["done"] == 1
    assert rows["agreement"]["half"] == ""  # fewer than five: no days are told
    assert all(row["waits_url"] for row in page["agencies"])


def test_half_and_nine_of_ten_are_days_that_were_reached():
    took = steps.Counter({0: 4, 2: 1, 9: 4, 30: 1})
    assert steps._spread(took) == {"done": 10, "half": "2", "most": "9"}
    assert steps._spread(steps.Counter({99: 5}))["half"] == "99+"
    assert steps._spread(steps.Counter({1: 4})) == {"done": 4, "half": "", "most": ""}


def test_the_cells_of_steps_and_money_equal_a_recount_and_strangers_find_nothing(boss, people):  # noqa: F811
    assert feed.check() == []
    with system("test"):
        assert Cell.objects.filter(code="waits").exists()
        assert Event.objects.exists()
        stranger = User.objects.get(username=people["heminzhi"].username)
    client = Client()
    client.force_login(stranger)
    for name in ("bottlenecks", "instalments"):
        assert client.get(reverse(name)).status_code == 404


def test_the_wall_shows_no_name_and_brings_itself_up_to_date(boss):
    answer = opened(boss, f"{reverse('cockpit')}?wall=1")
    page = answer.content.decode()
    assert 'hx-trigger="every 60s"' in page
    assert "Give an order" not in page
    for secret in ("邹世海", "岚桥机电", "工人1", "砺锋机械", "何敏之"):
        assert secret not in page
    assert answer["Refresh"] == "300"  # without a script the page comes anew by itself
    assert "Refresh" not in opened(boss, reverse("cockpit"))
    assert reverse("cockpit-report") not in page  # one way back, no more buttons


def test_an_industry_is_recorded_on_a_case_and_counts_all_cases_of_its_employer(boss, people):  # noqa: F811
    with system("test"):
        case = (
            Case.objects.filter(parties__employer__name="岚桥机电", closed_on=None)
            .order_by("pk")
            .first()
        )
        party = case.parties.get(side="EMPLOYER")
        same = Case.objects.filter(parties__employer=party.employer).distinct().count()
    start(people["dengchuan"], "correction.respondent", "2026-05-04 09:00", case, party=party.ref,
          industry="C", reason="核实行业")  # fmt: skip
    feed.take_all()
    assert feed.check() == []
    rows = {
        row["name"]: row
        for row in opened(boss, reverse("cockpit")).context["industries"]["rows"]
    }
    assert rows["manufacturing"]["n"] == same >= 1
    for name in ("manufacturing", "not recorded"):
        assert opened(boss, rows[name]["url"]).context["count"] == rows[name]["n"], name
    with pytest.raises(Invalid):
        start(people["dengchuan"], "correction.respondent", "2026-05-04 09:00", case, party=party.ref,
              industry="Z", reason="核实行业")  # fmt: skip
