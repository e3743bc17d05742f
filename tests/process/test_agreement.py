"""The agreement: read over, signed by each, sealed, in force."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from casework.commands import agreement as file
from casework.commands import signing
from casework.commands.base import CommandRefused
from casework.models import (
    Agreement,
    AgreementState,
    Deadline,
    Event,
    Party,
    Share,
    Signature,
)
from documents.models import Paper
from mediation.engine.errors import Invalid, NotFound, NotYours
from tests.process.agreements import (
    DAY,
    PARTS,
    WORKERS,
    ready_group,
    ready_one,
    settled_one,
    small,
)
from tests.process.stage_c import accepted, draft, held, settled_group, to_session

db = pytest.mark.django_db


@db
def test_twelve_workers_two_firms_mediator_and_seal_bring_it_into_force():
    story = ready_group()
    story.do(
        "mediator", "collect_signatures", "2026-03-25 09:00", signed_by=[*WORKERS[:11], "R1"]
    )
    assert story.names() == ["collect_signatures"]
    story.do(
        "mediator",
        "collect_signatures",
        "2026-03-25 10:00",
        signed_by=["W12", "R2", "mediator"],
    )
    story.do("manager", "seal", "2026-03-25 11:00")
    with story.reading() as case:
        agreement = Agreement.objects.get(case=case)
        assert (agreement.state, agreement.effective_on) == ("IN_FORCE", date(2026, 3, 25))
        assert (
            Party.objects.filter(case=case, settlement_consent_on=date(2026, 3, 25)).count()
            == 12
        )
        assert Signature.objects.filter(agreement=agreement).count() == 15
        shares = Share.objects.filter(instalment__agreement=agreement)
        for ref, own in (
            ("W01", "10800.00"),
            ("W08", "10800.00"),
            ("W09", "9450.00"),
            ("W12", "12600.00"),
        ):
            assert [s.amount_yuan for s in shares.filter(party__ref=ref)] == [Decimal(own)] * 2
        assert case.status == "PERFORMING"
        assert Deadline.objects.get(case=case, rule="M-03").state == "MET"
        sealed = Paper.objects.get(case=case, code="D14", sealed=True)
        unsealed = Paper.objects.get(case=case, code="D14", sealed=False)
        assert (sealed.number, unsealed.life) == (unsealed.number, "SUPERSEDED")


@db
def test_it_is_in_force_from_the_last_of_signatures_and_seal():
    story = ready_one()
    story.do(
        "mediator",
        "collect_signatures",
        "2026-03-25 09:00",
        signed_by=["W01", "R1", "mediator"],
    )
    story.do("head", "seal", "2026-03-27 09:00")
    with story.reading() as case:
        assert Agreement.objects.get(case=case).effective_on == date(2026, 3, 27)


@db
def test_a_large_sum_is_read_by_a_second_person():
    story = settled_group()
    story.do("mediator", "draft", f"{DAY} 09:00", **draft())
    assert story.names() == ["read_over"]
    story.do("head", "read_over", f"{DAY} 10:00", decision="BACK", remarks="第三条写明户名")
    assert story.names() == ["draft"]
    story.do("mediator", "draft", f"{DAY} 11:00", **draft())
    story.do("manager", "read_over", f"{DAY} 12:00", decision="APPROVED")
    assert story.names() == ["make_ready"]
    with story.reading() as case:
        assert list(Agreement.objects.filter(case=case).values_list("version", "state")) == [
            (1, "SUPERSEDED"), (2, "DRAFT"),
        ]  # fmt: skip


@db
def test_giving_it_back_needs_a_word():
    story = settled_group()
    story.do("mediator", "draft", f"{DAY} 09:00", **draft())
    with pytest.raises(CommandRefused):
        story.do("head", "read_over", f"{DAY} 10:00", decision="BACK")


@db
def test_nothing_is_frozen_before_both_sides_have_read_it():
    story = settled_one()
    story.do("mediator", "draft", f"{DAY} 09:00", **small())
    assert story.names() == ["make_ready"]
    with pytest.raises(CommandRefused):
        story.do("mediator", "make_ready", f"{DAY} 11:00", read_by_both=False)


@db
def test_a_changed_text_voids_the_signatures_and_consents():
    story = ready_group()
    story.do("mediator", "collect_signatures", "2026-03-25 09:00", signed_by=WORKERS)
    story.do(
        "mediator",
        "collect_signatures",
        "2026-03-25 10:00",
        decision="CHANGE",
        reason="改付款日",
    )
    assert story.names() == ["draft"]
    with story.reading() as case:
        assert not Party.objects.filter(case=case, settlement_consent_on__isnull=False).exists()
        told = Event.objects.get(case=case, kind="agreement.superseded")
        assert told.payload["signatures_voided"] == 12
        assert not Paper.objects.filter(case=case, code="D14", life="VALID").exists()
    story.do("mediator", "draft", "2026-03-25 11:00", **draft())
    story.do("manager", "read_over", "2026-03-25 12:00", decision="APPROVED")
    story.do("mediator", "make_ready", "2026-03-25 13:00", read_by_both=True)
    with story.reading() as case:
        assert len(signing.unsigned(file.open_version(case))[0]) == 14


@db
def test_nobody_signs_twice():
    story = ready_one()
    story.do("mediator", "collect_signatures", "2026-03-25 09:00", signed_by=["W01"])
    with pytest.raises(Invalid):
        story.do("mediator", "collect_signatures", "2026-03-25 10:00", signed_by=["W01"])


@db
def test_a_refused_signature_ends_mediation_without_agreement():
    story = ready_one()
    story.do(
        "mediator",
        "collect_signatures",
        "2026-03-25 09:00",
        decision="NOT_SIGNED",
        reason="单位拒绝签字",
    )
    with story.reading() as case:
        assert case.status == "MEDIATION_FAILED"
        assert set(case.claims.values_list("outcome", flat=True)) == {"FAILED"}
        assert Paper.objects.filter(case=case, code="D13").exists()
        assert Agreement.objects.get(case=case).state == AgreementState.SUPERSEDED


@db
def test_a_part_in_force_is_partially_agreed():
    story = to_session(accepted(claims=PARTS, firms=("速渝站点",)))
    rows = [{"claim": 1, "outcome": "AGREED"}, {"claim": 2, "outcome": "FAILED"}]
    story.do(
        "mediator",
        "hold_session",
        "2026-03-18 11:00",
        **held("PARTLY", reason="未谈成", outcomes=rows),
    )
    plan = [{"due_on": "2026-04-08", "amount_yuan": "21000.00"}]
    story.do("mediator", "draft", f"{DAY} 09:00", instalments=plan, no_unlawful_waiver=True)
    story.do("mediator", "make_ready", f"{DAY} 10:00", read_by_both=True)
    story.do(
        "mediator", "collect_signatures", f"{DAY} 11:00", signed_by=["W01", "R1", "mediator"]
    )
    story.do("manager", "seal", f"{DAY} 12:00")
    with story.reading() as case:
        assert Agreement.objects.get(case=case).is_partial
        assert case.status == "PARTIALLY_AGREED"


STEPS: list[tuple[str, dict[str, Any]]] = [
    ("draft", small()),
    ("make_ready", {"read_by_both": True}),
    ("collect_signatures", {"signed_by": ["W01", "R1", "mediator"]}),
    ("seal", {}),
]


@db
@pytest.mark.parametrize("number", range(len(STEPS)))
def test_a_stranger_does_none_of_it(number: int):
    story = settled_one()
    for node, data in STEPS[:number]:
        story.do("mediator", node, f"{DAY} 1{number}:00", **data)
    node, data = STEPS[number]
    for who in ("stranger", "other", "operator"):
        with pytest.raises((NotFound, NotYours)):
            story.do(who, node, f"{DAY} 15:00", **data)
    assert story.names() == [node]


@db
def test_a_mediator_reads_over_and_seals_nothing_of_their_own():
    story = settled_group()
    story.do("mediator", "draft", f"{DAY} 09:00", **draft())
    story.people["mediator"].roles = ["mediator", "case_manager"]
    story.people["mediator"].save()
    with pytest.raises(CommandRefused):
        story.do("mediator", "read_over", f"{DAY} 10:00", decision="APPROVED")
