"""A group as large as they come, 500 workers beside the first two, from the list to the last payment."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import clock
from casework.events import verify
from casework.models import Share
from tests.process.groups import group, many, upload, xlsx
from tests.process.stage_c import at, draft, held, to_session

MEMBERS = 500
MOST = 15  # questions of a page
MOST_OF_A_STEP = 35  # of a page with a form: as many as for one worker
ENDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
MOST_OF_AN_ACT = 80  # statements: far fewer than there are members


def pages_ask_little(story: Any, step: str) -> None:
    """The page of the case, of its members and of the open step, as the person whose task it is sees them."""
    client, who = Client(), story.people["mediator"]
    client.force_login(who)
    case = f"/cases/{story.case_id}/"
    form = f"/task/{story.task(step)}/"
    for address, most in ((case, MOST), (f"{case}members/", MOST), (form, MOST_OF_A_STEP)):
        with clock.held_at(at("2026-03-19 09:30")), CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200, address
        told = [each["sql"] for each in asked.captured_queries]
        number = len([sql for sql in told if not sql.startswith(ENDS)])
        assert number <= most, f"{address}: {number}"


@pytest.mark.slow
@pytest.mark.django_db
def test_a_large_group_goes_from_the_list_to_the_last_payment():
    story = group(2)
    files = upload(xlsx(*many(MEMBERS)))
    story.start("manager", "collective.read_list", "2026-03-16 09:00", files=files)
    story.do("manager", "check_list", "2026-03-16 09:10", decision="IMPORTED")
    story.start(
        "manager", "collective.elect", "2026-03-16 09:30", refs="W03-W05", present=MEMBERS + 2
    )
    to_session(story, called="2026-03-16 10:00")
    with CaptureQueriesContext(connection) as asked:
        story.do("mediator", "hold_session", "2026-03-18 11:30", **held("SETTLED"))
    assert len(asked) <= MOST_OF_AN_ACT
    with story.reading() as case:
        total = sum((claim.amount_yuan for claim in case.claims.all()), Decimal())
        refs = [*case.parties.values_list("ref", flat=True), "mediator"]
    story.start(
        "mediator",
        "collective.answer",
        "2026-03-18 12:00",
        refs=f"W01-W{MEMBERS + 2}",
        agrees="yes",
    )
    plan = [{"due_on": "2026-04-08", "amount_yuan": str(total)}]
    story.do(
        "mediator",
        "draft",
        "2026-03-18 14:00",
        **draft(instalments=plan, total_yuan=str(total)),
    )
    if "read_over" in story.names():
        story.do("manager", "read_over", "2026-03-18 15:00", approved=True, decision="APPROVED")
    story.do("mediator", "make_ready", "2026-03-19 09:00", read_by_both=True)
    pages_ask_little(story, "collect_signatures")
    with CaptureQueriesContext(connection) as asked:
        story.do("mediator", "collect_signatures", "2026-03-19 10:00", signed_by=refs)
    assert len(asked) <= MOST_OF_AN_ACT
    story.do("manager", "seal", "2026-03-19 11:00")
    story.do(
        "manager",
        "watch",
        "2026-04-08 10:00",
        what="PAYMENT",
        amount_yuan=str(total),
        proof="回单",
    )
    with story.reading() as case:
        assert (case.status, case.group_size) == ("PERFORMED", MEMBERS + 2)
        shares = Share.objects.filter(instalment__agreement__case=case)
        assert shares.count() == MEMBERS + 2
        assert sum((row.amount_yuan for row in shares), Decimal()) == total
        assert verify(case.pk) == []
