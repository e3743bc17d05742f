"""The agreement: terms a court could confirm, signed by each, sealed, in force."""

import threading
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from casework.access.context import acting
from casework.commands import agreement as file
from casework.commands import signing
from casework.commands.base import CommandRefused
from casework.models import (
    Agreement,
    AgreementState,
    Deadline,
    Event,
    Instalment,
    Party,
    Share,
    Signature,
)
from casework.rules.shares import NothingToDivideBy, plan_shares, split
from documents.models import Paper
from mediation.engine.errors import AlreadyDone, Conflict, Invalid, NotFound, NotYours
from tests.process.stage_c import Story, accepted, draft, held, settled_group, to_session

db = pytest.mark.django_db
WORKERS = [f"W{number:02d}" for number in range(1, 13)]
DAY = "2026-03-24"
PARTS = [
    ("A02.01", "拖欠工资", Decimal("21000.00")),
    ("A04.01", "经济补偿", Decimal("15000.00")),
]


def settled_one(**more: Any) -> Story:
    """S07: one worker, 36,000 yuan."""
    story = to_session(accepted(claims=PARTS, firms=("砺锋机械",), **more))
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    return story


def small(**more: Any) -> dict[str, Any]:
    days = ("2026-04-30", "2026-05-29", "2026-06-30")
    plan = [{"due_on": day, "amount_yuan": "12000.00"} for day in days]
    return {"instalments": plan, "no_unlawful_waiver": True, "accelerates": True, **more}


def ready_group() -> Story:
    """S01 up to the frozen text."""
    story = settled_group()
    story.do("mediator", "draft", f"{DAY} 09:00", **draft())
    story.do("manager", "read_over", f"{DAY} 10:00", decision="APPROVED")
    story.do("mediator", "make_ready", f"{DAY} 11:00", read_by_both=True)
    return story


def ready_one() -> Story:
    story = settled_one()
    story.do("mediator", "draft", f"{DAY} 09:00", **small())
    story.do("mediator", "make_ready", f"{DAY} 11:00", read_by_both=True)
    return story


def refused(story: Story, **data: Any) -> Any:
    """The form of a draft that is refused."""
    with pytest.raises(Invalid) as error:
        story.do("mediator", "draft", f"{DAY} 09:00", **data)
    return error.value.form


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
def test_terms_are_proposed_from_the_claims():
    story = settled_one()
    story.do("mediator", "draft", f"{DAY} 09:00", **small())
    with story.reading() as case:
        agreement = Agreement.objects.get(case=case)
        assert agreement.total_yuan == Decimal("36000.00")
        assert agreement.payer.ref == "R1"
        assert "36,000.00" in agreement.clauses[0]["text"]


@db
def test_the_instalments_must_add_up_to_the_fen():
    plan = small()["instalments"]
    plan[2]["amount_yuan"] = "11999.99"
    form = refused(settled_one(), **small(instalments=plan))
    assert "instalments" in form.errors
    assert form.repairs["instalments"] == [{"value": "12000.00", "words": "12000.00"}]


@db
def test_the_total_must_be_what_was_agreed():
    form = refused(settled_one(), **small(total_yuan="30000.00"))
    assert {"total_yuan", "instalments"} <= set(form.errors)


@db
@pytest.mark.parametrize(
    ("code", "mended"), [("A02.01", "2026-04-30"), ("A04.01", "2026-05-06")]
)
def test_a_pay_day_on_a_day_off_moves_earlier_for_wages_and_later_otherwise(
    code: str, mended: str
):
    story = to_session(
        accepted(claims=[(code, "款项", Decimal("30000.00"))], firms=("岷锐装备",))
    )
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    plan = [{"due_on": "2026-05-03", "amount_yuan": "30000.00"}]
    form = refused(story, instalments=plan, no_unlawful_waiver=True)
    assert [row["value"] for row in form.repairs["instalments"]] == [mended]
    plan[0]["due_on"] = mended
    story.do("mediator", "draft", f"{DAY} 10:00", instalments=plan, no_unlawful_waiver=True)


@db
@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("职工自愿放弃社会保险补缴", False),
        ("单位无需缴纳养老保险", False),
        ("双方不再主张最低工资差额", False),
        ("职工放弃工伤待遇", False),
        ("职工不放弃社会保险权利", True),
        ("社会保险、工伤等其他权利不受影响", True),
        ("职工放弃利息。社会保险照常缴纳", True),
    ],
)
def test_nobody_waives_what_the_law_keeps(text: str, allowed: bool):
    story = settled_one()
    data = small(clauses=[{"title": "其他", "text": text}])
    if allowed:
        story.do("mediator", "draft", f"{DAY} 09:00", **data)
    else:
        assert {"clauses", "lawyer_note"} & set(refused(story, **data).errors)


@db
def test_injury_benefits_are_settled_with_a_lawyers_note():
    story = settled_one()
    clause = [{"title": "工伤", "text": "职工放弃其余工伤待遇"}]
    story.do(
        "mediator",
        "draft",
        f"{DAY} 09:00",
        **small(clauses=clause, lawyer_note="律师核算，无显失公平"),
    )


