"""The ladder under the cockpit: each number opens as many rows, each row says who was told; few questions."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import clock
from casework.access.context import system
from casework.models import Deadline, Escalation, User
from mediation.commands.escalation import climb
from tests.desks.test_many import ENDS
from tests.process.stage_c import Story, at
from tests.process.test_ladder import after, late_case

pytestmark = pytest.mark.django_db
TILE = re.compile(r'<a href="\?rung=([a-z_]+)"[^>]*><span>[^<]*</span><b>(\d+)</b>')
MOST_QUESTIONS = 15


@pytest.fixture
def story() -> Story:
    """A clock of the house with a last day, a supervisor with a telephone."""
    made = late_case()
    with system("test"):
        made.people["supervisor"] = User.objects.create(
            username="c_supervisor",
            display_name="袁静",
            roles=["supervisor"],
            phone="13800004001",
        )
    return made


def shown(story: Story, day: str, rung: str = "", who: str = "supervisor", said: str = "en"):
    return opened(seat(story, who, said), day, rung)


def seat(story: Story, who: str = "supervisor", said: str = "en") -> Client:
    client = Client(headers={"accept-language": said})
    client.force_login(story.people[who])
    return client


def opened(client: Client, day: str, rung: str = ""):
    with clock.held_at(at(f"{day} 11:00")):
        return client.get(reverse("ladder"), {"rung": rung} if rung else {})


def numbers(page: str) -> dict[str, int]:
    return {rung: int(n) for rung, n in TILE.findall(page)}


def test_every_number_opens_a_list_of_as_many_rows(story):
    for days in (-1, 1, 4, 8):
        day = after(story, days)
        for climbs in (False, True):
            if climbs:
                climb(at(f"{day} 10:30"))
            every = shown(story, day).content.decode()
            tiles = numbers(every)
            assert list(tiles) == ["owner", "waiting", "lead", "vice_chair", "rights_department", "joint_meeting"]  # fmt: skip
            for rung, n in tiles.items():
                rows = shown(story, day, rung).context["rows"]
                assert len(rows) == n, (day, rung)
            late = sum(n for rung, n in tiles.items() if rung != "owner")
            assert every.count('data-label="Case number"') == late
    assert tiles["joint_meeting"] >= 1
    assert tiles["waiting"] == 0


def test_a_clock_goes_from_nearly_due_over_waiting_to_its_rungs(story):
    def of_p05(day: str, rung: str):
        rows = shown(story, day, rung, said="zh-hans").context["rows"]
        return [row for row in rows if row["due"].toordinal() == story.open["due"]]

    assert of_p05(after(story, -1), "owner")[0]["days"] == 0
    day = after(story, 1)
    (row,) = of_p05(day, "waiting")
    assert (row["days"], row["told"]) == (0, "")  # a Saturday: no working day has passed
    climb(at(f"{day} 10:30"))
    assert of_p05(day, "waiting") == []
    (row,) = of_p05(day, "lead")
    assert row["rung"].startswith("一级督办")
    climb(at(f"{after(story, 4)} 10:30"))
    (row,) = of_p05(after(story, 4), "vice_chair")
    assert row["told"] == "袁静"
    assert row["days"] == 2
    assert "袁静" in shown(story, after(story, 4), "vice_chair").content.decode()


def test_a_rung_that_nobody_could_hear_of_says_so(story):
    with system("test"):
        User.objects.filter(phone__gt="").update(phone="", email="")
    day = after(story, 1)
    climb(at(f"{day} 10:30"))
    assert "nobody could be reached" in shown(story, day, "lead").content.decode()


def test_an_empty_rung_says_so_and_the_page_is_in_chinese(story):
    day = after(story, 0)
    page = shown(story, day, "joint_meeting", said="zh-hans").content.decode()
    assert "这一级没有事项。" in page
    assert "<h1>督办阶梯</h1>" in page


def test_the_cockpit_leads_there_and_a_stranger_finds_nothing(story):
    day = after(story, 1)
    client = Client()
    client.force_login(story.people["supervisor"])
    assert f'href="{reverse("ladder")}"' in client.get(reverse("cockpit")).content.decode()
    assert shown(story, day, "nonsense").status_code == 404
    for who in ("mediator", "operator"):
        if who in story.people:
            assert shown(story, day, who=who).status_code == 404


def test_the_questions_do_not_grow_with_what_is_late(story):
    day = after(story, 4)
    climb(at(f"{day} 10:30"))
    with system("test"):
        row = Deadline.objects.get(rule="P-05", state="OPEN", escalations__whom="vice_chair")
        first, rung = row.pk, row.escalations.get(whom="vice_chair")
        for number in range(60):
            row.pk, row.due = None, date.fromisoformat(day) - timedelta(days=2 + number % 5)
            row.save(force_insert=True)
            Escalation.objects.create(case=row.case, deadline=row, whom=rung.whom, at=rung.at)
        assert row.pk != first
    client = seat(story)
    with CaptureQueriesContext(connection) as found:
        answer = opened(client, day)
    assert len(answer.context["rows"]) > 60
    asked = [each["sql"] for each in found.captured_queries]
    asked = [sql for sql in asked if not sql.startswith(ENDS)]
    assert len(asked) <= MOST_QUESTIONS, "\n".join(sql[:90] for sql in asked)
