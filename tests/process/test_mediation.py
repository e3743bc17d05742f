"""Mediation: called, heard, settled or not, within its limit."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from casework.access.context import as_person
from casework.commands.base import CommandRefused
from casework.commands.hearing import NotFit, appoint_mediator
from casework.events import verify
from casework.models import (
    Claim,
    Deadline,
    DeadlineState,
    Event,
    Note,
    Party,
    Service,
    Session,
)
from documents.models import Paper
from mediation.engine.errors import AlreadyDone, Invalid, NotFound, NotYours
from mediation.engine.registry import all_flows
from mediation.models import Process
from tests.process import stage_c
from tests.process.stage_c import GROUP, Story, accepted, at, held, one, to_session

pytestmark = pytest.mark.django_db


def test_the_case_goes_from_acceptance_to_a_settlement():
    story = to_session(accepted(group=GROUP))
    with story.reading() as case:
        assert case.status == "ACCEPTED"
        assert case.mediator == story.people["mediator"]
    story.do("mediator", "hold_session", "2026-03-18 11:30", **held("SETTLED"))
    assert story.names() == ["draft"]
    with story.reading() as case:
        assert case.status == "IN_MEDIATION"
        assert sum(claim.agreed_yuan for claim in case.claims.all()) == Decimal("254700.00")
        assert Process.objects.get(case=case, flow_class=all_flows()["mediation"]).finished


def test_both_sides_are_served_notice_and_rights_with_their_papers():
    story = to_session(accepted(group=GROUP))
    with story.reading() as case:
        told = {(row.document, row.party.ref) for row in Service.objects.filter(case=case)}
        assert told == {
            (d, r) for d in ("D09", "D10") for r in ("R1", "R2", "W01", "W02", "W03")
        }
        assert not Service.objects.filter(case=case, paper_id__isnull=True).exists()
        assert Paper.objects.filter(case=case, code="D09").count() == 5


def test_a_day_off_is_refused_with_the_days_beside_it():
    story = one()
    story.do("manager", "appoint", "2026-03-13 10:00", mediator="c_mediator")
    with pytest.raises(Invalid) as refused:
        story.do(
            "mediator", "notify", "2026-03-13 10:00", on_day="2026-03-28", place="调解室一"
        )
    assert [row["value"] for row in refused.value.form.repairs["on_day"]] == [
        "2026-03-27",
        "2026-03-30",
    ]
    assert "on_day" in refused.value.form.errors


def test_a_session_cannot_be_recorded_before_its_day():
    story = to_session(one())
    with pytest.raises(CommandRefused):
        story.do("mediator", "hold_session", "2026-03-17 10:00", **held("SETTLED"))
    assert story.names() == ["hold_session"]


def test_a_session_without_the_other_side_is_not_held():
    story = to_session(one())
    alone = [
        {"ref": "W01", "name": "工人1", "present": True},
        {"ref": "R1", "name": "砺锋", "present": False},
    ]
    with pytest.raises(CommandRefused):
        story.do(
            "mediator", "hold_session", "2026-03-18 10:00", **held("SETTLED", attendance=alone)
        )


def test_rights_must_have_been_read():
    story = to_session(one())
    with pytest.raises(Invalid):
        story.do(
            "mediator", "hold_session", "2026-03-18 10:00", **held("SETTLED", rights_read=False)
        )


def test_sessions_go_on_in_a_loop_until_there_is_a_result():
    story = to_session(one())
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("ANOTHER"))
    assert story.names() == ["notify"]
    story.do("manager", "notify", "2026-03-18 12:00", on_day="2026-03-25", place="调解室一")
    story.do(
        "mediator",
        "hold_session",
        "2026-03-25 11:00",
        result="NOT_HELD",
        reason="单位代理人生病",
    )
    story.do("mediator", "notify", "2026-03-25 12:00", on_day="2026-03-27", place="调解室一")
    story.do("mediator", "hold_session", "2026-03-27 11:00", **held("SETTLED"))
    with story.reading() as case:
        states = list(Session.objects.filter(case=case).values_list("number", "state"))
    assert states == [(1, "HELD"), (2, "CANCELLED"), (3, "HELD")]


def test_a_failure_is_told_with_d13_before_the_case_goes_to_closing():
    story = to_session(one())
    story.do(
        "mediator", "hold_session", "2026-03-18 11:00", **held("NOT_SETTLED", reason="差距过大")
    )
    with story.reading() as case:
        assert (case.failed_on, case.status) == (date(2026, 3, 18), "MEDIATION_FAILED")
        assert set(case.claims.values_list("outcome", flat=True)) == {"FAILED"}
        assert Service.objects.filter(case=case, document="D13").count() == 2
        told = [row.facts for row in Paper.objects.filter(case=case, code="D13")]
        assert ['"due":"2027-03-12"' in each for each in told].count(True) == 1, "the worker's"
        limit = Deadline.objects.get(case=case, rule="M-04")
        assert (limit.state, limit.closed_on) == (DeadlineState.MET, date(2026, 3, 18))
    assert "hold_session" not in story.names()


def test_a_part_is_settled_and_the_rest_fails():
    story = to_session(one())
    rows = [
        {"claim": 1, "outcome": "AGREED", "agreed_yuan": "20000.00"},
        {"claim": 2, "outcome": "FAILED", "reason": "单位不同意"},
    ]
    story.do(
        "mediator",
        "hold_session",
        "2026-03-18 11:00",
        **held("PARTLY", reason="经济补偿未谈成", outcomes=rows),
    )
    assert story.names() == ["draft"]
    with story.reading() as case:
        assert list(case.claims.order_by("id").values_list("outcome", "agreed_yuan")) == [
            ("AGREED", Decimal("20000.00")), ("FAILED", None),
        ]  # fmt: skip
        assert Paper.objects.filter(case=case, code="D13").exists()


def test_a_settlement_needs_an_outcome_for_each_claim():
    story = to_session(one())
    rows = [{"claim": 1, "outcome": "AGREED", "agreed_yuan": "20000.00"}]
    with pytest.raises(CommandRefused):
        story.do(
            "mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED", outcomes=rows)
        )


def test_offers_are_sealed_notes_and_stand_in_no_paper_event_or_record():
    canary = "最低可接受一万九千元整"
    story = to_session(one())
    story.do(
        "mediator",
        "hold_session",
        "2026-03-18 11:00",
        **held("ANOTHER", offers=[{"side": "worker", "text": canary}]),
    )
    with story.reading() as case:
        assert not Note.objects.filter(case=case).exists(), "the system reads no note"
        assert canary not in "".join(str(e.payload) for e in Event.objects.filter(case=case))
        assert canary not in "".join(p.facts for p in Paper.objects.filter(case=case))
        assert canary not in Session.objects.get(case=case).record
        assert Event.objects.get(case=case, kind="note.written").sealed
    assert notes_seen_by(story, "mediator") == [canary]
    assert notes_seen_by(story, "head") == []
    assert notes_seen_by(story, "other") == []


def notes_seen_by(story: Story, who: str) -> list[str]:
    with transaction.atomic(), as_person(story.people[who]):
        return [note.text for note in Note.objects.filter(case_id=story.case_id)]


def test_only_the_mediator_of_the_case_writes_notes():
    story = to_session(one())
    story.start(
        "mediator", "hearing.note", "2026-03-16 10:00", about="worker", text="不急于求成"
    )
    assert notes_seen_by(story, "mediator") == ["不急于求成"]
    with pytest.raises((NotFound, CommandRefused)):
        story.start("other", "hearing.note", "2026-03-16 10:00", text="偷看")
    with pytest.raises(NotYours):
        story.start("manager", "hearing.note", "2026-03-16 10:00", text="偷看")


def test_a_mediator_from_elsewhere_or_gone_cannot_be_appointed():
    story = one()
    away = story.people["other"]
    away.is_active = False
    away.save()
    with pytest.raises(Invalid):
        story.do("manager", "appoint", "2026-03-13 10:00", mediator="c_other")


def test_a_mediator_who_is_named_as_a_party_is_refused():
    story = one()
    with story.reading() as case:
        person = Party.objects.get(case=case, ref="W01").person
        person.name = "何敏之"
        person.save()
    with pytest.raises(Invalid):
        story.do("manager", "appoint", "2026-03-13 10:00", mediator="c_mediator")
    with story.reading() as case, pytest.raises(NotFit):
        appoint_mediator(case, mediator=story.people["mediator"], recorder=None,
                         by=story.people["manager"], at=at("2026-03-13 10:00"))  # fmt: skip


ACTS = {
    "appoint": {"mediator": "c_mediator"},
    "notify": {"on_day": "2026-03-18", "place": "调解室一"},
    "hold_session": held("SETTLED"),
}


@pytest.mark.parametrize("node", list(ACTS))
def test_a_stranger_does_none_of_it(node: str):
    story = one()
    if node != "appoint":
        story.do("manager", "appoint", "2026-03-13 10:00", mediator="c_mediator")
    if node == "hold_session":
        story.do(
            "mediator", "notify", "2026-03-13 10:00", on_day="2026-03-18", place="调解室一"
        )
    with pytest.raises(NotFound):
        story.do("stranger", node, "2026-03-18 11:00", **ACTS[node])
    with pytest.raises((NotYours, NotFound)):
        story.do("other", node, "2026-03-18 11:00", **ACTS[node])


def test_a_step_is_done_once():
    story = to_session(one())
    task = story.task("hold_session")
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    story.task = lambda _node: task  # type: ignore[method-assign]
    with pytest.raises(AlreadyDone):
        story.do("mediator", "hold_session", "2026-03-18 11:01", **held("SETTLED"))


def test_everything_is_in_the_ledger():
    story = stage_c.settled_group()
    with story.reading() as case:
        kinds = list(
            Event.objects.filter(case=case).order_by("seq").values_list("kind", flat=True)
        )
    wanted = ["mediator.appointed", "session.planned", "notice.served", "session.held",
              "claim.decided", "case.settled"]  # fmt: skip
    assert [kind for kind in kinds if kind in wanted] == wanted
    assert verify(story.case_id) == []
    assert Claim.objects.count() == 0, "no context, no rows"