@db
def test_the_check_of_waivers_must_be_made():
    assert (
        "no_unlawful_waiver" in refused(settled_one(), **small(no_unlawful_waiver=False)).errors
    )


@db
def test_representatives_need_their_authority():
    assert (
        "authority_attached"
        in refused(settled_group(), **draft(authority_attached=False)).errors
    )


@db
def test_each_worker_of_a_list_stands_in_it_once():
    form = refused(settled_group(), **draft(members=[{"ref": "W01", "yuan": "254700.00"}]))
    assert "members" in form.errors


@db
def test_a_relation_is_not_confirmed_by_arbitration_review():
    story = to_session(accepted(claims=[("A01.01", "确认劳动关系", None)], firms=("速渝站点",)))
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    form = refused(story, no_unlawful_waiver=True, confirmation="review")
    assert "confirmation" in form.errors
    story.do("mediator", "draft", f"{DAY} 09:00", no_unlawful_waiver=True)


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


# What the database itself refuses.


@db(transaction=True)
def test_the_database_refuses_a_plan_that_does_not_add_up():
    story = settled_one()
    story.do("mediator", "draft", f"{DAY} 09:00", **small())
    with (
        pytest.raises(IntegrityError, match="add up"),
        transaction.atomic(),
        acting(story.case_id, None),
    ):
        Agreement.objects.update(total_yuan=Decimal("36000.01"))
    with (
        pytest.raises(IntegrityError, match="add up"),
        transaction.atomic(),
        acting(story.case_id, None),
    ):
        Instalment.objects.filter(number=1).update(amount_yuan=Decimal("12000.01"))


@db(transaction=True)
def test_the_database_refuses_another_plan_under_a_frozen_text():
    story = ready_one()
    with pytest.raises(IntegrityError), transaction.atomic(), acting(story.case_id, None):
        Instalment.objects.filter(number=1).update(due_on=date(2026, 5, 6))
    with pytest.raises(IntegrityError), transaction.atomic(), acting(story.case_id, None):
        Share.objects.filter(instalment__number=1).update(amount_yuan=Decimal("1.00"))


# Races.


def race(*acts: Any) -> list[str]:
    barrier, came = threading.Barrier(len(acts)), ["" for _act in acts]

    def go(number: int, act: Any) -> None:
        try:
            barrier.wait(10)
            act()
            came[number] = "done"
        except (AlreadyDone, Conflict, CommandRefused, NotFound, Invalid) as error:
            came[number] = type(error).__name__
        except AssertionError:
            came[number] = "not open"
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return came


@db(transaction=True)
def test_signing_races_with_a_change_of_the_text():
    story = ready_one()
    everybody = ["W01", "R1", "mediator"]
    came = race(
        partial(
            story.do, "mediator", "collect_signatures", "2026-03-25 09:00", signed_by=everybody
        ),
        partial(
            story.do,
            "mediator",
            "collect_signatures",
            "2026-03-25 09:00",
            decision="CHANGE",
            reason="改",
        ),
    )
    assert came.count("done") == 1
    with story.reading() as case:
        state = Agreement.objects.get(case=case).state
    assert (state, story.names()) in [("SIGNED", ["seal"]), ("SUPERSEDED", ["draft"])]


@db(transaction=True)
def test_the_seal_races_with_a_withdrawal():
    story = ready_one()
    story.do(
        "mediator",
        "collect_signatures",
        "2026-03-25 09:00",
        signed_by=["W01", "R1", "mediator"],
    )
    came = race(
        partial(story.do, "manager", "seal", "2026-03-25 10:00"),
        partial(story.start, "head", "hearing.withdraw", "2026-03-25 10:00", reason="撤回"),
    )
    assert came.count("done") == 1
    with story.reading() as case:
        state = Agreement.objects.get(case=case).state
        assert (state, case.status) in [("IN_FORCE", "PERFORMING"), ("SUPERSEDED", "WITHDRAWN")]


# Dividing money.

sums = st.integers(1, 10**9).map(lambda fen: Decimal(fen) / 100)
weights = st.lists(
    st.integers(0, 10**7).map(lambda fen: Decimal(fen) / 100), min_size=1, max_size=40
)


@given(sums, weights)
def test_a_division_loses_no_fen(yuan: Decimal, parts: list[Decimal]):
    if not any(parts):
        with pytest.raises(NothingToDivideBy):
            split(yuan, parts)
        return
    got = split(yuan, parts)
    assert sum(got) == yuan
    whole = sum(parts)
    assert all(
        abs(part - yuan * weight / whole) < Decimal("0.01")
        for part, weight in zip(got, parts, strict=True)
    )


@given(st.lists(sums, min_size=1, max_size=6), weights)
def test_a_plan_adds_up_in_rows_and_columns(instalments: list[Decimal], parts: list[Decimal]):
    if not any(parts):
        return
    totals = split(sum(instalments, Decimal()), parts)
    rows = plan_shares(instalments, totals)
    assert [sum(row) for row in rows] == instalments
    assert all(part >= 0 for row in rows for part in row)
    assert [sum(column) for column in zip(*rows, strict=True)] == totals
