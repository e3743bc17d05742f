"""Every page that a role can reach, in every state of the journey: whole, quiet, accessible, Chinese."""

import json

import pytest
from django.test import Client

from config.server import scratch
from tests.browser import behind, houses, looks, town, walk
from tests.browser.conftest import Desk, serving

pytestmark = [pytest.mark.slow(65), pytest.mark.filterwarnings("ignore")]
ROLES = (
    "qinxiaoyue", "dengchuan", "heminzhi", "weijia", "luoqiming", "songyu", "taoyan", "yuanjing", "gongwen",
    "admin", "jiangheng",
)  # fmt: skip
PARTS = 4  # so that workers share the pages


@pytest.fixture(scope="session")
def full_house(played, django_db_blocker, tmp_path_factory):
    """A database with cases at every stage, and the list of its pages; made by one worker for all."""
    pages = tmp_path_factory.getbasetemp().parent / f"pages-{houses.run_number()}.json"

    def build():
        town.build()
        doors = {"worker": behind.worker(town.PAID), "employer": behind.employer(town.ANSWERS)}
        walk.write_pages(ROLES, pages, doors | {"nobody": Client(SERVER_NAME="127.0.0.1")})

    with django_db_blocker.unblock():
        name = behind.away(lambda: houses.built("town", build, source=played))
    return name, json.loads(pages.read_text())


@pytest.fixture
def town_house(full_house, django_db_blocker):
    """The address of a server on a town of this test's own; sessions and pages of its people."""
    name, found = full_house
    with (
        django_db_blocker.unblock(),
        scratch.scratch(houses.own("own"), source=name),
        serving() as address,
    ):
        yield address, found


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_of_every_role(part, town_house, new_context):
    house, found = town_house
    assert len(found["pages"]) > 40, found
    desks, wrong = {}, []
    for role, path in found["pages"][part::PARTS]:
        if role not in desks:
            desks[role] = Desk(new_context, house)
            looks.with_axe(desks[role].page)
            if cookie := found["sessions"][role]:
                desks[role].sit_down(cookie)
        status = desks[role].open(path)
        if status != 200:
            wrong.append((role, path, f"answers {status}"))
        wrong += [(role, *each) for each in looks.faults(desks[role], path)]
    assert not wrong, "\n".join(str(each) for each in wrong)
