"""What is late is a duty of an office or of the house; that a way is open to a worker is nobody's delay."""

import re
from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import system
from casework.models import Deadline, DeadlineState, User
from casework.queries.ladder import by_rung, climbing, late_of
from casework.queries.late import windows
from casework.rules.catalogue import seed
from casework.statistics import feed
from mediation.commands.escalation import climb
from tests.process.stage_c import Story, at
from tests.process.test_ladder import late_case

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 8)
NUMBER = re.compile(r'<a href="/cockpit/(overdue|soon)/"><span>[^<]*</span><b>(\d+)</b>')


@pytest.fixture
def story() -> Story:
    """A case whose only open clock is M-03, a duty beside it that is met; somebody who sees the cockpit."""
    made = late_case()
    with transaction.atomic(), system("test"):
        Deadline.objects.update(state=DeadlineState.MET)
        right = Deadline.objects.filter(rule="M-03")
        assert right.filter(due__lt=DAY).update(state=DeadlineState.OPEN) == 1
        made.people["supervisor"] = User.objects.create(
            username="c_supervisor",
            display_name="袁静",
            roles=["supervisor"],
            phone="13800004001",
        )
    feed.rebuild()
    return made


def counted(story: Story) -> tuple[dict[str, int], dict[str, int], int]:
    """The cockpit's numbers, the rows behind each, and how many cases the page of late work lists."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(story.people["supervisor"])
    with clock.held_at(at(f"{DAY} 11:00")):
        numbers = {
            code: int(n) for code, n in NUMBER.findall(client.get("/cockpit/").content.decode())
        }
        rows = {
            code: client.get(f"/cockpit/{code}/").content.decode().count('data-label="Parties"')
            for code in numbers
        }
        listed = client.get("/late/").content.decode().count('data-label="Parties"')
    return numbers, rows, listed


def test_an_expired_right_is_late_nowhere_and_an_expired_duty_everywhere(story):
    with transaction.atomic(), system("test"):
        case = Deadline.objects.get(rule="M-03").case
        assert (list(climbing(DAY)), late_of(case, DAY), sum(by_rung(DAY).values())) == (
            [],
            [],
            0,
        )
    assert counted(story) == ({"overdue": 0, "soon": 0}, {"overdue": 0, "soon": 0}, 0)
    assert climb(at(f"{DAY} 12:00")) == 0

    with transaction.atomic(), system("test"):
        Deadline.objects.filter(rule="P-05").update(state=DeadlineState.OPEN)
        assert [row.rule for row in climbing(DAY)] == ["P-05"]
        assert sum(by_rung(DAY).values()) == 1
    feed.rebuild()
    assert counted(story) == ({"overdue": 1, "soon": 0}, {"overdue": 1, "soon": 0}, 1)


def test_rights_are_told_by_whose_days_the_law_spends():
    assert {"M-03", "A-01", "A-04", "A-06c", "A-07", "B-01", "W-02"} <= windows()
    of_the_house = {code for code in seed().codes() if code.startswith(("P-", "U-", "F-"))}
    assert windows() & of_the_house == set()
    assert not {"M-01", "M-04", "A-02a", "R-01", "never heard of"} & windows()
