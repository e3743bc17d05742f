"""A representative sees the list of those they speak for; nobody else does, and no sum or number of another."""

import re
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from casework.access.context import acting, as_person, system, tracking
from casework.models import Party, Person
from casework.queries.my_group import count_answers, my_group
from documents import issue
from documents.models import Paper
from tests.desks.portal import enter
from tests.desks.test_worker import MOST_HAN, sentences
from tests.process import stage_c

pytestmark = pytest.mark.django_db
PHONE = "13800007701"
# What belongs to another worker of the group and to nobody else: a sum, a telephone, an account.
SUM, OTHERS = "4321.55", ("13800007702", "6222000000007702", "渝北区密路七号")
FIRST = "2026-03-16 09:00"


@pytest.fixture
def story(settings):
    """Sixty workers; the first three speak for all; the second has secrets; two have answered."""
    settings.WUFANG_NOTIFIER = "tests.pocket.Pocket"
    made = stage_c.accepted(
        group=[Decimal("1000.00"), Decimal(SUM), *[Decimal("1000.00")] * 58]
    )
    with transaction.atomic(), system("test"):
        person = Person.objects.get(parties__case=made.case_id, parties__ref="W02")
        person.phone, person.bank_account, person.address = OTHERS
        person.index()
        person.save()
    made.start("manager", "collective.answer", FIRST, refs="W04-W08", agrees="yes")
    made.start("manager", "collective.answer", FIRST, refs="W09", agrees="no")
    return made


def test_the_elected_sees_names_and_answers_fifty_at_a_time(story):
    client = enter(story.case_id, "W01", phone=PHONE)
    assert "/track/group/" in client.get("/track/status/").content.decode()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/track/group/")
    assert len(asked) <= 15
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert answer.context["counts"] == {"yes": 5, "no": 1, "open": 54}
    assert [row["ref"] for row in answer.context["rows"]] == [f"W{n:02d}" for n in range(1, 51)]
    assert answer.context["rows"][8]["words"] == "不同意"
    assert "工人9" in page
    later = client.get("/track/group/?page=2")
    assert [row["ref"] for row in later.context["rows"]] == [f"W{n}" for n in range(51, 61)]
    assert client.get("/track/group/?page=99x").context["pages"]["number"] == 1
    long = [s for s in sentences(page) if len(re.findall(r"[\u4e00-\u9fff]", s)) > MOST_HAN]
    assert long == []


def test_no_sum_and_no_number_of_another_stands_anywhere_in_the_portal(story):
    client = enter(story.case_id, "W01", phone=PHONE)
    pages = (
        "status",
        "group",
        "plan",
        "papers",
        "files",
        "looks",
        "data",
        "offices",
        "slip",
        "steps",
    )
    heap = "".join(client.get(f"/track/{name}/").content.decode() for name in pages)
    assert "工人2" in heap, "the name is seen, so the rest could be"
    for secret in (SUM, "4,321.55", *OTHERS, "…7702"):
        assert secret not in heap
    with transaction.atomic(), acting(story.case_id, None):
        me = Party.objects.get(case_id=story.case_id, ref="W01")
    with transaction.atomic(), tracking(story.case_id, me.pk):
        assert [row.ref for row in Party.objects.filter(side="WORKER")] == ["W01"]
        assert set(Person.objects.values_list("pk", flat=True)) == {me.person_id}


def test_who_was_not_elected_or_steps_back_finds_no_list(story):
    other, elected = (enter(story.case_id, ref, phone=PHONE) for ref in ("W05", "W01"))
    assert "/track/group/" not in other.get("/track/status/").content.decode()
    assert other.get("/track/group/").status_code == 404
    assert elected.get("/track/group/").status_code == 200
    story.start("manager", "collective.elect", "2026-03-17 09:00", refs="W10-W12", present=40)
    assert elected.get("/track/group/").status_code == 404
    story.start(
        "manager", "collective.elect", "2026-03-18 09:00", refs="W01 W02 W03", present=40
    )
    story.start(
        "manager", "collective.withdraw_member", "2026-03-18 10:00", refs="W01", reason="已领款"
    )
    assert elected.get("/track/group/").status_code in {302, 404}


def test_the_database_tells_the_list_to_a_standing_representative_alone(story):
    with transaction.atomic(), acting(story.case_id, None):
        parties = {row.ref: row for row in Party.objects.filter(case_id=story.case_id)}
        assert my_group(first=0, most=5) == [], "not even the engine asks this way"
    with transaction.atomic(), as_person(story.people["manager"]):
        assert count_answers() == {}
    for ref, seen in (("W01", 60), ("W05", 0), ("R1", 0)):
        with transaction.atomic(), tracking(story.case_id, parties[ref].pk):
            assert sum(count_answers().values()) == seen
    with transaction.atomic(), tracking(stage_c.one().case_id, parties["W01"].pk):
        assert count_answers() == {}, "the code of one case opens no other"


def test_of_notices_to_each_party_only_the_own_one_is_shown_and_opened(settings):
    settings.WUFANG_NOTIFIER = "tests.pocket.Pocket"
    made = stage_c.to_session(stage_c.accepted(group=[Decimal("1000.00")] * 3))
    with transaction.atomic(), system("test"):
        Paper.objects.filter(case=made.case_id).update(state="READY", sha256="0" * 64)
        sent = list(Paper.objects.filter(case=made.case_id, code="D09"))
        own = {row.pk for row in sent if issue.facts_of(row).addressee == "工人1"}
    assert len(own) == 1
    assert len(sent) > 2  # to the firms and the other members, too
    client = enter(made.case_id, "W01", phone=PHONE)
    page = client.get("/track/papers/").content.decode()
    for row in sent:
        assert (f"/track/papers/{row.pk}/" in page) is (row.pk in own)
        if row.pk not in own:
            assert client.get(f"/track/papers/{row.pk}/").status_code == 404
