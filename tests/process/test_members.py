"""Representatives are elected, and members go their own way with everything that is theirs."""

import re
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from casework.access.context import system
from casework.commands.splitting import SomebodyMustStay, WentOn
from casework.events import verify
from casework.models import Booking, Case, Deadline, Event, Party, TrackingCode
from documents.models import Paper
from mediation.engine import run
from mediation.engine.errors import Invalid, NotFound, NotOffered, NotYours
from tests.process.groups import group
from tests.process.stage_c import Story, draft, held, in_force, to_session

pytestmark = pytest.mark.django_db
WHEN = "2026-03-16 09:00"


def split(story, refs, when=WHEN, **more):
    story.start("manager", "collective.split_off", when, refs=refs, reason="不同意分期", **more)
    with transaction.atomic(), system("test"):
        made = list(Case.objects.filter(split_from=story.case_id).order_by("id"))
    return [Story(case.pk, story.people) for case in made]


def test_representatives_are_elected_with_their_paper_and_others_step_back(client):
    story = group(12)
    client.force_login(story.people["manager"])
    page = reverse("start", args=[story.case_id, "collective.elect"])
    shown = client.get(page).content.decode()
    assert re.search(r'type="checkbox" name="refs" value="W04"[^>]*>\s*W04 工人4', shown)
    story.start("manager", "collective.elect", WHEN, refs=["W02", "W04", "W05"], present=9)
    with story.reading() as case:
        chosen = case.parties.filter(is_representative=True).order_by("id")
        assert [row.ref for row in chosen] == ["W02", "W04", "W05"]
        (paper,) = Paper.objects.filter(case=case, code="D27")
        assert "工人4" in paper.facts
    story.start("manager", "collective.elect", "2026-03-17 09:00", refs="W01-W03", present=12)
    with story.reading() as case:
        assert Paper.objects.filter(case=case, code="D27").count() == 2
        assert not case.parties.get(ref="W04").is_representative


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"refs": "W01-W06", "present": 9}, "refs"), ({"refs": "W01", "present": 9}, "refs"),
        ({"refs": "W01-W03", "present": 6}, "present"), ({"refs": "W01-W03", "present": 13}, "present"),
        ({"refs": "W01, W99, R1", "present": 9}, "refs"),
        ({"refs": "W01-W03", "present": 9, "held_on": "2026-03-20"}, "held_on"),
    ],
)  # fmt: skip
def test_an_election_that_cannot_be_is_refused_by_its_field(data, field):
    with pytest.raises(Invalid) as refused:
        group(12).start("manager", "collective.elect", WHEN, **data)
    assert field in refused.value.form.errors


def test_who_does_not_agree_goes_alone_with_claims_clocks_and_the_day_of_receipt():
    story = to_session(group(12))
    with transaction.atomic(), system("test"):
        row = Party.objects.get(case=story.case_id, ref="W07")
        person = row.person
        person.phone = "13800001007"
        person.index()
        person.save()
    story.start("manager", "collective.answer", WHEN, refs="W07", agrees="no")
    (alone,) = split(story, "W07")
    assert alone.names() == ["appoint"]
    with alone.reading() as case:
        assert (case.status, case.group_size, case.is_collective) == ("ACCEPTED", 1, False)
        assert str(case.received_on) == "2026-03-12"
        (mine,) = case.parties.filter(side="WORKER")
        assert (mine.person, mine.is_applicant) == (person, True)
        assert [claim.amount_yuan for claim in case.claims.all()] == [Decimal("1000.00")]
        assert sorted(case.parties.filter(side="EMPLOYER").values_list("ref", flat=True)) == [
            "R1",
            "R2",
        ]
        clocks = (
            Deadline.objects.filter(case=case)
            .values_list("rule", "start", "due")
            .order_by("rule")
        )
        theirs = Deadline.objects.filter(case=story.case_id, rule__in=["M-03", "M-04"])
        assert list(clocks) == list(theirs.values_list("rule", "start", "due").order_by("rule"))
        assert TrackingCode.objects.filter(case=case, party=mine, voided_at=None).count() == 1
        assert verify(case.pk) == []
    with story.reading() as case:
        assert (case.group_size, case.claims.count()) == (11, 11)
        assert not Booking.objects.filter(
            case=case, resource=person.pk, released=False
        ).exists()
        (event,) = Event.objects.filter(case=case, kind="case.split")
        assert event.payload["refs"] == ["W07"]
        assert verify(case.pk) == []


