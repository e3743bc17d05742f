"""The cockpit: each number equals its list, a fixed number of questions, reports without names."""

import io
import re
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client
from openpyxl import load_workbook

from casework import clock
from casework.statistics import feed
from mediation.desks import cockpit, figures
from mediation.desks.workbook import sheet as _sheet
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import DISPUTE, accepted, called, received, start

pytestmark = pytest.mark.django_db
DAY = "2026-03-20 10:00"


def seat(user):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(user)
    return client


@pytest.fixture
def town(people):  # noqa: F811
    """Four cases: one fresh today, one received, one accepted, one just called."""
    for make in (called, received, accepted):
        make(people)
    start(people["qinxiaoyue"], "intake.record_call", DAY, **{**DISPUTE, "name": "尹秋萍"})
    assert feed.take_all() == 4
    return people


def page(people, path):  # noqa: F811
    with clock.held_at(instant(DAY)):
        return seat(people["yuanjing"]).get(path).content.decode()


def test_each_number_opens_a_list_of_as_many_cases(town):
    whole = page(town, "/cockpit/")
    tiles = re.findall(r'<a href="(/cockpit/[a-z]+/)"><span>[^<]*</span><b>(\d+)</b>', whole)
    assert len(tiles) == len(cockpit.TODAY)
    numbers = {}
    for path, number in tiles:
        listed = page(town, path)
        numbers[path] = int(number)
        assert f'<span class="quiet">{number}</span>' in listed, path
        assert listed.count('<td class="text" data-label="Parties">') == int(number), path
    assert numbers["/cockpit/open/"] == 4
    assert numbers["/cockpit/calls/"] == 1
    assert numbers["/cockpit/overdue/"] >= 1  # the calls of the second of March have rung


def test_filters_of_the_address(town):
    code = re.search(r"/cockpit/open/\?district=(\d+)", page(town, "/cockpit/"))[1]
    assert '<span class="quiet">4</span>' in page(town, f"/cockpit/open/?district={code}")
    assert '<span class="quiet">0</span>' in page(town, "/cockpit/open/?cause=B02")
    assert '<span class="quiet">1</span>' in page(town, "/cockpit/accepted/?month=2026-03")
    assert '<span class="quiet">0</span>' in page(town, "/cockpit/accepted/?month=2026-02")
    assert page(town, "/cockpit/accepted/?month=nonsense")
    assert seat(town["yuanjing"]).get("/cockpit/nothing/").status_code == 404


def test_a_rate_needs_thirty_cases_and_small_cells_are_hidden(town):
    assert figures.rate(17, 18) == "17 / 18"
    assert figures.rate(27, 30) == "90.0%"
    assert figures.HIDDEN_UNDER == 5


def test_the_report_holds_the_same_numbers_and_no_formula(town):
    with clock.held_at(instant(DAY)):
        answer = seat(town["yuanjing"]).get("/cockpit/report.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    today = {row[0].value: row[1].value for row in book["Today"].iter_rows(min_row=2)}
    assert today["Running"] == 4
    assert "Definitions" in book.sheetnames
    _sheet(book, "trap", ["=1+1"], [["=HYPERLINK(1)", "a\x07b"]])
    made = io.BytesIO()
    book.save(made)
    trap = load_workbook(io.BytesIO(made.getvalue()))["trap"]
    assert trap["A2"].data_type == "s"
    assert trap["B2"].value == "ab"


def test_the_report_for_outside_hides_small_cells_and_holds_no_list(town):
    with clock.held_at(instant(DAY)):
        answer = seat(town["yuanjing"]).get("/cockpit/report.xlsx?outside=1")
    assert "outside-20260320" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Districts", "Causes", "Answers", "Definitions"]
    for title in ("Districts", "Causes"):  # four running cases: nothing of them may be told
        told = [row[1].value for row in book[title].iter_rows(min_row=2)]
        assert set(told) == {"*"}, title


def test_the_log_tells_what_when_and_which_role_and_nobody(town):
    answer = seat(town["yuanjing"]).get("/cockpit/log.xes")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    text = answer.content.decode()
    root = fromstring(answer.content)  # noqa: S314 - our own
    space = "{http://www.xes-standard.org/}"
    assert len(root.findall(f"{space}trace")) == 1  # accepted cases only
    kinds = [
        each.get("value")
        for each in root.iter(f"{space}string")
        if each.get("key") == "concept:name"
    ]
    assert "case.accepted" in kinds
    parts = [each.tag.removeprefix(space) for each in root]
    assert sorted(set(parts), key=parts.index) == ["extension", "global", "classifier", "trace"]
    for event in root.iter(f"{space}event"):
        keys = {each.get("key") for each in event}
        assert keys == {each.get("key") for each in root.findall(f"{space}global")[1]}
    for secret in ("邹世海", "岚桥机电", "13800005511", "邓川", "渝工调"):
        assert secret not in text
    assert seat(town["weijia"]).get("/cockpit/log.xes").status_code == 404


def test_a_stranger_has_no_cockpit(town):
    for name in ("qinxiaoyue", "heminzhi", "luoqiming", "admin", "jiangheng"):
        for path in (
            "/cockpit/",
            "/cockpit/open/",
            "/cockpit/report.xlsx",
            "/cockpit/definitions/",
        ):
            assert seat(town[name]).get(path).status_code == 404, (name, path)
