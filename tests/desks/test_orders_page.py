"""The register of supervision orders: every number opens as many rows; marks beside late cases lead to it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import clock
from casework.access.context import system
from casework.models import OrderState, SupervisionOrder, User
from mediation.desks import orders
from tests.desks.test_many import ENDS
from tests.process.stage_c import Story, at
from tests.process.test_ladder import after, late_case
from tests.process.test_oversight import given, seat

pytestmark = pytest.mark.django_db
STATES = [*OrderState, OrderState.OPEN]


@pytest.fixture
def story() -> Story:
    made = late_case()
    with system("test"):
        made.people["supervisor"] = User.objects.create(
            username="c_supervisor", display_name="袁静", roles=["supervisor"]
        )
    return made


def copies(row: SupervisionOrder, times: int = 1) -> None:
    """The same order in each state, on cases of their own."""
    with system("test"):
        from tests.desks.plenty import spread

        spread(row.case, len(STATES) * times)
        cases = type(row.case).objects.exclude(pk=row.case_id).order_by("pk")
        for number, (case, state) in enumerate(zip(cases, STATES * times, strict=True)):
            done = state in ("ANSWERED", "ACCEPTED")
            row.pk, row.case, row.state = None, case, state
            row._state.adding = True
            row.id = SupervisionOrder._meta.pk.get_default()
            row.answer, row.answered_at = ("已办", row.given_at) if done else ("", None)
            row.answered_by = row.answerer if done else None
            row.decided_by = row.given_by if state == "ACCEPTED" else None
            row.save(force_insert=True)
            assert number < len(STATES) * times


def shown(story: Story, day: str, who: str = "supervisor", **query: str):
    with clock.held_at(at(f"{day} 11:00")):
        return seat(story, who).get(reverse("orders"), query)


@pytest.mark.parametrize("days", [4, 10])
def test_every_number_opens_as_many_rows_and_the_lists_add_up(story, days):
    copies(given(story))
    day = after(story, days)
    strip = shown(story, day).context["strip"]
    counts = {row["url"].removeprefix("?state="): row["count"] for row in strip}
    assert list(counts) == ["", *orders.lists(clock.today())]
    for state, n in counts.items():
        page = shown(story, day, state=state).content.decode()
        assert page.count('data-label="Answer by"') == n, state
    assert counts[""] == sum(n for key, n in counts.items() if key) == len(STATES) + 1
    waiting = 4  # three open, one given back: all have the same day
    assert (counts["open"], counts["late"]) == ((0, waiting) if days > 5 else (waiting, 0))
    assert shown(story, day, state="nonsense").status_code == 404


def test_a_stranger_has_no_register_and_an_empty_one_says_so(story):
    day = after(story, 3)
    assert shown(story, day, "mediator").status_code == 404
    assert "No supervision order stands here." in shown(story, day).content.decode()


def test_a_late_case_leads_to_an_order_and_a_running_one_is_shown(story):
    day = after(story, 3)
    give = reverse("start", args=[story.case_id, "oversight.give"])
    pages = [reverse("cockpit"), reverse("ladder"), reverse("cockpit-list", args=["overdue"])]
    boss = seat(story, "supervisor")
    with clock.held_at(at(f"{day} 11:00")):
        for page in pages:
            assert f'href="{give}"' in boss.get(page).content.decode(), page
        given(story)
        for page in pages:
            told = boss.get(page).content.decode()
            assert give not in told, page
            assert "ordered, answer by" in told, page
        lead = User(username="c_lead", display_name="班长", roles=["shift_lead"])
        with system("test"):
            lead.save()
        story.people["lead"] = lead
        assert give not in seat(story, "lead").get(reverse("ladder")).content.decode()


def test_the_questions_do_not_grow_with_the_orders(story):
    copies(given(story), times=6)
    boss = seat(story, "supervisor")
    with (
        CaptureQueriesContext(connection) as found,
        clock.held_at(at(f"{after(story, 4)} 11:00")),
    ):
        page = boss.get(reverse("orders"))
    assert page.content.decode().count('data-label="Answer by"') == 49
    asked = [row["sql"] for row in found.captured_queries if not row["sql"].startswith(ENDS)]
    assert len(asked) <= 15, "\n".join(sql[:90] for sql in asked)
