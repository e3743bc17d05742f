"""What is no plain count on the cockpit opens a list too: rates, sums, small ones together, late duties."""

from decimal import Decimal

import pytest
from django.urls import reverse
from lxml import html

from casework.statistics import feed
from mediation.desks import clocks, figures
from tests.desks.plenty import spread
from tests.desks.test_cockpit_links import DAY, boss, opened  # noqa: F401
from tests.process.conftest import people  # noqa: F401
from tests.process.journey import called

pytestmark = pytest.mark.django_db
SHARE = "%"


def cells(page):
    """The words of each cell of numbers, and its link."""
    found = []
    for cell in html.fromstring(page.content).xpath("//main//td[contains(@class,'num')]"):
        for hidden in cell.xpath(".//*[contains(@class,'visually-hidden')]"):
            hidden.text = ""
        found.append((cell.text_content().strip(), (cell.xpath(".//a/@href") or [""])[0]))
    return found


def test_every_number_in_a_table_of_the_cockpit_opens_something(boss, people):  # noqa: F811
    found = cells(opened(boss, reverse("cockpit")))
    told = [
        (words, link)
        for words, link in found
        if words.strip("0.—") and not words.endswith(SHARE)
    ]
    assert len(told) > 20
    assert [words for words, link in told if not link] == []
    for link in {link for _words, link in told}:
        assert opened(boss, link).context["count"] > 0, link
    a_rate_opens_the_clocks_that_it_was_counted_of(boss)
    late_duties_open_the_clocks_that_stand_against_them(boss)
    boss.force_login(people["luoqiming"])
    assert boss.get(reverse("clocks")).status_code == 404


def a_rate_opens_the_clocks_that_it_was_counted_of(boss):  # noqa: F811
    rows = opened(boss, reverse("cockpit")).context["districts"]
    row = next(each for each in rows if each["any"])
    good, whole = (int(each) for each in row["rate"].split(" / "))
    listed = opened(boss, row["rate_url"])
    assert listed.context["count"] == whole == len(listed.context["rows"])
    assert {each["words"]: each["count"] for each in listed.context["strip"]} == {
        "All": whole, "In time": good, "missed": whole - good,
    }  # fmt: skip
    met = opened(boss, row["rate_url"].replace("ended", "met")).context
    assert (met["count"], str(row["name"]) in met["said"]) == (good, True)
    assert opened(boss, clocks.address("ended", district=figures.NONE)).context["said"]
    for nonsense in ("which=no", "duties=no.1", "duties=district.99&which=late"):
        answer = boss.get(f"{reverse('clocks')}?{nonsense}")
        assert answer.status_code == (404 if "99" not in nonsense else 200), nonsense


def late_duties_open_the_clocks_that_stand_against_them(boss):  # noqa: F811
    lists = opened(boss, reverse("responsibilities")).context["lists"]
    late = [each for each in lists if each["late"]]
    assert late
    for each in late:
        assert opened(boss, each["url"]).context["count"] == each["late"]
        for duty in each["duties"]:
            if duty["late"]:
                listed = opened(boss, duty["url"]).context
                assert (listed["count"], duty["what"] in listed["said"]) == (duty["late"], True)


def test_a_sum_opens_what_it_adds_up_and_the_small_ones_their_list(boss, people):  # noqa: F811
    page = opened(boss, reverse("cockpit"), "2026-05-20")
    for row in page.context["money"]["rows"]:
        listed = opened(boss, row["url"], "2026-05-20").context
        told = [listed[name] for name in ("count", "yuan", "in", "left")]
        assert told == [row[name] for name in ("n", "yuan", "in", "left")], row["title"]
    agreed, paid = page.context["trend"][3], page.context["trend"][4]
    for line, code in ((agreed, "settled"), (paid, "paid")):
        number = next(each for each in line["last"] if each["n"])
        listed = opened(boss, number["url"]).context
        assert f"/{code}/" in number["url"]
        assert round(listed["sums"]["whole"] / 10_000, 1) == Decimal(str(number["n"]))
        assert sum(row["sum_yuan"] for row in listed["rows"]) == listed["sums"]["whole"] > 0
    finished = opened(boss, figures.address("finished", month="2026-05"))
    assert finished.context["count"] == 3, "failed on the third of May"
    case = called(people).case
    spread(case, 30)
    spread(case, 2, main_cause="'B02.01'")
    spread(case, 1, main_cause="'C01.01'")
    feed.take_all()
    context = opened(boss, reverse("cockpit"), DAY).context
    for name in ("causes", "industries"):
        table = context[name]
        assert opened(boss, table["rest_url"]).context["count"] == table["rest"], name
        shown = sum(row["n"] for row in table["rows"])
        assert shown + table["rest"] == table["whole"]
    assert context["causes"]["rest"] == 7, "two, one, and four whose cause nobody knows yet"