def test_several_go_each_alone_or_together():
    story = group(12)
    assert len(split(story, "W05-W06", alone=True)) == 2
    together = split(story, "W07 W08 W09", when="2026-03-16 10:00")[-1]
    with together.reading() as case:
        assert (case.group_size, case.claims.count()) == (3, 3)
    with story.reading() as case:
        assert case.group_size == 7


def test_a_text_in_hand_is_drawn_up_again_without_the_member_who_left():
    story = to_session(group(3))
    story.do("mediator", "hold_session", "2026-03-18 11:30", **held("SETTLED"))
    plan = [{"due_on": "2026-04-08", "amount_yuan": "3000.00"}]
    story.do("mediator", "draft", "2026-03-18 12:00", **draft(instalments=plan))
    assert "draft" not in story.names()
    (alone,) = split(story, "W03", when="2026-03-18 13:00")
    assert story.names() == ["draft"]
    with story.reading() as case:
        assert [row.state for row in case.agreements.all()] == ["SUPERSEDED"]
    with alone.reading() as case:
        assert [claim.outcome for claim in case.claims.all()] == ["OPEN"], (
            "agreed by the group, not alone"
        )
    plan = [{"due_on": "2026-04-08", "amount_yuan": "2000.00"}]
    story.do(
        "mediator", "draft", "2026-03-18 14:00", **draft(instalments=plan, total_yuan="2000.00")
    )
    with story.reading() as case:
        text = case.agreements.get(version=2)
        assert {share.party.ref for row in text.instalments.all() for share in row.shares.all()} == {
            "W01", "W02",
        }  # fmt: skip


def test_a_splitting_off_is_taken_back_while_nothing_happened_alone():
    story = group(3)
    (alone,) = split(story, "W02")
    alone.start("manager", "collective.undo_split", "2026-03-16 11:00", reason="本人改主意")
    assert alone.names() == []
    with alone.reading() as case:
        assert (case.status, case.outcome, case.merged_into_id) == (
            "CLOSED",
            "DUPLICATE",
            story.case_id,
        )
        assert not Deadline.objects.filter(case=case, state="OPEN").exists()
        assert verify(case.pk) == []
    with story.reading() as case:
        assert (case.group_size, case.claims.count()) == (3, 3)
        assert case.parties.get(ref="W02").left_on is None
        assert {"case.split", "case.split_undone"} <= set(
            Event.objects.filter(case=case).values_list("kind", flat=True)
        )
        assert verify(case.pk) == []


def test_what_went_on_alone_stays_alone():
    story = group(3)
    (alone,) = split(story, "W02")
    to_session(alone, called="2026-03-16 14:00", day="2026-03-20")
    with pytest.raises(WentOn):
        alone.start("manager", "collective.undo_split", "2026-03-16 15:00", reason="改主意")


def test_one_worker_withdraws_and_the_others_go_on():
    story = to_session(group(3))
    story.start("manager", "collective.withdraw_member", WHEN, refs="W03", reason="已私下解决")
    with story.reading() as case:
        assert case.parties.get(ref="W03").left_on is not None
        assert sorted(case.claims.values_list("outcome", flat=True)) == [
            "OPEN",
            "OPEN",
            "WITHDRAWN",
        ]
        assert (case.group_size, case.withdrawn_on) == (2, None)
    assert "hold_session" in story.names()
    with pytest.raises(SomebodyMustStay):
        story.start(
            "manager",
            "collective.withdraw_member",
            "2026-03-16 10:00",
            refs="W01 W02",
            reason="都撤",
        )
    with story.reading() as case:
        assert case.group_size == 2, "refused as a whole"


def test_nobody_leaves_an_agreement_in_force_and_nobody_leaves_alone():
    with pytest.raises(NotOffered):
        split(in_force(), "W01", when="2026-04-01 09:00")
    with pytest.raises(SomebodyMustStay):
        split(group(2), "W01-W02")


@pytest.mark.parametrize("node", ["elect", "answer", "split_off", "withdraw_member"])
def test_a_stranger_does_nothing_to_a_group(node):
    with pytest.raises((NotFound, NotYours)):
        group(3).start(
            "stranger",
            f"collective.{node}",
            WHEN,
            refs="W01",
            reason="-",
            present=3,
            agrees="yes",
        )


def test_the_file_names_where_it_came_from():
    story = group(3)
    (alone,) = split(story, "W02")
    with transaction.atomic(), system("test"):
        (event,) = Event.objects.filter(case=alone.case_id, kind="case.split")
        assert event.payload["split_from"] == str(Case.objects.get(pk=story.case_id))
        assert len(run.open_tasks(alone.case_id)) == 1
